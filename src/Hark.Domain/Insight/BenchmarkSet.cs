using System.Globalization;
using Hark.Domain.Common;

namespace Hark.Domain.Insight;

/// <summary>A published or bought figure of somebody else, to be drawn beside one's own.</summary>
/// <param name="Metric">nps, csat, score or negative_rate, in the unit of the metrics.</param>
/// <param name="Touchpoint">Null for the whole.</param>
/// <param name="Date">When the figure holds for.</param>
/// <param name="N">How many were asked; null where it is not told.</param>
/// <param name="Note">Where it comes from.</param>
public sealed record Benchmark(string Competitor, string Metric, DateOnly Date, double Value, long? N = null, string? Touchpoint = null, string? Note = null);

/// <summary>The benchmarks of competitors that were imported.</summary>
public sealed record BenchmarkSet(IReadOnlyList<Benchmark> Benchmarks)
{
    public const int Most = 5_000, LongestText = 200;

    private static readonly Dictionary<string, (double Low, double High)> Ranges = new(StringComparer.Ordinal)
    {
        ["nps"] = (-100, 100),
        ["csat"] = (0, 1),
        ["score"] = (0, 100),
        ["negative_rate"] = (0, 1),
    };

    private static readonly string[] Columns = ["competitor", "metric", "date", "value", "n", "touchpoint", "note"];

    public static BenchmarkSet None { get; } = new([]);

    public static Result<BenchmarkSet> Parse(string json) => InsightDocument.Parse<BenchmarkSet>(json, (set, errors) =>
    {
        if (set.Benchmarks is null) errors.Add("/benchmarks", "is required");
        else Check(set.Benchmarks, i => $"/benchmarks/{i}", errors);
    });

    /// <summary>Reads rows with the columns competitor, metric, date, value and, where known, n, touchpoint and note; errors name the line.</summary>
    /// <param name="rows">The header first.</param>
    public static Result<BenchmarkSet> FromRows(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (rows.Count == 0) return Error.Invalid("line 1", $"must have the columns {string.Join(", ", Columns)}");
        var places = Columns.ToDictionary(c => c, c => rows[0].ToList().FindIndex(h => h.Trim().Equals(c, StringComparison.OrdinalIgnoreCase)));
        var errors = new InputErrors();
        foreach (var missing in Columns.Take(4).Where(c => places[c] < 0)) errors.Add("line 1", $"has no column {missing}");
        if (errors.Any) return Error.Invalid(errors, "The file has errors; each is named by its line.");
        var benchmarks = rows.Skip(1).Select((row, i) => Read(row, places, i + 2, errors)).ToList();
        Check(benchmarks, i => $"line {i + 2}", errors);
        return errors.Any ? Error.Invalid(errors, "The file has errors; each is named by its line.") : new BenchmarkSet(benchmarks);
    }

    public string ToJson() => InsightDocument.Write(this);

    private static Benchmark Read(IReadOnlyList<string> row, Dictionary<string, int> places, int line, InputErrors errors)
    {
        var culture = CultureInfo.InvariantCulture;
        if (!DateOnly.TryParseExact(Cell("date"), "yyyy-MM-dd", culture, DateTimeStyles.None, out var date)) errors.Add($"line {line}", "date must be a date such as 2026-11-22");
        if (!double.TryParse(Cell("value"), NumberStyles.Float, culture, out var value)) errors.Add($"line {line}", "value must be a number");
        long? n = long.TryParse(Cell("n"), NumberStyles.None, culture, out var count) ? count : null;
        if (n is null && Cell("n").Length > 0) errors.Add($"line {line}", "n must be a whole number");
        return new(Cell("competitor"), Cell("metric"), date, value, n, Cell("touchpoint") is { Length: > 0 } touchpoint ? touchpoint : null, Cell("note") is { Length: > 0 } note ? note : null);

        string Cell(string column) => places[column] is >= 0 and var place && place < row.Count ? row[place].Trim() : "";
    }

    private static void Check(IReadOnlyList<Benchmark> benchmarks, Func<int, string> place, InputErrors errors)
    {
        if (benchmarks.Count > Most) errors.Add(place(Most), $"there may be up to {Most} benchmarks");
        for (var i = 0; i < Math.Min(benchmarks.Count, Most); i++)
        {
            var b = benchmarks[i];
            if (b?.Competitor is null or "") errors.Add(place(i), "needs a competitor");
            else if (b.Competitor.Length > LongestText || b.Note?.Length > LongestText || b.Touchpoint?.Length > LongestText) errors.Add(place(i), $"takes texts of up to {LongestText} characters");
            else if (b.Metric is null || !Ranges.TryGetValue(b.Metric, out var range)) errors.Add(place(i), $"metric must be one of {string.Join(", ", Ranges.Keys)}");
            else if (!(b.Value >= range.Low && b.Value <= range.High)) errors.Add(place(i), string.Create(CultureInfo.InvariantCulture, $"{b.Metric} must be {range.Low} to {range.High}"));
            else if (b.N < 0) errors.Add(place(i), "n must not be negative");
        }
    }
}
