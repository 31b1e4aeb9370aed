using System.Text;
using System.Text.Json;

namespace Hark.Domain.Signals;

/// <summary>A closed list of names to look up by the bytes of a token, without making a string of it.</summary>
internal sealed class JsonNames(params string[] names)
{
    private readonly byte[][] _utf8 = [.. names.Select(Encoding.UTF8.GetBytes)];

    public IReadOnlyList<string> All => names;

    public string this[int index] => names[index];

    /// <summary>The index of the token's text, or −1.</summary>
    /// <param name="first">Where to look first. Senders write members in the same order, so the one after the last found is nearly always it.</param>
    public int Find(ref Utf8JsonReader reader, int first)
    {
        if (reader.HasValueSequence || reader.ValueIsEscaped) return FindSlowly(ref reader);
        var text = reader.ValueSpan;
        for (var i = first; i < _utf8.Length; i++)
        {
            if (text.SequenceEqual(_utf8[i])) return i;
        }
        for (var i = 0; i < first && i < _utf8.Length; i++)
        {
            if (text.SequenceEqual(_utf8[i])) return i;
        }
        return -1;
    }

    /// <summary>A text with half a surrogate pair is no name; the reader throws on it.</summary>
    private int FindSlowly(ref Utf8JsonReader reader)
    {
        try
        {
            for (var i = 0; i < _utf8.Length; i++)
            {
                if (reader.ValueTextEquals(_utf8[i])) return i;
            }
        }
        catch (InvalidOperationException)
        {
            return -1;
        }
        return -1;
    }
}
