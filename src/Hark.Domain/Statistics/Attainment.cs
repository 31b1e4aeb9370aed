namespace Hark.Domain.Statistics;

/// <summary>A promise: a share of all that is to be done within a time.</summary>
/// <param name="Within">In the unit of the observations.</param>
/// <param name="Share">0 to 1, for instance 0.85.</param>
public readonly record struct AttainmentTarget(long Within, double Share);

/// <summary>How far a promise was kept.</summary>
/// <param name="Target">The promise.</param>
/// <param name="Attained">
/// Estimated share done within the time with its 95 % interval, 1 - S(t); null while nothing was watched that long, for then it cannot be known.
/// </param>
public readonly record struct TargetAttainment(AttainmentTarget Target, Estimate? Attained);

/// <summary>Attainment as a distribution: durations against targets, with what is still open counted as censored.</summary>
/// <param name="N">All observations.</param>
/// <param name="Open">Those of them that had not ended.</param>
/// <param name="Targets">In the order asked for.</param>
/// <param name="P50">Time by which half had ended, with its interval; null when not reached yet.</param>
/// <param name="P90">The same for nine in ten.</param>
/// <param name="P95">The same for nineteen in twenty.</param>
public sealed record Attainment(
    int N, int Open, IReadOnlyList<TargetAttainment> Targets, Estimate? P50, Estimate? P90, Estimate? P95)
{
    /// <summary>Computes it from one fit of <see cref="KaplanMeier"/>, Wilson limits (<see cref="SurvivalInterval.Wilson"/>).</summary>
    public static Attainment Of(ReadOnlySpan<Observation> observations, IReadOnlyList<AttainmentTarget> targets) =>
        Of(KaplanMeier.Fit(observations), targets);

    internal static Attainment Of(KaplanMeier curve, IReadOnlyList<AttainmentTarget> targets) => new(
        curve.Count,
        curve.Censored,
        [.. targets.Select(target => new TargetAttainment(target, Done(curve, target.Within)))],
        curve.Quantile(0.50, SurvivalInterval.Wilson),
        curve.Quantile(0.90, SurvivalInterval.Wilson),
        curve.Quantile(0.95, SurvivalInterval.Wilson));

    internal static Estimate? Done(KaplanMeier curve, long within) =>
        curve.SurvivalAt(within) is { } open ? new(1 - open.Value, 1 - open.High, 1 - open.Low) : null;
}
