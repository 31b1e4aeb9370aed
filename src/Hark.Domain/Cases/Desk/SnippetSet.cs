using System.Text.Json;
using Hark.Domain.Common;
using Hark.Domain.Messages;
using Hark.Domain.Routing;

namespace Hark.Domain.Cases.Desk;

/// <summary>Words kept for answers that are given often.</summary>
/// <param name="Team">Whose members are offered it; null for everybody.</param>
/// <param name="Language">Of the words (ISO 639): offered first for cases of that language. Null for any.</param>
/// <param name="Text">With places for <see cref="SnippetSet.Values"/>: <c>Dear {name}</c>.</param>
public sealed record Snippet(string Key, string Name, string? Team, string? Language, string Text);

/// <summary>A workspace's snippets: the document <c>{"snippets": [{"key", "name", "team", "language", "text"}]}</c>.</summary>
public sealed record SnippetSet(IReadOnlyList<Snippet> Snippets)
{
    public const int Most = 500;

    public static SnippetSet Empty { get; } = new([]);

    /// <summary>What a snippet may show: the customer's name, the case number, the order, the company, the person who writes.</summary>
    public static IReadOnlyList<string> Values { get; } = ["name", "case_number", "order", "company", "me"];

    /// <summary>The words with their values; places without a value are left empty.</summary>
    public static string Render(string text, IReadOnlyDictionary<string, string?> values) => TextPattern.Parse(text, [.. Values], out _)?.Render(values) ?? text;

    /// <summary>Null when it has errors. Unknown teams and values are errors.</summary>
    public static SnippetSet? Parse(string json, IRoutingNames names, out SourceErrors errors)
    {
        var root = JsonSource.Parse(json, out errors);
        if (root is null) return null;
        var reader = new DocumentReader(errors, names);
        var snippets = DeskReader.Items(reader, root, "snippets", Most, Read);
        return errors.Any ? null : new SnippetSet(snippets);
    }

    public string ToJson() => CanonicalJson.Write(Write, this);

    private static Snippet Read(DocumentReader reader, JsonPart part)
    {
        reader.IsObject(part, "a snippet", "key", "name", "team", "language", "text");
        var text = reader.Required(part, "text", (p, n) => reader.Text(p, n, Case.LongestText)) ?? "";
        if (TextPattern.Parse(text, [.. Values], out var reason) is null) reader.Errors.Add(part.Member("text")!, reason!);
        return new(reader.Key(part, "key") ?? "", reader.Required(part, "name", (p, n) => reader.Text(p, n, DeskReader.LongestName)) ?? "", reader.Known(part, "team", RoutingName.Team),
            reader.Text(part, "language", 8)?.ToLowerInvariant(), text);
    }

    private static void Write(Utf8JsonWriter json, SnippetSet set) => DeskReader.Write(json, "snippets", set.Snippets, s =>
    {
        DeskReader.Head(json, s.Key, s.Name, s.Team);
        if (s.Language is not null) json.WriteString("language", s.Language);
        json.WriteString("text", s.Text);
    });
}
