using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Hark.Train.Data;

/// <summary>The key of a text and its fold, as the README of the data sets defines them.</summary>
internal static class TextKey
{
    public const int Folds = 5, TestFold = 0;

    /// <summary>Stripped, lower-case, every run of white space one space.</summary>
    public static string Of(string text)
    {
        var key = new StringBuilder(text.Length);
        foreach (var c in text.ToLowerInvariant())
        {
            if (!IsSpace(c)) key.Append(c);
            else if (key.Length > 0 && key[^1] != ' ') key.Append(' ');
        }
        if (key.Length > 0 && key[^1] == ' ') key.Length--;
        return key.ToString();
    }

    /// <summary>0 to 4; 0 is the test.</summary>
    public static int Fold(string text)
    {
#pragma warning disable CA5350 // nothing is kept secret by it: this is how the README of the data defines a fold
        var hash = Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(Of(text))));
#pragma warning restore CA5350
        return (int)(uint.Parse(hash.AsSpan(0, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture) % Folds);
    }

    /// <summary>White space as Python sees it: four separators of ASCII more than .NET.</summary>
    private static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\u001C' and <= '\u001F';
}
