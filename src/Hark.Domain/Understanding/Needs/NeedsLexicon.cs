using System.Reflection;
using Hark.Domain.Understanding.Topics;

namespace Hark.Domain.Understanding.Needs;

/// <summary>What a text asks for, what it names as the cause, and what it reveals that cannot wait.</summary>
/// <param name="Needs">refund, replacement, repair, contact, information, compensation, cancel.</param>
/// <param name="Causes">delay, damage, wrong_item, missing, quality, billing, no_answer, staff, outage, price.</param>
/// <param name="Reveals">safety, legal, leak, leaving.</param>
public sealed record NeedsFound(IReadOnlyList<string> Needs, IReadOnlyList<string> Causes, IReadOnlyList<string> Reveals)
{
    public static NeedsFound None { get; } = new([], [], []);
}

/// <summary>Finds needs and causes by phrases in six languages that ship with Hark; the same matching as topics. Only what is said: a need that is meant is not guessed.</summary>
internal static class NeedsLexicon
{
    /// <summary>Raised when the phrases change: it goes into trails.</summary>
    public const string Version = "1";

    private const string Need = "need_", Cause = "cause_", Reveal = "reveal_";

    private static readonly Taxonomy Phrases = Read();
    private static readonly TopicMatcher Matcher = new(Phrases);

    /// <summary>All names of a kind, for menus.</summary>
    public static IReadOnlyList<string> AllNeeds { get; } = Of(Phrases.Topics.Select(t => t.Key), Need);
    public static IReadOnlyList<string> AllCauses { get; } = Of(Phrases.Topics.Select(t => t.Key), Cause);

    public static NeedsFound Find(string text, string? language)
    {
        var found = Matcher.Find(text, language);
        return found.Count == 0 ? NeedsFound.None : new(Of(found, Need), Of(found, Cause), Of(found, Reveal));
    }

    private static List<string> Of(IEnumerable<string> keys, string kind) => [.. keys.Where(k => k.StartsWith(kind, StringComparison.Ordinal)).Select(k => k[kind.Length..])];

    private static Taxonomy Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Hark.Domain.Understanding.Needs.lexicon.json")
            ?? throw new InvalidOperationException("The phrases of needs are not part of this build.");
        using var reader = new StreamReader(stream);
        return Taxonomy.Parse(reader.ReadToEnd()).Value;
    }
}
