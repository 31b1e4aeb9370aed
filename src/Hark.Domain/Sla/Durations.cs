using System.Globalization;

namespace Hark.Domain.Sla;

/// <summary>
/// Lengths of time as people write them in a policy: a whole number and one unit: <c>500ms</c>, <c>60s</c>, <c>5m</c>, <c>24h</c>, <c>2d</c>. A bare number is seconds.
/// A <c>d</c> is 24 hours of the calendar's working time, not "a working day".
/// </summary>
/// <remarks>Written back in the largest of h, m, s, ms that is exact, so <c>2d</c> comes back as <c>48h</c> and every value survives the round trip.</remarks>
public static class Durations
{
    /// <summary>The longest length accepted: more than a year of working time is a mistake of unit, and bounds every search for a due time.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>What to write instead, for error messages.</summary>
    public const string Form = "a whole number with ms, s, m, h or d, such as 60s, 5m or 24h, at most 366d";

    /// <summary>Parses a length; a leading minus is accepted (an escalation step before the due time). Precision: milliseconds.</summary>
    public static bool TryParse(string? text, out TimeSpan value)
    {
        value = default;
        if (string.IsNullOrEmpty(text)) return false;
        var digits = text.AsSpan().TrimEnd("mshd");
        long? unit = text[digits.Length..] switch
        {
            "ms" => 1,
            "s" or "" => 1_000,
            "m" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            _ => null,
        };
        if (unit is null || !long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return false;
        var limit = (long)Longest.TotalMilliseconds / unit.Value;
        if (number > limit || number < -limit) return false;
        value = TimeSpan.FromMilliseconds(number * unit.Value);
        return true;
    }

    /// <summary>The shortest exact form; anything below a millisecond is cut off.</summary>
    public static string Format(TimeSpan value)
    {
        var ms = value.Ticks / TimeSpan.TicksPerMillisecond;
        var (number, unit) = ms switch
        {
            0 => (0, "s"),
            _ when ms % 3_600_000 == 0 => (ms / 3_600_000, "h"),
            _ when ms % 60_000 == 0 => (ms / 60_000, "m"),
            _ when ms % 1_000 == 0 => (ms / 1_000, "s"),
            _ => (ms, "ms"),
        };
        return number.ToString(CultureInfo.InvariantCulture) + unit;
    }
}
