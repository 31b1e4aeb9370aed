using System.Text.RegularExpressions;
using Hark.Domain.Common;

namespace Hark.Domain.Cases;

/// <summary>Somebody who can be mentioned.</summary>
/// <param name="Email">Lower case.</param>
public readonly record struct Mentionable(Guid MemberId, string Email, string Name);

/// <summary>
/// Finds the members named in a note: <c>@eva@example.com</c>, <c>@eva</c> (the part of the address before the @ sign), <c>@Eva.Nováková</c> (the name with dots
/// for spaces). Case and diacritics make no difference; what names nobody, or two people, is left as text.
/// </summary>
public static partial class MentionParser
{
    /// <summary>The members mentioned, each once, in the order of the text.</summary>
    public static IReadOnlyList<Guid> Parse(string text, IReadOnlyCollection<Mentionable> members)
    {
        var found = new List<Guid>();
        foreach (Match match in Mention().Matches(text))
        {
            var name = TextFold.Fold(match.Groups[1].Value.TrimEnd('.', '-', '+', '_'));
            var named = members.Where(m => m.Email == name).ToList();
            if (named.Count == 0) named = [.. members.Where(m => Handles(m).Contains(name, StringComparer.Ordinal))];
            if (named.Count == 1 && !found.Contains(named[0].MemberId)) found.Add(named[0].MemberId);
        }
        return found;
    }

    private static IEnumerable<string> Handles(Mentionable member) => [member.Email[..Math.Max(0, member.Email.IndexOf('@'))], TextFold.Fold(member.Name).Replace(' ', '.')];

    /// <summary>Not inside a word or an address: <c>eva@example.com</c> mentions nobody.</summary>
    [GeneratedRegex(@"(?<![\p{L}\p{N}._+@-])@([\p{L}\p{N}._+-]+(?:@[\p{L}\p{N}.-]+)?)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mention();
}
