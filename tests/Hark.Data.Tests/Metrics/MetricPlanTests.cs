using System.Globalization;
using Hark.Data.Metrics;
using Hark.Data.Signals;
using Hark.Domain.Statistics;
using Xunit;

namespace Hark.Data.Tests.Metrics;

public sealed class MetricPlanTests
{
    private static MetricPlan Plan(string from, string to, TimeGrain grain, string zone, string workspaceZone = "Europe/Prague", string[]? groupBy = null, SignalFilter? filter = null)
    {
        Assert.True(TimeBuckets.TryCreate(DateTimeOffset.Parse(from, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), DateTimeOffset.Parse(to, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), grain, zone, out var buckets, out _));
        return MetricPlan.Of(new MetricQuery
        {
            WorkspaceId = Guid.Empty,
            Metric = Metric.Count,
            Buckets = buckets,
            WorkspaceZone = workspaceZone,
            MinimumCount = 0,
            Now = default,
            GroupBy = groupBy ?? [],
            Filter = filter ?? SignalFilter.None,
        });
    }

    private static SignalFilter Only(string dimension, params string[] values) => new() { Values = new Dictionary<string, IReadOnlyList<string>> { [dimension] = values } };

    [Fact]
    public void A_year_of_the_workspace_s_days_is_one_range_of_days() => Assert.Equal(
        [PieceKind.Days], Plan("2026-01-01T00:00:00+01:00", "2027-01-01T00:00:00+01:00", TimeGrain.Day, "Europe/Prague", groupBy: ["channel"]).Pieces.Select(p => p.Kind));

    [Fact]
    public void Months_of_another_zone_take_whole_days_inside_and_hours_at_the_edges() => Assert.Equal(
        [PieceKind.Hours, PieceKind.Days, PieceKind.Hours], Plan("2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z", TimeGrain.Month, "UTC").Pieces.Select(p => p.Kind));

    [Fact]
    public void Days_of_kolkata_over_a_workspace_in_prague_leave_half_hours_to_the_facts()
    {
        var pieces = Plan("2026-02-01T00:00:00+05:30", "2026-02-03T00:00:00+05:30", TimeGrain.Day, "Asia/Kolkata").Pieces;
        Assert.Equal(TimeSpan.FromHours(2), pieces.Where(p => p.Kind == PieceKind.Facts).Aggregate(TimeSpan.Zero, (sum, p) => sum + (p.To - p.From)));
        Assert.DoesNotContain(pieces, p => p.Kind == PieceKind.Days);
    }

    [Fact]
    public void Where_days_would_leave_half_hours_hours_are_taken() => Assert.Equal(
        [PieceKind.Hours], Plan("2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z", TimeGrain.Month, "UTC", workspaceZone: "Asia/Kolkata").Pieces.Select(p => p.Kind));

    [Fact]
    public void Pieces_cover_every_bucket_without_gaps()
    {
        foreach (var zone in new[] { "UTC", "Europe/Prague", "Asia/Kolkata", "Australia/Lord_Howe" })
            foreach (var grain in new[] { TimeGrain.None, TimeGrain.Hour, TimeGrain.Day, TimeGrain.Month })
            {
                var pieces = Plan("2026-03-27T10:17:00Z", "2026-04-06T21:44:00Z", grain, zone).Pieces;
                Assert.Equal(DateTimeOffset.Parse("2026-03-27T10:17:00Z", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), pieces[0].From);
                Assert.Equal(DateTimeOffset.Parse("2026-04-06T21:44:00Z", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), pieces[^1].To);
                Assert.All(pieces.Zip(pieces.Skip(1)), p => Assert.Equal(p.First.To, p.Second.From));
            }
    }

    [Theory]
    [InlineData("channel", "channel", true)]
    [InlineData("channel", "touchpoint", false)]
    [InlineData("topic", "topic", true)]
    public void One_dimension_comes_from_aggregates_two_from_facts(string groupBy, string filter, bool aggregates) => Assert.Equal(
        aggregates ? groupBy : null, Plan("2026-02-01", "2026-03-01", TimeGrain.None, "UTC", groupBy: [groupBy], filter: Only(filter, "a", "b")).Dimension);

    [Fact]
    public void A_sum_over_several_topics_comes_from_the_facts_because_a_signal_may_have_both()
    {
        Assert.Null(Plan("2026-02-01", "2026-03-01", TimeGrain.None, "UTC", filter: Only("topic", "a", "b")).Dimension);
        Assert.Equal("topic", Plan("2026-02-01", "2026-03-01", TimeGrain.None, "UTC", filter: Only("topic", "a")).Dimension);
        Assert.Equal("channel", Plan("2026-02-01", "2026-03-01", TimeGrain.None, "UTC", filter: Only("channel", "web", "email")).Dimension);
    }
}
