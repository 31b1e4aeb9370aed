using System.Globalization;

namespace Hark.Load.Report;

/// <summary>One aim of PERFORMANCE.md beside what was measured.</summary>
/// <param name="Ratio">Ours ÷ limit; null where the aim is absolute.</param>
/// <param name="Met">Null where nothing is aimed at, or nothing was measured.</param>
/// <param name="Note">What the reader has to know: the reason why it was not measured, sizes, spread.</param>
internal sealed record Line(string Name, string Measured, string Limit, double? Ratio, string Aim, bool? Met, string? Note = null)
{
    /// <summary>Ours ÷ limit shall be at least so much.</summary>
    public static Line AtLeast(string name, double ours, double limit, string unit, double aim, string? note = null) =>
        OfRatio(name, ours, limit, unit, $"≥ {Number(aim)}", r => r >= aim, note);

    /// <summary>Ours ÷ limit shall be at most so much.</summary>
    public static Line AtMost(string name, double ours, double limit, string unit, double aim, string? note = null) =>
        OfRatio(name, ours, limit, unit, $"≤ {Number(aim)}", r => r <= aim, note);

    /// <summary>Shall be under so much.</summary>
    public static Line Under(string name, double ours, double most, string unit, string? note = null) =>
        new(name, Number(ours) + " " + unit, "", null, $"< {Number(most)} {unit}", ours < most, note);

    /// <summary>A figure to know, without an aim.</summary>
    public static Line Figure(string name, double ours, double? limit, string unit, string? note = null) =>
        new(name, Number(ours) + " " + unit, limit is { } l ? Number(l) + " " + unit : "", limit is > 0 ? ours / limit : null, "", null, note);

    public static Line NotMeasured(string name, string reason) => new(name, "not measured", "", null, "", null, reason);

    private static Line OfRatio(string name, double ours, double limit, string unit, string aim, Func<double, bool> met, string? note)
    {
        if (limit <= 0) return NotMeasured(name, "the limit was not measured");
        var ratio = ours / limit;
        return new(name, Number(ours) + " " + unit, Number(limit) + " " + unit, ratio, aim, met(ratio), note);
    }

    public static string Number(double value) => value.ToString(Math.Abs(value) switch { >= 1000 => "N0", >= 10 => "0.#", _ => "0.##" }, CultureInfo.InvariantCulture);
}
