using System.Collections.Frozen;
using System.Text.Json;
using Hark.Domain.Common;

namespace Hark.Domain.Messages;

/// <summary>All of Hark's own words in one language.</summary>
public sealed class LanguageTexts
{
    private static readonly Dictionary<string, string?> NoValues = [];
    private readonly FrozenDictionary<string, MessageText> _messages;
    private readonly FrozenDictionary<string, TextPattern> _phrases;
    private readonly FrozenDictionary<string, TextPattern> _page;

    private LanguageTexts(string language, FrozenDictionary<string, MessageText> messages, FrozenDictionary<string, TextPattern> phrases,
        FrozenDictionary<string, TextPattern> page, IReadOnlyList<string> months)
    {
        (Language, _messages, _phrases, _page, Months) = (language, messages, phrases, page, months);
        Dates = new LanguageDates(this);
    }

    public string Language { get; }

    /// <summary>Twelve names, as they stand in a date.</summary>
    public IReadOnlyList<string> Months { get; }

    /// <summary>Dates and times in this language.</summary>
    public LanguageDates Dates { get; }

    public MessageText Message(string key) => _messages[key];

    /// <summary>A short text used around messages.</summary>
    public string Phrase(string key, IReadOnlyDictionary<string, string?>? values = null) => _phrases[key].Render(values ?? NoValues);

    /// <summary>A text of the hosted page, not yet escaped.</summary>
    public string Page(string key, IReadOnlyDictionary<string, string?>? values = null) => _page[key].Render(values ?? NoValues);

    /// <summary>The same with some messages replaced.</summary>
    internal LanguageTexts With(IReadOnlyDictionary<string, MessageText> messages) => messages.Count == 0
        ? this
        : new(Language, _messages.Select(p => KeyValuePair.Create(p.Key, messages.GetValueOrDefault(p.Key, p.Value))).ToFrozenDictionary(StringComparer.Ordinal),
            _phrases, _page, Months);

    /// <summary>Reads a language file. Everything in the catalogue must be there and nothing else.</summary>
    internal static LanguageTexts? Read(string language, JsonPart file, SourceErrors errors)
    {
        foreach (var member in file.Members)
            if (member.Name is not ("messages" or "phrases" or "page" or "months")) errors.Add(file, member, $"'{member.Name}' is not known in a language file");
        var messages = Section(file, "messages", MessageTemplates.ByKey.Keys, errors, (p, key) => MessageText.Read(p, MessageTemplates.ByKey[key], null, errors));
        var phrases = Section(file, "phrases", TextCatalogue.Phrases.Keys, errors, (p, key) => Pattern(p, TextCatalogue.Phrases[key], errors));
        var page = Section(file, "page", TextCatalogue.Page.Keys, errors, (p, key) => Pattern(p, TextCatalogue.Page[key], errors));
        var months = file.Member("months")?.Items.Select(i => i.Text ?? "").ToList() ?? [];
        if (months.Count != 12 || months.Any(string.IsNullOrWhiteSpace)) errors.Add(file, "needs twelve \"months\"");
        return errors.Any ? null : new LanguageTexts(language, messages, phrases, page, months);
    }

    private static FrozenDictionary<string, T> Section<T>(JsonPart file, string name, IReadOnlyCollection<string> keys, SourceErrors errors, Func<JsonPart, string, T?> read)
        where T : class
    {
        var found = new Dictionary<string, T>(StringComparer.Ordinal);
        var section = file.Member(name);
        if (section?.Kind != JsonValueKind.Object) errors.Add(file, $"needs \"{name}\", an object");
        foreach (var member in section?.Members ?? [])
        {
            if (!keys.Contains(member.Name)) errors.Add(section!, member, $"'{member.Name}' is not a text of {name}{Suggestion.Hint(member.Name, keys)}");
            else if (read(member.Value, member.Name) is { } value) found[member.Name] = value;
        }
        foreach (var missing in keys.Except(section?.Members.Select(m => m.Name) ?? [], StringComparer.Ordinal))
            errors.Add(section ?? file, $"needs \"{missing}\"");
        return found.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static TextPattern? Pattern(JsonPart part, (string[] Required, string[] Optional) shape, SourceErrors errors)
    {
        if (string.IsNullOrWhiteSpace(part.Text)) errors.Add(part, "must be text");
        else if (TextPattern.Parse(part.Text, [.. shape.Required, .. shape.Optional], out var reason) is not { } pattern) errors.Add(part, reason!);
        else if (shape.Required.Except(pattern.Placeholders, StringComparer.Ordinal).FirstOrDefault() is { } missing) errors.Add(part, $"must show {{{missing}}}");
        else return pattern;
        return null;
    }
}
