namespace Hark.Web.Features.Pulse;

/// <summary>How far Pulse looks back, and into how many equal stretches a trend is cut. All stretches end now, so the last one is as full as the others.</summary>
/// <param name="Key">In the address.</param>
public sealed record PulsePeriod(string Key, TimeSpan Length, int TrendPoints, TimeSpan TrendStep)
{
    public static IReadOnlyList<PulsePeriod> All { get; } =
    [
        new("24h", TimeSpan.FromHours(24), 12, TimeSpan.FromHours(2)),
        new("7d", TimeSpan.FromDays(7), 14, TimeSpan.FromDays(1)),
        new("30d", TimeSpan.FromDays(30), 15, TimeSpan.FromDays(2)),
        new("90d", TimeSpan.FromDays(90), 13, TimeSpan.FromDays(7)),
    ];

    public static PulsePeriod Usual => All[1];
}
