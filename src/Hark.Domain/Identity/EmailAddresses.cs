using System.Globalization;
using System.Text;

namespace Hark.Domain.Identity;

/// <summary>Reads e-mail addresses.</summary>
public static class EmailAddresses
{
    private const int MaxLength = 254; // RFC 5321 4.5.3.1.3, less the angle brackets
    private const int MaxLocal = 64;
    private const string LocalMarks = "!#$%&'*+-/=?^_`{|}~.";

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>
    /// The address as it is compared: trimmed, NFC, lower case, the domain in ASCII (IDNA). Dots and plus tags of the local part are kept: whether they
    /// matter is the receiving host's decision. Null with the reason when it is no address.
    /// </summary>
    public static string? Normalise(string text, out string? problem)
    {
        problem = null;
        var trimmed = text.Trim();
        if (!IsText(trimmed)) problem = "contains characters that are not text";
        var at = trimmed.LastIndexOf('@');
        if (problem is null && at < 0) problem = "must be an e-mail address; it has no @";
        else if (problem is null && at == 0) problem = "must be an e-mail address; nothing stands before the @";
        if (problem is not null) return null;

        var local = trimmed[..at].Normalize(NormalizationForm.FormC).ToLowerInvariant();
        problem = LocalProblem(local);
        if (problem is not null) return null;
        var domain = Domain(trimmed[(at + 1)..], out problem);
        if (domain is null) return null;
        if (local.Length + 1 + domain.Length <= MaxLength) return local + "@" + domain;
        problem = $"must be an e-mail address; it is longer than {MaxLength} characters";
        return null;
    }

    private static bool IsText(string text) => !text.EnumerateRunes().Contains(Rune.ReplacementChar) && !text.Any(char.IsControl);

    /// <summary>The dot-atom of RFC 5322 with letters of any script (RFC 6531). Quoted local parts are refused: nobody has one, and they hide mistakes.</summary>
    private static string? LocalProblem(string local)
    {
        if (Encoding.UTF8.GetByteCount(local) > MaxLocal) return $"must be an e-mail address; the part before the @ is longer than {MaxLocal} bytes";
        if (local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal)) return "must be an e-mail address; a dot stands at an end or twice in a row before the @";
        foreach (var c in local)
        {
            if (char.IsAsciiLetterOrDigit(c) || LocalMarks.Contains(c, StringComparison.Ordinal) || c > 0x7F && !char.IsWhiteSpace(c)) continue;
            return c == '@' ? "must be one e-mail address; it has more than one @" : $"must be an e-mail address; '{c}' may not stand before the @";
        }
        return null;
    }

    private static string? Domain(string domain, out string? problem)
    {
        problem = null;
        if (domain.Length == 0) problem = "must be an e-mail address; nothing stands after the @";
        else if (!domain.Contains('.', StringComparison.Ordinal)) problem = $"must be an e-mail address; '{domain}' is no full domain name";
        if (problem is not null) return null;
        try
        {
            return Idn.GetAscii(domain).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            problem = $"must be an e-mail address; '{domain}' is no domain name";
            return null;
        }
    }
}
