using System.Security.Cryptography;
using System.Text;
using Hark.Domain.Workspaces;

namespace Hark.Data.Workspaces;

/// <summary>The text of keys: made here, shown once, kept only as a hash.</summary>
public static class KeyText
{
    public const string SourcePrefix = "hark_sk_", TokenPrefix = "hark_pt_";
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>43 letters of 62 carry 256.03 random bits: nobody guesses one, so a fast hash is enough.</summary>
    private const int RandomLetters = 43;

    public static string Create(KeyScope scope) =>
        (scope == KeyScope.Send ? SourcePrefix : TokenPrefix) + RandomNumberGenerator.GetString(Alphabet, RandomLetters);

    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>Whether a text could be a key at all: spares the store a look-up for anything else.</summary>
    public static bool LooksRight(string text) =>
        text.Length == SourcePrefix.Length + RandomLetters
        && (text.StartsWith(SourcePrefix, StringComparison.Ordinal) || text.StartsWith(TokenPrefix, StringComparison.Ordinal));
}
