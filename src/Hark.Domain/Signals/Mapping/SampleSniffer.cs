namespace Hark.Domain.Signals.Mapping;

/// <summary>What the values of a column look like in the first records.</summary>
/// <param name="Count">Values that are not empty.</param>
internal sealed record ColumnSample(int Count, double? Min, double? Max, bool Whole, bool Emails, string? DateFormat, double Distinct, double MeanLength)
{
    /// <summary>Day-first before month-first where both fit: most of the world writes so, and the mapping is printed for a look.</summary>
    private static readonly string[] Formats =
    [
        "iso", "d.M.yyyy H:mm:ss", "d.M.yyyy H:mm", "d.M.yyyy", "d. M. yyyy H:mm:ss", "d. M. yyyy H:mm", "d. M. yyyy", "d/M/yyyy H:mm:ss", "d/M/yyyy H:mm", "d/M/yyyy",
        "M/d/yyyy H:mm:ss", "M/d/yyyy H:mm", "M/d/yyyy", "M/d/yyyy h:mm:ss tt", "M/d/yyyy h:mm tt", "d/M/yyyy h:mm:ss tt", "yyyy/M/d H:mm:ss", "yyyy/M/d h:mm:ss tt 'GMT'z", "yyyy/M/d", "d-M-yyyy H:mm", "d-M-yyyy",
        "d MMM yyyy H:mm", "d MMM yyyy", "MMM d, yyyy", "MMM d, yyyy h:mm tt",
    ];

    /// <summary>What tools write where there is no value.</summary>
    public static IReadOnlySet<string> NoValues { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "n/a", "na", "#n/a", "null", "none", "nan", "-", "--", "—", "?" };

    /// <summary>So many of the values must look alike: a few wrong ones do not hide what the column is, and are rejected later by line.</summary>
    private const double Share = 0.9;

    public static ColumnSample Of(IEnumerable<string> values)
    {
        var list = values.Select(v => v.Trim()).Where(v => v.Length > 0 && !NoValues.Contains(v)).ToList();
        if (list.Count == 0) return new(0, null, null, false, false, null, 0, 0);
        var numbers = list.Select(v => NumberTexts.TryNumber(v, ',', out var n, out _) || NumberTexts.TryNumber(v, null, out n, out _) ? n : double.NaN).Where(double.IsFinite).ToList();
        var numeric = numbers.Count >= list.Count * Share;
        return new(list.Count, numeric ? numbers.Min() : null, numeric ? numbers.Max() : null, numeric && numbers.TrueForAll(n => n == Math.Floor(n)),
            list.TrueForAll(v => v.Length < 320 && v.IndexOf('@', StringComparison.Ordinal) > 0 && !v.Contains(' ', StringComparison.Ordinal)),
            numeric ? Unix(numbers) : Formats.FirstOrDefault(f => Fits(list, f)), list.Distinct(StringComparer.Ordinal).Count() / (double)list.Count, list.Average(v => v.Length));
    }

    private static bool Fits(List<string> values, string format)
    {
        var times = new TimeTexts([format], "UTC", DstRule.Earlier);
        return values.Count(v => times.TryRead(Scalar.Of(v), out _, out _)) >= values.Count * Share;
    }

    /// <summary>Seconds or milliseconds since 1970, between 2001 and 2100.</summary>
    private static string? Unix(List<double> numbers) =>
        numbers.TrueForAll(n => n is > 1e9 and < 4.2e9) ? "unix" : numbers.TrueForAll(n => n is > 1e12 and < 4.2e12) ? "unix_ms" : null;
}
