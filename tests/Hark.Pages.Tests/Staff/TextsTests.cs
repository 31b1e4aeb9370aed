using System.Text.RegularExpressions;
using Hark.Domain.Messages;
using Hark.Web.Infrastructure.Localisation;
using Xunit;

namespace Hark.Pages.Tests.Staff;

public sealed class TextsTests
{
    public static TheoryData<string> Others => [.. Languages.All.Except([Languages.Fallback])];

    [Theory]
    [MemberData(nameof(Others))]
    public void Every_language_has_the_same_keys(string language)
    {
        var (english, other) = (TextBook.All[Languages.Fallback], TextBook.All[language]);
        Assert.Empty(english.Keys.Except(other.Keys).Order());
        Assert.Empty(other.Keys.Except(english.Keys).Order());
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Every_language_has_the_same_places(string language) => Assert.Empty(
        TextBook.All[language].Where(e => TextBook.All[Languages.Fallback].TryGetValue(e.Key, out var english)
            && (english.IsCounted != e.Value.IsCounted || !english.Placeholders.SetEquals(e.Value.Placeholders))).Select(e => e.Key));

    [Fact]
    public void Counted_texts_have_the_plural_forms_of_their_language() => Assert.Empty(
        Languages.All.SelectMany(l => TextBook.All[l].Where(e => e.Value.IsCounted && !e.Value.Categories.Order().SequenceEqual(PluralRules.Categories(l).Order()))
            .Select(e => $"{l}: {e.Key}")));

    [Fact]
    public void Translations_are_not_left_in_English()
    {
        // Words that are the same in some other language too: names, units, abbreviations.
        var english = TextBook.All["en"];
        var same = english.Keys.Where(k => Regex.IsMatch(english[k].IsCounted ? "" : Render(english[k]), "[a-z]{4,} [a-z]{3,}")
            && Languages.All.Skip(1).Any(l => !english[k].IsCounted && Render(TextBook.All[l][k]) == Render(english[k])));
        Assert.Empty(same);
        static string Render(TextEntry e) => e.Render(e.Placeholders.ToDictionary(p => p, string? (_) => ""));
    }

    [Theory]
    [InlineData("en", 1, "one"), InlineData("en", 0, "other"), InlineData("en", 21, "other")]
    [InlineData("cs", 1, "one"), InlineData("cs", 3, "few"), InlineData("cs", 5, "other"), InlineData("cs", 0, "other"), InlineData("sk", 4, "few")]
    [InlineData("ru", 1, "one"), InlineData("ru", 21, "one"), InlineData("ru", 11, "many"), InlineData("ru", 22, "few"), InlineData("ru", 12, "many"), InlineData("ru", 0, "many")]
    [InlineData("bg", 1, "one"), InlineData("bg", 2, "other"), InlineData("fa", 0, "one"), InlineData("fa", 1, "one"), InlineData("fa", 2, "other")]
    public void Plural_categories_are_those_of_CLDR(string language, long n, string category) => Assert.Equal(category, PluralRules.Of(language, n));

    [Theory]
    [InlineData("en", "1,234.5", "12.3%", "−3.0")]
    [InlineData("cs", "1\u00a0234,5", "12,3\u00a0%", "−3,0")]
    [InlineData("bg", "1\u00a0234,5", "12,3%", "−3,0")]
    [InlineData("fa", "1,234.5", "12.3%", "−3.0")]
    public void Numbers_are_written_as_the_language_writes_them(string language, string number, string share, string change)
    {
        var texts = new Texts(language, "UTC");
        Assert.Equal(number, texts.Number(1234.5, 1));
        Assert.Equal(share, texts.Percent(0.123, 1));
        Assert.Equal(change, texts.Signed(-3, 1));
        Assert.Equal("0", texts.Signed(-0.2));
    }

    [Fact]
    public void Times_are_those_of_the_workspace()
    {
        var at = new DateTimeOffset(2026, 11, 24, 23, 30, 0, TimeSpan.Zero);
        Assert.Equal("25 Nov, 00:30", new Texts("en", "Europe/Prague").DayTime(at));
        Assert.Equal("25. 11., 00:30", new Texts("cs", "Europe/Prague").DayTime(at));
    }
}
