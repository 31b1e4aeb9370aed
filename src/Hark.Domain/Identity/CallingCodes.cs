using System.Collections.Frozen;

namespace Hark.Domain.Identity;

/// <summary>How numbers of one country are built.</summary>
/// <param name="Region">ISO 3166-1 alpha-2.</param>
/// <param name="Code">Country calling code.</param>
/// <param name="Trunk">Digits dialled before the national number inside the country only; empty where there are none.</param>
/// <param name="Min">Fewest digits of the national (significant) number.</param>
/// <param name="Max">Most digits of the national (significant) number.</param>
/// <param name="International">What is dialled inside the country before another country's code.</param>
public sealed record CallingPlan(string Region, string Code, string Trunk, int Min, int Max, string International = "00");

/// <summary>
/// The numbering plans Hark knows: calling codes of ITU-T E.164 (list annexed to the Operational Bulletin) and lengths of the national plans (ITU-T E.129 notices).
/// Lengths are those of subscriber numbers, fixed and mobile.
/// </summary>
public static class CallingCodes
{
    private static readonly CallingPlan[] Plans =
    [
        new("AD", "376", "", 6, 9), new("AL", "355", "0", 8, 9), new("AM", "374", "0", 8, 8), new("AT", "43", "0", 4, 13), new("AZ", "994", "0", 9, 9),
        new("BA", "387", "0", 8, 9), new("BE", "32", "0", 8, 9), new("BG", "359", "0", 7, 9), new("BY", "375", "80", 9, 9, "810"), new("CH", "41", "0", 9, 9),
        new("CY", "357", "", 8, 8), new("CZ", "420", "", 9, 9), new("DE", "49", "0", 5, 12), new("DK", "45", "", 8, 8), new("EE", "372", "", 7, 8),
        new("ES", "34", "", 9, 9), new("FI", "358", "0", 5, 12), new("FO", "298", "", 6, 6), new("FR", "33", "0", 9, 9), new("GB", "44", "0", 9, 10),
        new("GE", "995", "0", 9, 9), new("GI", "350", "", 8, 8), new("GR", "30", "", 10, 10), new("HR", "385", "0", 8, 9), new("HU", "36", "06", 8, 9),
        new("IE", "353", "0", 7, 10), new("IS", "354", "", 7, 9), new("IT", "39", "", 6, 11), new("LI", "423", "", 7, 9), new("LT", "370", "0", 8, 8),
        new("LU", "352", "", 4, 11), new("LV", "371", "", 8, 8), new("MC", "377", "", 8, 9), new("MD", "373", "0", 8, 8), new("ME", "382", "0", 8, 9),
        new("MK", "389", "0", 8, 8), new("MT", "356", "", 8, 8), new("NL", "31", "0", 9, 9), new("NO", "47", "", 8, 8), new("PL", "48", "", 9, 9),
        new("PT", "351", "", 9, 9), new("RO", "40", "0", 9, 9), new("RS", "381", "0", 7, 10), new("SE", "46", "0", 7, 10), new("SI", "386", "0", 8, 8),
        new("SK", "421", "0", 9, 9), new("SM", "378", "", 6, 10), new("UA", "380", "0", 9, 9), new("XK", "383", "0", 8, 9),
        new("US", "1", "1", 10, 10, "011"), new("CA", "1", "1", 10, 10, "011"), new("RU", "7", "8", 10, 10, "810"), new("KZ", "7", "8", 10, 10, "810"),
        new("IR", "98", "0", 10, 10), new("IL", "972", "0", 8, 9), new("TR", "90", "0", 10, 10), new("BR", "55", "0", 10, 11), new("MX", "52", "", 10, 10),
        new("AU", "61", "0", 9, 9, "0011"), new("NZ", "64", "0", 8, 10), new("IN", "91", "0", 10, 10), new("CN", "86", "0", 10, 11), new("JP", "81", "0", 9, 10, "010"),
        new("KR", "82", "0", 8, 10), new("AE", "971", "0", 8, 9), new("SA", "966", "0", 9, 9), new("EG", "20", "0", 9, 10), new("ZA", "27", "0", 9, 9),
        new("SG", "65", "", 8, 8, "000"), new("HK", "852", "", 8, 8, "001"), new("VN", "84", "0", 9, 10), new("AR", "54", "0", 10, 11),
    ];

    private static readonly FrozenDictionary<string, CallingPlan> ByRegion = Plans.ToFrozenDictionary(p => p.Region, StringComparer.OrdinalIgnoreCase);
    private static readonly FrozenDictionary<string, CallingPlan[]> ByCode = Plans.GroupBy(p => p.Code).ToFrozenDictionary(g => g.Key, g => g.ToArray());

    public static IReadOnlyList<CallingPlan> All => Plans;

    public static CallingPlan? OfRegion(string? region) => region is not null && ByRegion.TryGetValue(region, out var plan) ? plan : null;

    /// <summary>The plan of a number that begins with its country code, or null. No code is the beginning of another, so there is one at most.</summary>
    public static CallingPlan? OfNumber(string digits)
    {
        for (var length = 1; length <= 3 && length <= digits.Length; length++)
        {
            if (ByCode.TryGetValue(digits[..length], out var plans)) return plans[0];
        }
        return null;
    }
}
