using Hark.Domain.Common;
using Hark.Domain.Statistics;
using Hark.Domain.Understanding.Topics;

namespace Hark.Domain.Understanding.Discovery;

/// <summary>A text that was heard.</summary>
/// <param name="Person">Who said it; null where that is not known. A person counts once for a word.</param>
/// <param name="HasTopic">Some topic was found in it.</param>
public sealed record HeardText(Guid Id, Guid? Person, string Text, string? Language, bool HasTopic);

/// <summary>Words that many use lately and that no topic has.</summary>
/// <param name="Term">The most telling of them, folded and without its ending.</param>
/// <param name="Phrases">As people write them, the most telling first.</param>
/// <param name="Texts">People (or texts of nobody known) who say it lately.</param>
/// <param name="Before">The same in the time before.</param>
/// <param name="Strength">Standard deviations by which it is more frequent than before, or than in texts that have a topic, whichever is more.</param>
/// <param name="Examples">Texts that say it, newest last.</param>
public sealed record EmergingTheme(string Term, string Language, IReadOnlyList<string> Phrases, int Texts, int Before, double Strength, IReadOnlyList<Guid> Examples);

/// <summary>
/// Finds words and pairs of words that stand out: against the time before, and against what has a topic already, by log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn
/// 2008, "Fightin' Words"). Forms of a word are one; words that occur in the same texts are one theme. Time is linear in the texts.
/// </summary>
public static class EmergingThemes
{
    /// <summary>Fewer people make no theme.</summary>
    public const int LeastPeople = 4;

    public const int MostThemes = 12, MostPhrases = 6, MostExamples = 5;

    /// <summary>The share of runs that may find a theme by chance: it is divided by the number of words looked at (Bonferroni).</summary>
    private const double FalseShare = 0.05;

    /// <summary>Weight of the prior: as many words as this were seen before in the proportions of all texts.</summary>
    private const double PriorWords = 100;

    /// <summary>Two words are one theme from this share of common texts on (Jaccard).</summary>
    private const double SameTexts = 0.4;

    /// <summary>At most this share of a theme's texts may have a topic.</summary>
    private const double MostExplained = 0.5;

    private const string Undetermined = "und";

    public static IReadOnlyList<EmergingTheme> Find(IReadOnlyList<HeardText> recent, IReadOnlyList<HeardText> before)
    {
        var earlier = before.ToLookup(t => t.Language ?? Undetermined, StringComparer.Ordinal);
        return
        [
            .. recent.GroupBy(t => t.Language ?? Undetermined, StringComparer.Ordinal).SelectMany(g => OfLanguage(g.Key, [.. g], [.. earlier[g.Key]]))
                .OrderByDescending(t => t.Strength).ThenBy(t => t.Term, StringComparer.Ordinal).Take(MostThemes),
        ];
    }

    /// <summary>A word or pair of words with the texts that have it.</summary>
    private sealed class Term(string key)
    {
        public string Key => key;
        public Dictionary<string, int> Forms { get; } = new(StringComparer.Ordinal);
        public List<int> Texts { get; } = [];
        public HashSet<Guid> People { get; } = [];
        public int Understood { get; set; }
        public int Before { get; set; }
        public double Strength { get; set; }
    }

    private static IEnumerable<EmergingTheme> OfLanguage(string language, List<HeardText> recent, List<HeardText> before)
    {
        var terms = new Dictionary<string, Term>(StringComparer.Ordinal);
        var (understood, seen) = (0, new HashSet<(string, Guid)>());
        for (var i = 0; i < recent.Count; i++)
        {
            if (recent[i].HasTopic) understood++;
            foreach (var (key, form) in Words(recent[i].Text, language))
            {
                if (!terms.TryGetValue(key, out var term)) terms[key] = term = new Term(key);
                if (!term.People.Add(recent[i].Person ?? recent[i].Id)) continue;
                term.Texts.Add(i);
                term.Forms[form] = term.Forms.GetValueOrDefault(form) + 1;
                if (recent[i].HasTopic) term.Understood++;
            }
        }
        foreach (var text in before)
            foreach (var (key, _) in Words(text.Text, language))
                if (terms.TryGetValue(key, out var term) && seen.Add((key, text.Person ?? text.Id))) term.Before++;
        var looked = terms.Values.Where(t => t.Texts.Count >= LeastPeople).ToList();
        var confidence = 1 - (FalseShare / Math.Max(1, looked.Count));
        foreach (var term in looked)
        {
            var n = term.Texts.Count;
            var late = Strength(n, recent.Count, term.Before, before.Count, confidence);
            var rest = Strength(n - term.Understood, recent.Count - understood, term.Understood, understood, confidence);
            term.Strength = Math.Max(late, rest);
        }
        var standing = looked.Where(t => t.Strength > 0 && t.Understood <= MostExplained * t.Texts.Count)
            .OrderByDescending(t => t.Strength).ThenByDescending(t => t.Key.Length).ThenBy(t => t.Key, StringComparer.Ordinal).Take(200).ToList();
        return Group(standing).Select(g => Theme(g, language, recent));
    }

    /// <summary>0 where it may be chance, by the exact test of two counts.</summary>
    private static double Strength(int first, int firstOf, int second, int secondOf, double confidence) =>
        firstOf > 0 && secondOf > 0 && Counts.Ratio(first, firstOf, Math.Max(1, second), secondOf, confidence) is { Low: > 1 } ? LogOdds(first, firstOf, second, secondOf) : 0;

    /// <summary>How much more often in the first than in the second, in standard deviations. The prior is what both have together.</summary>
    private static double LogOdds(double first, double firstOf, double second, double secondOf)
    {
        var share = (first + second) / Math.Max(1, firstOf + secondOf);
        var prior = Math.Max(0.01, share * PriorWords);
        var a = Math.Log((first + prior) / (firstOf + PriorWords - first - prior + 1));
        var b = Math.Log((second + prior) / (secondOf + PriorWords - second - prior + 1));
        return (a - b) / Math.Sqrt((1 / (first + prior)) + (1 / (second + prior)));
    }

    private static IEnumerable<List<Term>> Group(List<Term> terms)
    {
        var groups = new List<(HashSet<int> Texts, List<Term> Terms)>();
        foreach (var term in terms)
        {
            var near = groups.FindIndex(g => g.Texts.Count(term.Texts.Contains) is var common && common >= SameTexts * (g.Texts.Count + term.Texts.Count - common));
            if (near < 0) groups.Add(([.. term.Texts], [term]));
            else groups[near].Terms.Add(term);
        }
        return groups.Select(g => g.Terms);
    }

    private static EmergingTheme Theme(List<Term> terms, string language, List<HeardText> recent)
    {
        // A pair says more than its words: where as many say it, it names the theme.
        var named = terms.Where(t => t.Key.Contains(' ', StringComparison.Ordinal) && t.Texts.Count * 2 >= terms[0].Texts.Count).FirstOrDefault(terms[0]);
        var phrases = terms.Where(t => t != named).Prepend(named).Select(t => t.Forms.OrderByDescending(f => f.Value).ThenBy(f => f.Key, StringComparer.Ordinal).First().Key).Distinct(StringComparer.Ordinal);
        return new(named.Key, language, [.. phrases.Take(MostPhrases)], terms.Max(t => t.Texts.Count), terms[0].Before, Math.Round(terms[0].Strength, 2), [.. terms[0].Texts.TakeLast(MostExamples).Select(t => recent[t].Id)]);
    }

    /// <summary>English plurals are the word with an s.</summary>
    private static string One(string word, string language) => language == "en" && word.Length >= 4 && word[^1] == 's' && word[^2] != 's' ? word[..^1] : word;

    /// <summary>The words of a text and their pairs, without endings, each with how it is written; each once.</summary>
    private static IEnumerable<(string Key, string Form)> Words(string text, string language)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var words = TextFold.Fold(text).Split([' ', '.', ',', ';', ':', '!', '?', '(', ')', '"', '„', '“', '”', '«', '»', '–', '—', '،', '؛', '؟', '/', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var (last, lastForm) = ((string?)null, "");
        foreach (var word in words)
        {
            if (word.Length > 40 || !char.IsLetter(word[0]) || Phrase.Words(One(word, language), language) is not [var stem])
            {
                last = null;
                continue;
            }
            if (stem.Stem.Length >= 4 && seen.Add(stem.Stem)) yield return (stem.Stem, word);
            if (last is not null && last.Length + stem.Stem.Length >= 7 && seen.Add($"{last} {stem.Stem}")) yield return ($"{last} {stem.Stem}", $"{lastForm} {word}");
            (last, lastForm) = (stem.Stem, word);
        }
    }
}
