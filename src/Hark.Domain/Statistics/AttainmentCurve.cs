namespace Hark.Domain.Statistics;

/// <summary>One point of the curve: the share done within a time, null where nothing was watched that long.</summary>
public readonly record struct CurvePoint(long Time, Estimate? Done);

/// <summary>Attainment with the curve it is read from: 1 minus the Kaplan-Meier estimate, with Wilson limits, at times the reader chose.</summary>
public sealed record AttainmentCurve(Attainment Attainment, IReadOnlyList<CurvePoint> Points)
{
    /// <param name="times">In the unit of the observations, ascending.</param>
    public static AttainmentCurve Of(ReadOnlySpan<Observation> observations, IReadOnlyList<AttainmentTarget> targets, IReadOnlyList<long> times)
    {
        var curve = KaplanMeier.Fit(observations);
        return new(Attainment.Of(curve, targets), [.. times.Select(t => new CurvePoint(t, Attainment.Done(curve, t)))]);
    }
}
