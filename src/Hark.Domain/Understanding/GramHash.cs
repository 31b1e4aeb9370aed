namespace Hark.Domain.Understanding;

/// <summary>
/// A 64-bit hash that grows by one character at a time, so that the n-grams that begin at one place cost one step each. FNV-1a, spread by Fibonacci hashing when
/// a row of a table is asked for. Part of the model file's format: a change makes every trained model useless.
/// </summary>
internal static class GramHash
{
    public const ulong Seed = 0xCBF29CE484222325;
    private const ulong Prime = 0x00000100000001B3, Golden = 0x9E3779B97F4A7C15;

    public static ulong Add(ulong hash, char c) => (hash ^ c) * Prime;

    public static ulong Add(ulong hash, ReadOnlySpan<char> text)
    {
        foreach (var c in text) hash = Add(hash, c);
        return hash;
    }

    /// <summary>The hash of one feature in a copy of its own, such as the copy of a language.</summary>
    public static ulong In(ulong hash, ulong space) => (hash ^ space) * Golden;

    /// <param name="bits">The table has 2^bits rows.</param>
    public static int Row(ulong hash, int bits) => (int)(((hash ^ (hash >> 29)) * Golden) >> (64 - bits));
}
