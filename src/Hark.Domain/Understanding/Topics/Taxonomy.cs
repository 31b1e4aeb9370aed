using System.Collections.Frozen;
using System.Text.Json;
using Hark.Domain.Common;

namespace Hark.Domain.Understanding.Topics;

/// <summary>
/// The topics of a workspace, in two levels. Immutable: every change gives a new taxonomy or says why not. A key, once signals carry it, stays: topics are hidden or
/// merged, and only one that was never more than an idea is removed.
/// </summary>
public sealed record Taxonomy(IReadOnlyList<Topic> Topics)
{
    public const int MostTopics = 300, MostPhrases = 200, MostPatterns = 100, LongestKey = 100, LongestName = 100, LongestPhrase = 100, LongestPattern = 200;

    /// <summary>The value under which signals with words and without a topic are counted: no topic may be called so.</summary>
    public const string NotUnderstood = "not_understood";

    /// <summary>The language of phrases and patterns that hold in all of them.</summary>
    public const string AllLanguages = "*";

    public static Taxonomy Empty { get; } = new([]);

    private FrozenDictionary<string, Topic> ByKey => field ??= Topics.ToFrozenDictionary(t => t.Key, StringComparer.Ordinal);

    public Topic? Find(string key) => ByKey.GetValueOrDefault(key);

    /// <summary>The key that a label with this key means today: that of the topic it was merged into, else itself. Keys that are no topics mean themselves.</summary>
    public string Meant(string key) => Find(key)?.MergedInto ?? key;

    /// <summary>As people of a language read it; null where nobody named it in that language or in English.</summary>
    public string? Name(string key, string language) => Find(key)?.Names is not { } names ? null : names.GetValueOrDefault(language) ?? names.GetValueOrDefault("en");

    /// <summary>Adds a topic, such as one that was discovered.</summary>
    public Result<Taxonomy> Add(Topic topic) => Find(topic.Key) is not null ? Wrong("/key", $"'{topic.Key}' is there already") : Checked(new([.. Topics, topic]));

    public Result<Taxonomy> Edit(string key, Func<Topic, Topic> edit) =>
        Find(key) is null ? Error.NotFound("topic") : Checked(new([.. Topics.Select(t => t.Key == key ? edit(t) : t)]));

    /// <summary>Makes one topic a part of another's past: its labels, phrases and parts go over.</summary>
    public Result<Taxonomy> Merge(string key, string into)
    {
        if (Find(key) is not { } merged || Find(into) is not { } target) return Error.NotFound("topic");
        if (key == into || target.MergedInto is not null) return Wrong("/into", "must be another topic that is not merged itself");
        // A topic of the upper level that becomes a part of one cannot have parts; they go where it goes.
        var parent = target.Parent ?? target.Key;
        return Checked(new([.. Topics.Select(t => t.Key == key ? t with { MergedInto = into }
            : t.Key == into ? t with { Phrases = Union(t.Phrases, merged.Phrases), Patterns = Union(t.Patterns, merged.Patterns), Parent = t.Parent == key ? null : t.Parent }
            : t.MergedInto == key ? t with { MergedInto = into }
            : t.Parent == key ? t with { Parent = t.Key == parent ? null : parent } : t)]));
    }

    /// <summary>A key for a name: small letters and digits, with a number where that is taken.</summary>
    public string FreeKey(string name)
    {
        var letters = string.Concat(TextFold.Fold(name).Select(c => char.IsLetterOrDigit(c) ? c : '_')).Trim('_');
        var stem = letters.Length == 0 ? "topic" : letters[..Math.Min(letters.Length, 40)];
        for (var n = 1; ; n++)
            if ((n == 1 ? stem : FormattableString.Invariant($"{stem}_{n}")) is var key && key != NotUnderstood && Find(key) is null) return key;
    }

    public string ToJson() => HarkJson.Write(this);

    /// <summary>Reads and checks a document; the error names what is wrong.</summary>
    public static Result<Taxonomy> Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Taxonomy>(json, HarkJson.Options) is { Topics: not null } read ? Checked(read) : Wrong("/topics", "is required");
        }
        catch (JsonException e)
        {
            return new Error(ErrorKind.Invalid, ErrorCodes.MalformedJson, e is InputJsonException input ? input.Reason : $"The topics are not JSON of the right shape: {e.Message}");
        }
    }

    private static Dictionary<string, IReadOnlyList<string>>? Union(IReadOnlyDictionary<string, IReadOnlyList<string>>? left, IReadOnlyDictionary<string, IReadOnlyList<string>>? right)
    {
        if (left is null && right is null) return null;
        return (left ?? FrozenDictionary<string, IReadOnlyList<string>>.Empty).Concat(right ?? FrozenDictionary<string, IReadOnlyList<string>>.Empty)
            .GroupBy(p => p.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.SelectMany(p => p.Value).Distinct(StringComparer.Ordinal)]);
    }

    private static Result<Taxonomy> Checked(Taxonomy taxonomy)
    {
        if (taxonomy.Topics.Count > MostTopics) return Wrong("/topics", $"has up to {MostTopics} topics");
        for (var i = 0; i < taxonomy.Topics.Count; i++)
            if (!IsKey(taxonomy.Topics[i].Key)) return Wrong($"/topics/{i}/key", $"must be a lower-case text of 1 to {LongestKey} characters that is not '{NotUnderstood}' and has no comma");
        if (taxonomy.Topics.GroupBy(t => t.Key, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice) return Wrong("/topics", $"'{twice.Key}' is there twice");
        foreach (var (i, topic) in taxonomy.Topics.Index())
            if (Problem(taxonomy, topic) is var (field, reason)) return Wrong($"/topics/{i}/{field}", reason);
        return taxonomy.Topics.Sum(t => t.Patterns?.Sum(p => p.Value.Count) ?? 0) > MostPatterns ? Wrong("/topics", $"have up to {MostPatterns} patterns together") : taxonomy;
    }

    private static (string Field, string Reason)? Problem(Taxonomy all, Topic topic)
    {
        if (topic.Names is { } names && names.Any(n => !IsLanguage(n.Key) || !IsText(n.Value, LongestName))) return ("names", $"are texts of 1 to {LongestName} characters by language");
        if (topic.Parent is { } parent && (all.Find(parent) is not { } above || above.Parent is not null || parent == topic.Key)) return ("parent", $"'{parent}' must be a topic of the upper level");
        if (topic.Parent is not null && all.Topics.Any(t => t.Parent == topic.Key && t.MergedInto is null)) return ("parent", "cannot be set: the topic has parts itself");
        if (topic.MergedInto is { } into && (into == topic.Key || all.Find(into) is not { MergedInto: null })) return ("merged_into", $"'{into}' must be a topic that is not merged itself");
        foreach (var (language, phrases) in topic.Phrases ?? FrozenDictionary<string, IReadOnlyList<string>>.Empty)
        {
            if (!IsLanguage(language) && language != AllLanguages) return ("phrases", $"'{language}' is no language code");
            if (phrases.Count > MostPhrases) return ("phrases", $"has up to {MostPhrases} phrases a language");
            if (phrases.FirstOrDefault(p => !IsText(p, LongestPhrase) || Phrase.Words(p, language).Count == 0) is { } wrong) return ("phrases", $"'{wrong}' has no word, or more than {LongestPhrase} characters");
        }
        foreach (var (language, patterns) in topic.Patterns ?? FrozenDictionary<string, IReadOnlyList<string>>.Empty)
        {
            if (!IsLanguage(language) && language != AllLanguages) return ("patterns", $"'{language}' is no language code");
            foreach (var pattern in patterns)
                if (TopicPattern.Problem(pattern) is { } problem) return ("patterns", $"'{pattern}' {problem}");
        }
        return null;
    }

    private static bool IsKey(string key) => IsText(key, LongestKey) && key != NotUnderstood && key == key.Trim() && !key.Contains(',', StringComparison.Ordinal) && !key.Any(char.IsUpper);

    private static bool IsLanguage(string code) => code.Length is 2 or 3 && code.All(char.IsAsciiLetterLower);

    private static bool IsText(string text, int longest) => text.Length > 0 && text.Length <= longest && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl);

    private static Error Wrong(string pointer, string reason) => Error.Invalid(pointer, reason);
}
