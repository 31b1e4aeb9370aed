using System.Text;
using System.Text.RegularExpressions;
using Hark.Domain.Common;

namespace Hark.Domain.Understanding.Topics;

/// <summary>Regular expressions of topics: over folded text, in time linear in the text whatever the expression.</summary>
internal static partial class TopicPattern
{
    /// <summary>Repetitions above this make the automaton large; no wording needs them.</summary>
    private const int MostRepetitions = 50;

    /// <summary>What is wrong with it; null for nothing.</summary>
    public static string? Problem(string pattern)
    {
        if (pattern.Length is 0 or > Taxonomy.LongestPattern) return $"must have 1 to {Taxonomy.LongestPattern} characters";
        if (Repetitions().Matches(pattern).Any(m => m.Value.Split(',', '{', '}').Any(n => int.TryParse(n, out var times) && times > MostRepetitions))) return $"repeats something more than {MostRepetitions} times";
        try
        {
            return Compile(pattern).IsMatch("") ? "matches everything" : null;
        }
        catch (ArgumentException e)
        {
            return $"is no regular expression: {e.Message}";
        }
        catch (NotSupportedException)
        {
            return "uses look-around, a back-reference or too many repetitions, which cannot be matched in linear time";
        }
    }

    public static Regex Compile(string pattern) => new(Folded(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    /// <summary>Letters as the folded text has them; what a backslash makes special stays.</summary>
    private static string Folded(string pattern)
    {
        var folded = new StringBuilder(pattern.Length);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\' && i + 1 < pattern.Length) folded.Append(pattern, i++, 2);
            else folded.Append(char.IsLetter(pattern[i]) ? TextFold.Fold(pattern[i].ToString()) : pattern[i]);
        }
        return folded.ToString();
    }

    [GeneratedRegex(@"\{[0-9]*(,[0-9]*)?\}", RegexOptions.NonBacktracking)]
    private static partial Regex Repetitions();
}
