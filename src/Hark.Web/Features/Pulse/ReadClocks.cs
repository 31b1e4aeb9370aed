using Hark.Data.Metrics;
using Hark.Data.Workspaces;
using Hark.Domain.Sla;
using Hark.Domain.Statistics;

namespace Hark.Web.Features.Pulse;

/// <summary>One promise about time and how far it is kept.</summary>
public sealed record ClockTarget(ClockKind Clock, AttainmentTarget Target, Estimate? Attained)
{
    /// <summary>Null where the interval holds the promise: too close to say.</summary>
    public bool? Kept => Attained is not { Low: { } low, High: { } high } ? null : low >= Target.Share ? true : high < Target.Share ? false : null;
}

/// <param name="Days">Over cases that arrived in so many days.</param>
public sealed record PulseClocks(int Days, AttainmentCurve Acknowledged, AttainmentCurve Closed)
{
    public IReadOnlyList<ClockTarget> Targets => field ??=
    [
        .. Acknowledged.Attainment.Targets.Select(t => new ClockTarget(ClockKind.Acknowledge, t.Target, t.Attained)),
        .. Closed.Attainment.Targets.Select(t => new ClockTarget(ClockKind.Resolve, t.Target, t.Attained)),
    ];
}

/// <summary>Attainment as curves: acknowledged and closed by hours since arrival, open cases counted as not yet.</summary>
internal sealed class ReadClocks(AttainmentReader attainment)
{
    public const int Hours = 48, Points = 96;
    private const int FewestDays = 30;

    /// <summary>Close together in the first hours, which matter most: equal steps of the square root.</summary>
    private static readonly long[] Times = [.. Enumerable.Range(0, Points + 1).Select(i => (long)(Hours * 3_600_000.0 * i * i / (Points * Points)))];

    public async Task<PulseClocks> RunAsync(PulseRequest request, CancellationToken cancellation)
    {
        var days = Math.Max(FewestDays, (int)request.Period.Length.TotalDays);
        var targets = WorkspacePolicies.Of(request.Workspace).Targets;
        return new(days, await CurveAsync(ClockKind.Acknowledge), await CurveAsync(ClockKind.Resolve));

        Task<AttainmentCurve> CurveAsync(ClockKind clock) => attainment.CurveAsync(request.Workspace,
            new AttainmentQuery(request.Workspace.WorkspaceId, clock, request.Now.AddDays(-days), request.To, targets.Of(clock), [], request.Cases, request.Now), Times, cancellation);
    }
}
