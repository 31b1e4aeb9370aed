using Hark.Data.Model;
using Hark.Data.Outcomes;
using Hark.Data.Workspaces;
using Hark.Domain.Statistics;
using Hark.Domain.Targets;

namespace Hark.Web.Features.Outcomes;

/// <summary>An outcome now and in the period before.</summary>
/// <param name="From">The first of its days; null while nothing was reported.</param>
/// <param name="To">The last.</param>
/// <param name="Now">A share of 0 to 1, or money by the outcome's <see cref="Outcome.Per"/>. Null while nothing was reported.</param>
/// <param name="N">Those counted in the period.</param>
/// <param name="Trend">By week, the oldest first; null for a week without numbers.</param>
public sealed record OutcomeFigure(Outcome Outcome, DateOnly? From, DateOnly? To, Estimate? Now, long N, Estimate? Before, Estimate? Difference, IReadOnlyList<double?> Trend)
{
    /// <summary>Whether 95 % of what the data allow lie on one side of no change.</summary>
    public bool IsReal => Difference is { } d && (d.Low > 0 || d.High < 0);

    /// <summary>Whether the target is reached for certain, missed for certain, or too close to say; null without a target for this year, too.</summary>
    public bool? Reached(int year)
    {
        if (Outcome.Target is not { } target || target.Year != year || Now is not { Low: { } low, High: { } high }) return null;
        var value = Outcome.IsShare ? target.Value / 100 : target.Value;
        var (surely, never) = Outcome.MoreIsBetter ? (low >= value, high < value) : (high <= value, low > value);
        return surely ? true : never ? false : null;
    }
}

/// <summary>Reads the three outcomes: the quarter of a year that ends with the last reported day, against the one before.</summary>
internal sealed class ReadOutcomes(OutcomeDays days, TimeProvider time)
{
    public const int Weeks = 13, Days = Weeks * 7;

    public async Task<IReadOnlyList<OutcomeFigure>> RunAsync(WorkspaceSnapshot workspace, CancellationToken cancellation)
    {
        var figures = new List<OutcomeFigure>();
        foreach (var outcome in WorkspacePolicies.Of(workspace).Targets.Outcomes)
            figures.Add(await ReadAsync(workspace, outcome, cancellation));
        return figures;
    }

    private async Task<OutcomeFigure> ReadAsync(WorkspaceSnapshot workspace, Outcome outcome, CancellationToken cancellation)
    {
        var (_, known) = await days.KnownAsync(workspace.WorkspaceId, outcome.Kind, cancellation);
        var today = DateOnly.FromDateTime(NodaTime.Instant.FromDateTimeOffset(time.GetUtcNow()).InZone(workspace.Zone).ToDateTimeUnspecified());
        if (known is not { } reported) return new(outcome, null, null, null, 0, null, null, []);
        var last = reported < today ? reported : today;
        var all = await days.ReadAsync(workspace.WorkspaceId, outcome.Kind, last.AddDays(1 - (2 * Days)), last.AddDays(1), cancellation);
        var from = last.AddDays(1 - Days);
        var (now, before) = (all.Where(d => d.Day >= from).ToList(), all.Where(d => d.Day < from).ToList());
        var (value, earlier) = (Value(outcome, now), Value(outcome, before));
        return new(outcome, from, last, value, now.Sum(d => d.Count), earlier, Ratios.Difference(value, earlier),
            [.. Enumerable.Range(0, Weeks).Select(w => Value(outcome, now.Where(d => (d.Day.DayNumber - from.DayNumber) / 7 == w))?.Value)]);
    }

    private static Estimate? Value(Outcome outcome, IEnumerable<OutcomeDay> days)
    {
        var unit = outcome.IsShare ? 1 : outcome.Per;
        return Ratios.Interval(days.Aggregate(new RatioSums(), (sums, d) => sums.Add(d.Sum * unit, d.Count)));
    }
}
