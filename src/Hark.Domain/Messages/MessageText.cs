using Hark.Domain.Common;

namespace Hark.Domain.Messages;

/// <summary>
/// One message in one language: a subject and paragraphs. A line of the form <c>[Label]({some_url})</c> is a button; a paragraph that is a single value is
/// that person's text, with its own direction; a line whose values are all empty is left out.
/// </summary>
public sealed record MessageText(TextPattern Subject, IReadOnlyList<IReadOnlyList<MessageLine>> Paragraphs)
{
    private const int MaxSubject = 200;
    private const int MaxBody = 10_000;

    /// <summary>Reads <c>{"subject": "…", "body": ["paragraph", …]}</c>; null when something is wrong. The body may be one text with blank lines between paragraphs.</summary>
    /// <param name="otherwise">What stands in for an absent subject or body; null when both are required.</param>
    internal static MessageText? Read(JsonPart part, MessageTemplate template, MessageText? otherwise, SourceErrors errors)
    {
        if (part.Kind != System.Text.Json.JsonValueKind.Object)
        {
            errors.Add(part, $"must be an object with \"subject\" and \"body\"; it is {part.KindName}");
            return null;
        }
        var before = errors.All.Count;
        foreach (var member in part.Members)
            if (member.Name is not ("subject" or "body")) errors.Add(part, member, $"'{member.Name}' is not known in a message; known are subject, body");
        if (otherwise is null ? part.Member("subject") is null || part.Member("body") is null : part.Members.Count == 0)
            errors.Add(part, otherwise is null ? "needs \"subject\" and \"body\"" : "needs \"subject\", \"body\" or both");
        var subject = part.Member("subject") is { } s ? ReadSubject(s, template, errors) : otherwise?.Subject;
        var body = part.Member("body") is { } b ? ReadBody(b, template, errors) : otherwise?.Paragraphs;
        if (errors.All.Count > before || subject is null || body is null) return null;
        var text = new MessageText(subject, body);
        foreach (var missing in template.Required.Except(text.Placeholders, StringComparer.Ordinal))
            errors.Add(part, $"must show {{{missing}}} somewhere: without it the message is of no use");
        return errors.All.Count > before ? null : text;
    }

    private IEnumerable<string> Placeholders => Paragraphs.SelectMany(p => p).SelectMany(l => l.Placeholders).Concat(Subject.Placeholders);

    private static TextPattern? ReadSubject(JsonPart part, MessageTemplate template, SourceErrors errors)
    {
        if (part.Text is not { } text) errors.Add(part, $"must be text; it is {part.KindName}");
        else if (string.IsNullOrWhiteSpace(text) || text.Length > MaxSubject || text.Any(char.IsControl)) errors.Add(part, $"must be one line of 1 to {MaxSubject} characters");
        else if (TextPattern.Parse(text, template.Placeholders, out var reason) is { } pattern) return pattern;
        else errors.Add(part, reason!);
        return null;
    }

    private static List<IReadOnlyList<MessageLine>>? ReadBody(JsonPart part, MessageTemplate template, SourceErrors errors)
    {
        IReadOnlyList<JsonPart> items = part.Kind == System.Text.Json.JsonValueKind.Array ? part.Items : [part];
        var paragraphs = new List<IReadOnlyList<MessageLine>>();
        foreach (var item in items)
        {
            if (item.Text is not { } text)
            {
                errors.Add(item, $"must be text; it is {item.KindName}");
                return null;
            }
            foreach (var paragraph in text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                var lines = new List<MessageLine>();
                foreach (var line in paragraph.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                {
                    if (MessageLine.Parse(line, template, out var reason) is { } parsed) lines.Add(parsed);
                    else errors.Add(item, reason!);
                }
                paragraphs.Add(lines);
            }
        }
        if (items.Sum(i => i.Text?.Length ?? 0) > MaxBody) errors.Add(part, $"may be {MaxBody} characters long at most");
        if (paragraphs.Count == 0) errors.Add(part, "must not be empty");
        return paragraphs;
    }
}

/// <summary>One line of a message: words, or a button that leads to a link.</summary>
/// <param name="Words">The line, or the button's label.</param>
/// <param name="Link">The value that holds the address; null for words.</param>
public sealed record MessageLine(TextPattern Words, string? Link)
{
    internal IEnumerable<string> Placeholders => Link is null ? Words.Placeholders : Words.Placeholders.Append(Link);

    internal static MessageLine? Parse(string line, MessageTemplate template, out string? reason)
    {
        if (line.StartsWith('[') && line.EndsWith("})", StringComparison.Ordinal) && line.LastIndexOf("]({", StringComparison.Ordinal) is > 1 and var cut)
        {
            var name = line[(cut + 3)..^2];
            if (!name.EndsWith("url", StringComparison.Ordinal) || !template.Placeholders.Contains(name))
            {
                reason = $"has a button to '{name}', which is no link of this message";
                return null;
            }
            return TextPattern.Parse(line[1..cut], template.Placeholders, out reason) is { } label ? new MessageLine(label, name) : null;
        }
        return TextPattern.Parse(line, template.Placeholders, out reason) is { } words ? new MessageLine(words, null) : null;
    }
}
