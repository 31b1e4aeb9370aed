namespace Hark.Domain.Statistics;

/// <summary>
/// A value with its interval. <see cref="Low"/> and <see cref="High"/> are null when the data cannot say (a mean of one observation, an
/// upper limit of a median that was not reached).
/// </summary>
public readonly record struct Estimate(double Value, double? Low, double? High)
{
    /// <summary>The same, cut to what the scale can show. For display only: never calculate on with it.</summary>
    public Estimate Clamp(double min, double max) => new(
        Math.Clamp(Value, min, max),
        Low is { } low ? Math.Clamp(low, min, max) : null,
        High is { } high ? Math.Clamp(high, min, max) : null);
}

/// <summary>The result of a test: its statistic, its degrees of freedom (null for a z) and the two-sided p-value.</summary>
public readonly record struct TestResult(double Statistic, double? DegreesOfFreedom, double P);
