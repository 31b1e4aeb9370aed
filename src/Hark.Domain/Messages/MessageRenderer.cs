using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Hark.Domain.Messages;

/// <summary>A message ready to be sent.</summary>
/// <param name="Language">The language of its own words.</param>
/// <param name="Subject">One line.</param>
/// <param name="Html">A whole document with language and direction.</param>
public sealed record RenderedMessage(string Language, string Subject, string Text, string Html);

/// <summary>Turns a template and values into subject, plain text and HTML. Pure; values are data and never markup.</summary>
public static class MessageRenderer
{
    /// <summary>Escapes what HTML gives a meaning and leaves the letters of all languages as they are.</summary>
    public static HtmlEncoder Encoder { get; } = HtmlEncoder.Create(UnicodeRanges.All);

    /// <param name="values">By placeholder; absent and empty are the same. <c>greeting</c> is made here from <c>name</c>.</param>
    /// <param name="unsubscribeUrl">Shown under messages that have <see cref="MessageFooter.Optional"/>.</param>
    public static RenderedMessage Render(MessageBook book, MessageTemplate template, string language, IReadOnlyDictionary<string, string?> values,
        string? unsubscribeUrl = null)
    {
        var texts = book[language];
        var all = new Dictionary<string, string?>(values, StringComparer.Ordinal);
        all["name"] = OneLine(all.GetValueOrDefault("name") ?? "");
        all["greeting"] = texts.Phrase(all["name"]!.Length == 0 ? "greeting" : "greeting_named", all);
        var message = texts.Message(template.Key);
        var subject = OneLine(message.Subject.Render(all));
        var paragraphs = Spoken(message, all);
        var footer = Footer(texts, template, all);
        var unsubscribe = template.Footer == MessageFooter.Optional && unsubscribeUrl is not null ? new Link(texts.Phrase("footer_unsubscribe"), unsubscribeUrl) : null;
        return new RenderedMessage(language, subject, PlainText(language, paragraphs, footer, unsubscribe, all),
            MessageHtml.Document(language, subject, all.GetValueOrDefault("workspace") ?? "", paragraphs, footer, unsubscribe, all));
    }

    /// <summary>Breaks and other control characters become spaces: a value must not add a header line.</summary>
    internal static string OneLine(string text)
    {
        if (!text.Any(char.IsControl)) return text.Trim();
        return string.Join(' ', string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    internal sealed record Link(string Label, string Address);

    /// <summary>The lines that have something to say.</summary>
    private static List<List<MessageLine>> Spoken(MessageText message, Dictionary<string, string?> values) =>
        [.. message.Paragraphs
            .Select(p => p.Where(l => l.Link is { } link ? !string.IsNullOrEmpty(values.GetValueOrDefault(link)) : !l.Words.IsVoid(values)).ToList())
            .Where(p => p.Count > 0)];

    private static string Footer(LanguageTexts texts, MessageTemplate template, Dictionary<string, string?> values) => template.Footer switch
    {
        MessageFooter.Case => texts.Phrase("footer_case", values),
        MessageFooter.Optional => texts.Phrase("footer_optional", values),
        MessageFooter.Staff => texts.Phrase("footer_staff", values),
    };

    private static string PlainText(string language, List<List<MessageLine>> paragraphs, string footer, Link? unsubscribe, Dictionary<string, string?> values)
    {
        // In right-to-left text a Latin value between Persian words drags its neighbours along unless it is isolated (Unicode TR9, FSI … PDI).
        Func<string, string>? isolate = Languages.IsRightToLeft(language) ? v => v.Contains('\n') ? v : $"\u2068{v}\u2069" : null;
        var text = new StringBuilder();
        foreach (var paragraph in paragraphs)
        {
            foreach (var line in paragraph)
            {
                if (line.Link is { } link) text.Append(line.Words.Render(values)).Append(":\n").Append(values[link]).Append('\n');
                else text.Append(line.Words.Render(values, value: line.Words.Sole is null ? isolate : null).ReplaceLineEndings("\n").TrimEnd()).Append('\n');
            }
            text.Append('\n');
        }
        text.Append("-- \n").Append(footer).Append('\n'); // "-- ": the signature mark that mail programs know (RFC 3676, 4.3)
        if (unsubscribe is not null) text.Append(unsubscribe.Label).Append(": ").Append(unsubscribe.Address).Append('\n');
        return text.ToString();
    }
}
