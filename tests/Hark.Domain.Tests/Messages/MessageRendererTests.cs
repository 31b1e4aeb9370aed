using FsCheck;
using FsCheck.Fluent;
using Hark.Domain.Messages;
using Xunit;

namespace Hark.Domain.Tests.Messages;

public sealed class MessageRendererTests
{
    private const string Attack = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>";

    private static RenderedMessage Render(string key, string language, params (string, string?)[] values) =>
        MessageRenderer.Render(MessageBook.Standard, MessageTemplates.ByKey[key], language, values.ToDictionary(v => v.Item1, v => v.Item2, StringComparer.Ordinal), "https://h/u/1");

    [Fact]
    public void A_name_that_is_markup_stays_text()
    {
        var message = Render(MessageTemplates.CaseReply, "en", ("name", Attack), ("workspace", Attack), ("message", Attack), ("author", Attack), ("case_number", "7"));
        Assert.DoesNotContain("<script", message.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", message.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", message.Html, StringComparison.Ordinal);
        Assert.Contains(Attack, message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void No_value_ever_makes_an_element_or_leaves_an_attribute() =>
        Prop.ForAll<NonNull<string>>(value =>
        {
            var tags = Count(Render(MessageTemplates.NoticeMention, "en", Values("x")).Html);
            return Count(Render(MessageTemplates.NoticeMention, "en", Values("x" + value.Get.ReplaceLineEndings("").Replace("\n", "", StringComparison.Ordinal))).Html) == tags;

            static (string, string?)[] Values(string v) => [("name", v), ("case_number", v), ("title", v), ("actor", v), ("note", v), ("workspace", v), ("url", "https://h/" + v)];
            static int Count(string html) => html.Count(c => c is '<' or '>' or '"');
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_value_cannot_add_a_header_line()
    {
        var message = Render(MessageTemplates.SignalNotice, "en", ("rule", "a\r\nBcc: victim@example.com"), ("url", "https://h/1"));
        Assert.Equal("New feedback: a Bcc: victim@example.com", message.Subject);
    }

    [Fact]
    public void A_line_without_its_value_is_left_out()
    {
        var message = Render(MessageTemplates.CallBackInvitation, "en", ("slot", "tomorrow"), ("workspace", "W"), ("case_number", "7"));
        Assert.DoesNotContain("Number:", message.Text, StringComparison.Ordinal);
        Assert.Contains("When: tomorrow\n\n", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reply_keeps_its_paragraphs_and_breaks()
    {
        var message = Render(MessageTemplates.CaseReply, "en", ("message", "one\r\ntwo\n\nthree"), ("workspace", "W"), ("case_number", "7"));
        Assert.Contains("one\ntwo\n\nthree\n", message.Text, StringComparison.Ordinal);
        Assert.Contains(">one<br>\ntwo</p>\n<p dir=\"auto\"", message.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Hello Jana,", "Hello,")]
    [InlineData("cs", "Dobrý den,", "Dobrý den,")]
    [InlineData("ru", "Здравствуйте, Jana!", "Здравствуйте!")]
    public void The_greeting_does_without_a_name(string language, string named, string nameless)
    {
        Assert.StartsWith(named + "\n", Render(MessageTemplates.CaseReply, language, ("message", "m"), ("name", "Jana"), ("case_number", "7")).Text, StringComparison.Ordinal);
        Assert.StartsWith(nameless + "\n", Render(MessageTemplates.CaseReply, language, ("message", "m"), ("name", " "), ("case_number", "7")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void In_Persian_text_values_are_isolated_and_links_are_not()
    {
        var message = Render(MessageTemplates.CaseVerification, "fa", ("yes_url", "https://h/v/1?a=yes"), ("no_url", "https://h/v/1?a=no"), ("workspace", "Javor"),
            ("opened_on", "۱ آذر"), ("expires_on", "۸ آذر"), ("case_number", "7"));
        Assert.Contains("در \u2068۱ آذر\u2069 به", message.Text, StringComparison.Ordinal);
        Assert.Contains("\nhttps://h/v/1?a=yes\n", message.Text, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"fa\" dir=\"rtl\">", message.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_optional_messages_offer_to_unsubscribe()
    {
        Assert.Contains("https://h/u/1", Render("promoter_thanks", "en").Html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://h/u/1", Render(MessageTemplates.CaseReply, "en", ("message", "m"), ("case_number", "7")).Html, StringComparison.Ordinal);
    }
}
