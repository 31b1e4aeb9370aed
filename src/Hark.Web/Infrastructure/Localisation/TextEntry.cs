using System.Text.Json;
using System.Text.RegularExpressions;
using Hark.Domain.Messages;

namespace Hark.Web.Infrastructure.Localisation;

/// <summary>One text of the interface in one language: a sentence with {places}, or one for each plural category.</summary>
internal sealed partial class TextEntry
{
    private const string Only = "";
    private readonly Dictionary<string, TextPattern> _forms;

    private TextEntry(Dictionary<string, TextPattern> forms) => _forms = forms;

    public bool IsCounted => !_forms.ContainsKey(Only);

    /// <summary>The plural categories it has; none for a plain text.</summary>
    public IEnumerable<string> Categories => _forms.Keys.Where(k => k != Only);

    /// <summary>The places of all forms, each once.</summary>
    public IReadOnlySet<string> Placeholders => _forms.Values.SelectMany(f => f.Placeholders).ToHashSet(StringComparer.Ordinal);

    /// <exception cref="InvalidDataException">It is neither a text nor an object of texts, or a brace is wrong.</exception>
    public static TextEntry Read(string key, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => new(new(StringComparer.Ordinal) { [Only] = Pattern(key, value.GetString()!) }),
        JsonValueKind.Object => new(value.EnumerateObject().ToDictionary(f => f.Name, f => Pattern(key, f.Value.GetString()!), StringComparer.Ordinal)),
        _ => throw new InvalidDataException($"{key} must be a text or an object of plural forms."),
    };

    public string Render(IReadOnlyDictionary<string, string?> values) =>
        _forms.TryGetValue(Only, out var text) ? text.Render(values) : throw new InvalidOperationException("This text is counted; give the number.");

    public string Render(string category, IReadOnlyDictionary<string, string?> values) => _forms[category].Render(values);

    private static TextPattern Pattern(string key, string text) =>
        TextPattern.Parse(text, [.. Places().Matches(text).Select(m => m.Groups[1].Value)], out var reason) ?? throw new InvalidDataException($"{key} {reason}.");

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Places();
}
