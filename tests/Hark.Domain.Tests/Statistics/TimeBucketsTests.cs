using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Hark.Domain.Statistics;
using Xunit;

namespace Hark.Domain.Tests.Statistics;

public sealed class TimeBucketsTests
{
    [Theory]
    [InlineData("2026-03-28T23:00Z", "2026-03-29T22:00Z", "2026-03-29T00:00+01:00", 23)]
    [InlineData("2026-10-24T22:00Z", "2026-10-25T23:00Z", "2026-10-25T00:00+02:00", 25)]
    [InlineData("2026-06-30T22:00Z", "2026-07-01T22:00Z", "2026-07-01T00:00+02:00", 24)]
    public void Days_in_Prague_have_23_24_or_25_hours(string start, string end, string label, int hours)
    {
        var buckets = Cut(At(start).AddDays(-1), At(end).AddDays(1), TimeGrain.Day, "Europe/Prague");
        var day = Assert.Single(buckets, b => b.Label == At(label));
        Assert.Equal(new TimeBucket(At(start), At(end), At(label)), day);
        Assert.Equal(At(label).Offset, day.Label.Offset);
        Assert.Equal(hours, Cut(day.Start, day.End, TimeGrain.Hour, "Europe/Prague").Count);
    }

    [Fact]
    public void An_hour_that_comes_twice_is_two_buckets_and_a_missing_one_none()
    {
        Assert.Equal(
            ["01:00+02:00", "02:00+02:00", "02:00+01:00", "03:00+01:00"],
            Labels(Cut(At("2026-10-24T23:00Z"), At("2026-10-25T03:00Z"), TimeGrain.Hour, "Europe/Prague"), "HH:mmzzz"));
        Assert.Equal(
            ["01:00+01:00", "03:00+02:00"],
            Labels(Cut(At("2026-03-29T00:00Z"), At("2026-03-29T02:00Z"), TimeGrain.Hour, "Europe/Prague"), "HH:mmzzz"));
    }

    [Fact]
    public void First_and_last_bucket_are_cut_to_the_period_and_keep_their_label()
    {
        var buckets = Cut(At("2026-05-05T10:30Z"), At("2026-05-06T01:00Z"), TimeGrain.Day, "Europe/Prague");
        Assert.Equal(
            [
                new TimeBucket(At("2026-05-05T10:30Z"), At("2026-05-05T22:00Z"), At("2026-05-05T00:00+02:00")),
                new TimeBucket(At("2026-05-05T22:00Z"), At("2026-05-06T01:00Z"), At("2026-05-06T00:00+02:00")),
            ],
            buckets);
    }

    [Fact]
    public void Hours_in_Kolkata_begin_at_half_past_utc()
    {
        var buckets = Cut(At("2026-01-01T00:00Z"), At("2026-01-01T02:00Z"), TimeGrain.Hour, "Asia/Kolkata");
        Assert.Equal(
            [
                new TimeBucket(At("2026-01-01T00:00Z"), At("2026-01-01T00:30Z"), At("2026-01-01T05:00+05:30")),
                new TimeBucket(At("2026-01-01T00:30Z"), At("2026-01-01T01:30Z"), At("2026-01-01T06:00+05:30")),
                new TimeBucket(At("2026-01-01T01:30Z"), At("2026-01-01T02:00Z"), At("2026-01-01T07:00+05:30")),
            ],
            buckets);
    }

    [Fact]
    public void Lord_Howe_moves_by_half_an_hour()
    {
        const string zone = "Australia/Lord_Howe";
        // Back at 02:00 (+11:00) to 01:30 (+10:30) on 5 April 2026; forward at 02:00 (+10:30) to 02:30 (+11:00) on 4 October.
        Assert.Equal(
            ["01:00+11:00 60", "01:30+10:30 30", "02:00+10:30 60"],
            Lengths(Cut(At("2026-04-04T14:00Z"), At("2026-04-04T16:30Z"), TimeGrain.Hour, zone)));
        Assert.Equal(
            ["01:00+10:30 60", "02:30+11:00 30", "03:00+11:00 60"],
            Lengths(Cut(At("2026-10-03T14:30Z"), At("2026-10-03T17:00Z"), TimeGrain.Hour, zone)));
        Assert.Equal(24.5, Hours(zone, "2026-04-05"));
        Assert.Equal(23.5, Hours(zone, "2026-10-04"));
    }

    [Fact]
    public void A_day_without_midnight_begins_at_one()
    {
        const string zone = "America/Sao_Paulo";
        Assert.Equal(23, Hours(zone, "2018-11-04"));
        var buckets = Cut(At("2018-11-03T03:00Z"), At("2018-11-06T02:00Z"), TimeGrain.Day, zone);
        Assert.Equal(["03T00:00-03:00", "04T01:00-02:00", "05T00:00-02:00"], Labels(buckets, "dd'T'HH:mmzzz"));
        // In February 2018 the clock went back at midnight to 23:00 of the day before.
        Assert.Equal(25, Hours(zone, "2018-02-17"));
    }

    [Fact]
    public void A_date_that_never_was_has_no_bucket() => Assert.Equal(
        ["29", "31", "01"],
        Labels(Cut(At("2011-12-29T10:00Z"), At("2012-01-01T10:00Z"), TimeGrain.Day, "Pacific/Apia"), "dd"));

    [Fact]
    public void Instants_after_a_clock_set_back_over_midnight_belong_to_the_day_that_began()
    {
        // St John's went from 00:01 on 29 October 2006 back to 23:01: one minute of the new day, then most of yesterday's last hour again.
        var buckets = Cut(At("2006-10-29T02:45Z"), At("2006-10-30T03:30Z"), TimeGrain.Day, "America/St_Johns");
        Assert.Equal(["29"], Labels(buckets, "dd"));
    }

    [Fact]
    public void Weeks_begin_on_Monday_and_months_on_the_first()
    {
        Assert.Equal(
            ["2025-12-29", "2026-01-05", "2026-01-12"],
            Labels(Cut(At("2026-01-01T00:00Z"), At("2026-01-12T00:01Z"), TimeGrain.Week, "UTC"), "yyyy-MM-dd"));
        Assert.Equal(
            ["2026-01-01+01:00", "2026-02-01+01:00", "2026-03-01+01:00", "2026-04-01+02:00"],
            Labels(Cut(At("2026-01-31T12:00Z"), At("2026-03-31T22:01Z"), TimeGrain.Month, "Europe/Prague"), "yyyy-MM-ddzzz"));
    }

    [Fact]
    public void No_grain_is_one_bucket()
    {
        var (from, to) = (At("2026-01-31T12:34:56Z"), At("2036-03-31T22:01Z"));
        Assert.Equal([new TimeBucket(from, to, from)], Cut(from, to, TimeGrain.None, "Asia/Tehran"));
    }

    [Theory]
    [InlineData("2026-01-01T00:00Z", "2026-01-02T00:00Z", "Europe/Praha", "zone", "'Europe/Praha' is not an IANA time zone; write it like Europe/Prague or UTC")]
    [InlineData("2026-01-01T00:00Z", "2026-01-01T00:00Z", "UTC", "to", "must be later than from")]
    [InlineData("2026-01-02T00:00Z", "2026-01-01T00:00Z", "UTC", "to", "must be later than from")]
    [InlineData("0001-01-01T00:00Z", "2026-01-01T00:00Z", "UTC", "from", "must be between the years 1980 and 2200")]
    [InlineData("2026-01-01T00:00Z", "9999-01-01T00:00Z", "UTC", "to", "must be between the years 1980 and 2200")]
    [InlineData("2026-01-01T00:00Z", "2027-02-21T16:01Z", "UTC", "grain", "the period has more than 10000 buckets of this grain; shorten it or choose a coarser grain")]
    public void Refusal_names_the_parameter_and_the_remedy(string from, string to, string zone, string field, string reason)
    {
        Assert.False(TimeBuckets.TryCreate(At(from), At(to), TimeGrain.Hour, zone, out var buckets, out var problem));
        Assert.Equal((field, reason), problem);
        Assert.Empty(buckets);
    }

    [Fact]
    public void Ten_thousand_buckets_are_allowed() =>
        Assert.Equal(TimeBuckets.MaxBuckets, Cut(At("2026-01-01T00:00Z"), At("2027-02-21T16:00Z"), TimeGrain.Hour, "UTC").Count);

    [Fact]
    public void Grains_are_read_by_name()
    {
        foreach (var grain in Enum.GetValues<TimeGrain>())
        {
            Assert.True(TimeBuckets.TryParseGrain(grain.ToString().ToLowerInvariant(), out var read));
            Assert.Equal(grain, read);
        }

        Assert.False(TimeBuckets.TryParseGrain("quarter", out _));
    }

    [Fact]
    public void Buckets_fill_the_period_without_gaps_and_hold_their_times() => Prop.ForAll(
        (from zone in Gen.Elements(
            "Europe/Prague", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "America/Sao_Paulo", "America/St_Johns", "Pacific/Apia",
            "America/Havana", "Africa/Casablanca", "Asia/Tehran", "UTC")
         from grain in Gen.Elements(TimeGrain.None, TimeGrain.Hour, TimeGrain.Day, TimeGrain.Week, TimeGrain.Month)
         from start in Gen.Choose(0, 40 * 365 * 24 * 60)
         from minutes in Gen.Choose(1, 300 * 24 * 60)
         from probe in Gen.Choose(0, minutes - 1)
         select (zone, grain, start, minutes, probe)).ToArbitrary(),
        c =>
        {
            var from = At("1990-01-01T00:00Z").AddMinutes(c.start);
            var to = from.AddMinutes(c.minutes);
            var buckets = Cut(from, to, c.grain, c.zone);
            var probe = from.AddMinutes(c.probe);
            var index = TimeBuckets.IndexOf(buckets, probe);
            return buckets[0].Start == from && buckets[^1].End == to
                && buckets.All(b => b.Start < b.End && b.Label <= b.Start && b.Start.Offset == TimeSpan.Zero)
                && buckets.Zip(buckets.Skip(1)).All(pair => pair.First.End == pair.Second.Start && pair.Second.Label == pair.Second.Start)
                && buckets.Select(b => b.Label).Distinct().Count() == buckets.Count
                && buckets[index].Start <= probe && probe < buckets[index].End
                && TimeBuckets.IndexOf(buckets, to) == -1 && TimeBuckets.IndexOf(buckets, from.AddTicks(-1)) == -1;
        }).QuickCheckThrowOnFailure();

    private static IReadOnlyList<TimeBucket> Cut(DateTimeOffset from, DateTimeOffset to, TimeGrain grain, string zone)
    {
        Assert.True(TimeBuckets.TryCreate(from, to, grain, zone, out var buckets, out var problem), problem.Reason);
        return buckets;
    }

    private static double Hours(string zone, string date)
    {
        var noon = At(date + "T12:00Z");
        var buckets = Cut(noon.AddDays(-2), noon.AddDays(2), TimeGrain.Day, zone);
        var day = Assert.Single(buckets, b => b.Label.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) == date);
        return (day.End - day.Start).TotalHours;
    }

    private static IEnumerable<string> Labels(IReadOnlyList<TimeBucket> buckets, string format) =>
        buckets.Select(b => b.Label.ToString(format, CultureInfo.InvariantCulture));

    private static IEnumerable<string> Lengths(IReadOnlyList<TimeBucket> buckets) => buckets.Select(b =>
        string.Create(CultureInfo.InvariantCulture, $"{b.Label:HH:mmzzz} {(b.End - b.Start).TotalMinutes}"));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
