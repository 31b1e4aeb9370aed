namespace Hark.Domain.Statistics.Numerics;

/// <summary>
/// Draws that come out the same on every machine and run (PCG-XSH-RR, M. E. O'Neill, HMC-CS-2014-0905): a bootstrap interval must not change because a page
/// was loaded again. Not for secrets.
/// </summary>
internal struct SeededDraws(ulong seed)
{
    private ulong _state = (seed * 6364136223846793005) + 1442695040888963407;

    /// <summary>A whole number from 0 to <paramref name="below"/> - 1, without the bias of a remainder worth noticing (under 2^-32 times the count).</summary>
    public int Next(int below) => (int)(((ulong)NextBits() * (ulong)below) >> 32);

    private uint NextBits()
    {
        var old = _state;
        _state = (old * 6364136223846793005) + 1442695040888963407;
        var shifted = (uint)(((old >> 18) ^ old) >> 27);
        var turn = (int)(old >> 59);
        return (shifted >> turn) | (shifted << (-turn & 31));
    }
}
