using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Hark.Web.Features.Demo.Company;

/// <summary>What fills the braces of a sentence. A sentence that needs what is not known is not said.</summary>
internal sealed record Slots
{
    public string? Product { get; init; }
    public int? Days { get; init; }
    public string? Order { get; init; }
    public string? Size { get; init; }
    public string? Store { get; init; }
    public string? Name { get; init; }
    public string? Account { get; init; }
    public string? Remedy { get; init; }

    public static Slots None { get; } = new();

    public string? this[string name, string language] => name switch
    {
        "product" => Product,
        "days" => Days is { } days ? Number(days, language) : null,
        "order" => Order,
        "size" => Size,
        "store" => Store,
        "name" => Name,
        "account" => Account,
        "remedy" => Remedy,
        _ => throw new FormatException($"A sentence of the sample company has an unknown slot: {name}"),
    };

    /// <summary>Persian has digits of its own.</summary>
    private static string Number(int number, string language)
    {
        var text = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return language == "fa" ? string.Concat(text.Select(c => (char)(c - '0' + '۰'))) : text;
    }
}

/// <summary>A sentence with the slots it needs.</summary>
internal sealed partial record Sentence(string Text, string[] Needs)
{
    public static Sentence Of(string text) => new(text, [.. Slot().Matches(text).Select(m => m.Groups[1].Value).Distinct()]);

    public bool CanSay(Slots slots) => Array.TrueForAll(Needs, n => slots[n, "en"] is not null);

    public string Say(Slots slots, string language)
    {
        var text = Needs.Aggregate(Text, (t, n) => t.Replace("{" + n + "}", slots[n, language], StringComparison.Ordinal));
        return char.IsLower(text[0]) ? char.ToUpperInvariant(text[0]) + text[1..] : text;
    }

    [GeneratedRegex(@"\{([a-z]+)\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Slot();
}

/// <summary>
/// Sentences in six languages, put together so that few texts are alike: an opener, one or two sentences on the topic, a closer. A topic that a language lacks is
/// said in English.
/// </summary>
internal sealed class Phrases
{
    public const string Negative = " -", Positive = " +", Neutral = " ~";

    private readonly FrozenDictionary<string, FrozenDictionary<string, Sentence[]>> _byLanguage =
        ((string[])["en", "cs", "sk", "bg", "ru", "fa"]).ToFrozenDictionary(l => l, Read, StringComparer.Ordinal);

    public static Phrases Shared { get; } = new();

    /// <summary>A customer's words about a topic.</summary>
    /// <param name="polarity">One of the constants above.</param>
    public string Say(Dice dice, string language, string topic, string polarity, Slots slots)
    {
        if (polarity == Neutral) return Line(dice, language, topic + Neutral, slots) is { Length: > 0 } own ? own : Line(dice, language, "neutral", slots);
        var text = new List<string>(4);
        if (dice.Chance(.35)) text.Add(Line(dice, language, "opener" + polarity, slots));
        var first = Line(dice, language, topic + polarity, slots);
        text.Add(first);
        if (dice.Chance(.25) && Line(dice, language, topic + polarity, slots) is var second && second != first) text.Add(second);
        if (dice.Chance(.30)) text.Add(Line(dice, language, "closer" + polarity, slots));
        return string.Join(' ', text);
    }

    /// <summary>One line of a section, such as a reply; empty where no language has one that can be said.</summary>
    public string Line(Dice dice, string language, string section, Slots slots)
    {
        var lines = Sayable(language, section, slots);
        if (lines.Count == 0) (language, lines) = ("en", Sayable("en", section, slots));
        return lines.Count == 0 ? "" : dice.Pick(lines).Say(slots, language);
    }

    private List<Sentence> Sayable(string language, string section, Slots slots) =>
        [.. (_byLanguage.GetValueOrDefault(language)?.GetValueOrDefault(section) ?? []).Where(s => s.CanSay(slots))];

    /// <summary>Sections <c>[topic polarity]</c>, a sentence a line.</summary>
    private static FrozenDictionary<string, Sentence[]> Read(string language)
    {
        using var stream = typeof(Phrases).Assembly.GetManifestResourceStream($"demo.{language}.txt")
            ?? throw new InvalidOperationException($"The sentences of language {language} are missing from the program.");
        using var reader = new StreamReader(stream);
        var sections = new Dictionary<string, List<Sentence>>(StringComparer.Ordinal);
        var lines = new List<Sentence>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('[')) sections.Add(line.Trim('[', ']'), lines = []);
            else if (line.Length > 0) lines.Add(Sentence.Of(line));
        }
        return sections.ToFrozenDictionary(s => s.Key, s => s.Value.ToArray(), StringComparer.Ordinal);
    }
}
