using FsCheck;
using FsCheck.Fluent;
using Hark.Domain.Messages;
using Hark.Domain.Routing;
using NodaTime;
using Xunit;

namespace Hark.Domain.Tests.Messages;

public sealed class MessageBookTests
{
    private static readonly Dictionary<string, string?> Values = MessageTemplates.All.SelectMany(t => t.Placeholders).Distinct(StringComparer.Ordinal)
        .ToDictionary(p => p, p => p.EndsWith("url", StringComparison.Ordinal) ? "https://example.com/" + p : (string?)$"<{p}>", StringComparer.Ordinal);

    public static TheoryData<string> AllLanguages => [.. Languages.All];

    public static TheoryData<string, string> AllMessages()
    {
        var data = new TheoryData<string, string>();
        foreach (var language in Languages.All)
            foreach (var template in MessageTemplates.All) data.Add(language, template.Key);
        return data;
    }

    [Theory, MemberData(nameof(AllMessages))]
    public void Every_message_in_every_language_shows_what_it_must_and_no_braces(string language, string key)
    {
        var template = MessageTemplates.ByKey[key];
        var message = MessageRenderer.Render(MessageBook.Standard, template, language, Values, "https://example.com/u/1");
        foreach (var required in template.Required) Assert.Contains(Values[required]!, message.Subject + message.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('{', message.Subject + message.Text);
        Assert.DoesNotContain('}', message.Subject + message.Text);
        Assert.Contains($"lang=\"{language}\" dir=\"{(language == "fa" ? "rtl" : "ltr")}\"", message.Html, StringComparison.Ordinal);
    }

    /// <summary>A translation may leave out a name, where its grammar needs a case we cannot form, and nothing else.</summary>
    [Theory, MemberData(nameof(AllMessages))]
    public void Translations_show_the_same_values_as_the_English_text(string language, string key)
    {
        IEnumerable<string> Used(string l)
        {
            var text = MessageBook.Standard[l].Message(key);
            return text.Paragraphs.SelectMany(p => p).SelectMany(line => line.Link is { } link ? line.Words.Placeholders.Append(link) : line.Words.Placeholders)
                .Concat(text.Subject.Placeholders).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        }

        Assert.Equal(Used("en"), Used(language));
    }

    [Theory, MemberData(nameof(AllLanguages))]
    public void A_translation_is_a_translation(string language)
    {
        if (language == "en") return;
        foreach (var key in MessageTemplates.ByKey.Keys)
            Assert.NotEqual(MessageBook.Standard["en"].Message(key).Subject.Source, MessageBook.Standard[language].Message(key).Subject.Source);
        foreach (var key in (string[])["question", "yes", "no", "expired_text", "moved_text", "language"])
            Assert.NotEqual(MessageBook.Standard["en"].Page(key), MessageBook.Standard[language].Page(key));
    }

    [Fact]
    public void Rules_may_name_the_templates_of_the_default_rules() =>
        Assert.Equal([RuleSet.PassiveTemplate, RuleSet.PromoterTemplate, MessageTemplates.SignalNotice], MessageTemplates.Keys);

    [Theory]
    [InlineData("cs-CZ", "cs")]
    [InlineData("fa_IR", "fa")]
    [InlineData("RU", "ru")]
    [InlineData("csb", null)]
    [InlineData("de", null)]
    [InlineData("", null)]
    public void Known_TagOfALocale_IsItsLanguage(string tag, string? language) => Assert.Equal(language, Languages.Known(tag));

    [Fact]
    public void Choose_TakesTheFirstItSpeaks_ElseEnglish()
    {
        Assert.Equal("sk", Languages.Choose(null, "de-AT", "sk-SK", "cs"));
        Assert.Equal("en", Languages.Choose("de", null));
    }

    [Theory]
    [InlineData("en", "22 November 2026, 14:30")]
    [InlineData("cs", "22. listopadu 2026 v 14:30")]
    [InlineData("sk", "22. novembra 2026 o 14:30")]
    [InlineData("bg", "22 ноември 2026 г., 14:30 ч.")]
    [InlineData("ru", "22 ноября 2026 г., 14:30")]
    [InlineData("fa", "۱ آذر ۱۴۰۵، ساعت ۱۴:۳۰")]
    public void DateTime_IsWrittenAsTheLanguageWritesIt(string language, string expected) =>
        Assert.Equal(expected, MessageBook.Standard[language].Dates.DateTime(new(2026, 11, 22, 13, 30, 0, TimeSpan.Zero), DateTimeZoneProviders.Tzdb["Europe/Prague"]));

    [Fact]
    public void Parse_OwnText_ReplacesOnlyThat()
    {
        var book = MessageBook.Parse("""{"templates": {"promoter_thanks": {"cs": {"subject": "Díky, {name}!"}}}}""", out var errors);
        Assert.False(errors.Any);
        Assert.Equal("Díky, {name}!", book!["cs"].Message("promoter_thanks").Subject.Source);
        Assert.Same(MessageBook.Standard["cs"].Message("promoter_thanks").Paragraphs, book["cs"].Message("promoter_thanks").Paragraphs);
        Assert.Same(MessageBook.Standard["en"].Message("promoter_thanks"), book["en"].Message("promoter_thanks"));
    }

    [Theory]
    [InlineData("""{}""", "", "templates")]
    [InlineData("""{"templates": {"promoter_thank": {}}}""", "/templates/promoter_thank", "did you mean 'promoter_thanks'")]
    [InlineData("""{"templates": {"promoter_thanks": {"de": {"subject": "x"}}}}""", "/templates/promoter_thanks/de", "en, cs, sk, bg, ru, fa")]
    [InlineData("""{"templates": {"promoter_thanks": {"cs": {}}}}""", "/templates/promoter_thanks/cs", "needs")]
    [InlineData("""{"templates": {"promoter_thanks": {"cs": {"subject": "a {nam}"}}}}""", "/templates/promoter_thanks/cs/subject", "did you mean 'name'")]
    [InlineData("""{"templates": {"promoter_thanks": {"cs": {"subject": "a\nBcc: b"}}}}""", "/templates/promoter_thanks/cs/subject", "one line")]
    [InlineData("""{"templates": {"promoter_thanks": {"cs": {"body": ["a {b"]}}}}""", "/templates/promoter_thanks/cs/body/0", "nothing closes")]
    [InlineData("""{"templates": {"case_verification": {"cs": {"body": ["[Ano]({yes_url})"]}}}}""", "/templates/case_verification/cs", "{no_url}")]
    [InlineData("""{"templates": {"case_verification": {"cs": {"body": ["[Ano]({name})"]}}}}""", "/templates/case_verification/cs/body/0", "no link")]
    [InlineData("""{"templates": {"promoter_thanks": {"cs": {"body": []}}}}""", "/templates/promoter_thanks/cs/body", "must not be empty")]
    [InlineData("""{"templates": {"promoter_thanks": {"cs": {"body": 3}}}}""", "/templates/promoter_thanks/cs/body", "must be text")]
    public void Parse_WrongText_NamesThePlaceAndTheRepair(string json, string pointer, string reason)
    {
        Assert.Null(MessageBook.Parse(json, out var errors));
        var error = errors.All[0];
        Assert.Equal(pointer, error.Pointer);
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_gives_its_literal_text_back_whatever_it_is() =>
        Prop.ForAll<NonNull<string>>(text =>
        {
            var escaped = text.Get.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
            return TextPattern.Parse(escaped, [], out _)!.Render(new Dictionary<string, string?>()) == text.Get;
        }).QuickCheckThrowOnFailure();
}
