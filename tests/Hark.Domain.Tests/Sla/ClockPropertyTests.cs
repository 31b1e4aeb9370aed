using System.Collections.Immutable;
using Hark.Domain.Common;
using Hark.Domain.Sla;
using Xunit;
using static Hark.Domain.Tests.Sla.SlaTesting;

namespace Hark.Domain.Tests.Sla;

/// <summary>What must hold for every history of a clock, over random calendars around clock changes.</summary>
public sealed class ClockPropertyTests
{
    private sealed record Step(DateTimeOffset At, string What, ClockTerms? Terms = null);

    /// <summary>A catalogue with two versions of a random calendar, random terms in it, and a life of ordered steps.</summary>
    private sealed class World
    {
        private readonly Random _random;

        public World(Random random, bool policyChanges = true)
        {
            _random = random;
            var (zone, around) = Changes[random.Next(Changes.Length)];
            Catalogue = new(
                [WorkCalendar.Create(RandomDefinition(random, zone, around)).Value, WorkCalendar.Create(RandomDefinition(random, zone, around, version: 2)).Value],
                [RandomLadder("a"), RandomLadder("b")]);
            (Terms, Other) = (RandomTerms(1), RandomTerms(2));
            Start = RandomInstant(random, around);
            var at = Start;
            Steps = [.. Enumerable.Range(0, random.Next(7)).Select(_ => new Step(at = Later(at), Word(policyChanges), RandomTerms(3)))];
            Now = Later(at);
        }

        public SlaCatalogue Catalogue { get; }
        public ClockTerms Terms { get; }
        public ClockTerms Other { get; }
        public DateTimeOffset Start { get; }
        public ImmutableArray<Step> Steps { get; }
        public DateTimeOffset Now { get; }

        public Clock Begin(ClockTerms? terms = null) => Clock.Start(ClockKind.Resolve, terms ?? Terms, Start);

        /// <summary>Does a step; one that is refused leaves the clock as it was.</summary>
        public Clock Do(Clock clock, Step step) => step.What switch
        {
            "pause" => clock.Pause("waiting_for_customer", step.At),
            "snooze" => clock.Pause("snoozed", step.At),
            "resume" => clock.Resume(step.At),
            "meet" => clock.Meet(step.At),
            "from_now" => clock.ApplyPolicy(step.Terms!, PolicyChange.FromNow, step.At, Catalogue),
            _ => clock.ApplyPolicy(step.Terms!, PolicyChange.Retroactive, step.At, Catalogue),
        } is { Ok: true } done ? done.Value : clock;

        public Clock Live(Clock? clock = null) => Steps.Aggregate(clock ?? Begin(), Do);

        public ClockReading Read(Clock clock, DateTimeOffset? now = null) => ClockReader.Read(clock, Catalogue, now ?? Now);

        /// <summary>Writes down everything that is due, as the sweeper does.</summary>
        public Clock Sweep(Clock clock, DateTimeOffset now, List<ClockMoment> seen)
        {
            while (Read(clock, now).Next is { } next && next.At <= now)
            {
                seen.Add(next);
                clock = clock.Advance(next);
            }
            return clock;
        }

        public DateTimeOffset Later(DateTimeOffset at) => at.AddMicroseconds(_random.Next(8) == 0 ? 0 : _random.NextInt64(30L * 3_600_000_000));

        private string Word(bool policyChanges) => policyChanges
            ? _random.GetItems(["pause", "snooze", "resume", "resume", "meet", "from_now", "retroactive"], 1)[0]
            : _random.GetItems(["pause", "snooze", "resume", "resume"], 1)[0];

        private ClockTerms RandomTerms(int version)
        {
            var target = TimeSpan.FromMinutes(_random.Next(1, 3000));
            CalendarRef[] calendars = [CalendarRef.Always, new("random", 1), new("random", 2)];
            return new("p", version, target, _random.Next(3) == 0 ? null : target * _random.NextDouble() * 1.2, calendars[_random.Next(3)], _random.GetItems(["a", "b", null], 1)[0]);
        }

        private EscalationLadder RandomLadder(string key) => new(
            key, [.. Enumerable.Range(0, _random.Next(4)).Select(_ => _random.Next(-500, 900)).Distinct().Order().Select(m => new EscalationStep(TimeSpan.FromMinutes(m), [new(NoticeTo.Team)]))]);
    }

    [Fact]
    public void Due_is_never_before_the_start_nor_the_warning_after_it() => ForAllSeeds(random =>
    {
        var world = new World(random);
        var reading = world.Read(world.Live());
        return !(reading.DueAt < world.Start) && !(reading.BreachedAt < world.Start) && !(reading.WarnAt < world.Start) && !(reading.WarnAt > reading.DueAt)
            && reading.Elapsed >= TimeSpan.Zero && reading.Elapsed <= world.Now - world.Start && !(reading.BreachedAt > world.Now);
    });

    [Fact]
    public void A_pause_never_shortens() => ForAllSeeds(random =>
    {
        var world = new World(random, policyChanges: false);
        var without = world.Live();
        if (without.State != ClockState.Running) without = without.Resume(world.Now).Value;
        var from = world.Later(world.Now);
        var to = world.Later(from);
        var with = without.Pause("again", from).Value.Resume(to).Value;
        return world.Read(with, to).DueAt >= world.Read(without, to).DueAt;
    });

    [Fact]
    public void Splitting_a_segment_changes_nothing() => ForAllSeeds(random =>
    {
        var world = new World(random);
        var clock = world.Live();
        var split = clock with
        {
            Segments = [.. clock.Segments.SelectMany(s =>
            {
                var end = s.To ?? world.Now;
                var at = s.From.AddMicroseconds(random.NextInt64(0, (end - s.From).Ticks / TimeSpan.TicksPerMicrosecond + 1));
                return at > end ? [s] : (ClockSegment[])[s with { To = at }, s with { From = at }];
            })],
        };
        return world.Read(split) == world.Read(clock);
    });

    [Fact]
    public void Reading_and_sweeping_in_between_changes_nothing() => ForAllSeeds(random =>
    {
        var world = new World(random);
        var seen = new List<ClockMoment>();
        var swept = world.Begin();
        foreach (var step in world.Steps)
        {
            if (random.Next(2) == 0) swept = world.Sweep(swept, step.At, seen);
            swept = world.Do(swept, step);
        }
        return world.Read(swept) with { Next = null } == world.Read(world.Live()) with { Next = null };
    });

    [Fact]
    public void A_late_sweep_writes_what_a_prompt_one_wrote() => ForAllSeeds(random =>
    {
        var world = new World(random, policyChanges: false);
        var (prompt, late) = (new List<ClockMoment>(), new List<ClockMoment>());
        var clock = world.Begin();
        foreach (var step in world.Steps) clock = world.Do(world.Sweep(clock, step.At, prompt), step);
        world.Sweep(clock, world.Now.AddDays(60), prompt);
        world.Sweep(world.Live(), world.Now.AddDays(60), late);
        return prompt.SequenceEqual(late) && late.Zip(late.Skip(1)).All(p => p.First.At <= p.Second.At) && late.Distinct().Count() == late.Count;
    });

    [Fact]
    public void Nothing_happens_before_the_next_moment() => ForAllSeeds(random =>
    {
        var world = new World(random);
        var clock = world.Sweep(world.Live(), world.Now, []);
        var reading = world.Read(clock);
        if (reading.Next is not { } next) return world.Read(clock, world.Now.AddYears(3)) with { Elapsed = default, Remaining = default } == reading with { Elapsed = default, Remaining = default };
        var before = world.Read(clock, next.At.AddMicroseconds(-1));
        return next.At > world.Now && before.Next == next && before.BreachedAt == reading.BreachedAt;
    });

    [Fact]
    public void A_retroactive_change_equals_a_life_under_the_new_policy() => ForAllSeeds(random =>
    {
        var world = new World(random, policyChanges: false);
        var when = random.Next(world.Steps.Length + 1);
        var clock = world.Begin();
        for (var i = 0; i <= world.Steps.Length; i++)
        {
            if (i == when) clock = clock.ApplyPolicy(world.Other, PolicyChange.Retroactive, i == 0 ? world.Start : world.Steps[i - 1].At, world.Catalogue).Value;
            if (i < world.Steps.Length) clock = world.Do(clock, world.Steps[i]);
        }
        var lived = world.Live(world.Begin(world.Other));
        return clock == lived && world.Read(clock) == world.Read(lived);
    });

    [Fact]
    public void A_change_from_now_to_equal_terms_moves_nothing() => ForAllSeeds(random =>
    {
        var world = new World(random, policyChanges: false);
        var clock = world.Live();
        var renamed = clock.ApplyPolicy(clock.TermsInForce with { Policy = "renamed" }, PolicyChange.FromNow, world.Now, world.Catalogue).Value;
        var (before, after) = (world.Read(clock), world.Read(renamed));
        return after.Elapsed == before.Elapsed && after.Remaining == before.Remaining && after.BreachedAt == before.BreachedAt
            && (before.State == ClockState.Paused || before.IsBreached || after.DueAt == before.DueAt);
    });

    [Fact]
    public void Instants_out_of_order_never_damage_a_history() => ForAllSeeds(random =>
    {
        var world = new World(random);
        var clock = world.Begin();
        foreach (var step in world.Steps.OrderBy(_ => random.Next())) clock = world.Do(clock, step with { At = step.At.AddHours(random.Next(-60, 60)) });
        var (terms, segments) = (ClockStorage.WriteTerms(clock.Terms), ClockStorage.WriteSegments(clock.Segments));
        var stored = ClockStorage.Read(clock.Kind, clock.Round, terms, segments, clock.Stopped, clock.Progress); // refuses gaps, overlaps and backward segments
        var reading = world.Read(clock, world.Start.AddDays(-3));
        return stored.Segments.SequenceEqual(clock.Segments) && clock.StartedAt == world.Start && reading.Elapsed >= TimeSpan.Zero && reading.Elapsed <= world.Read(clock, world.Now.AddDays(9)).Elapsed;
    });

    [Fact]
    public void Due_equals_a_count_of_open_running_minutes() => ForAllSeeds(random =>
    {
        var (zone, around) = Changes[random.Next(Changes.Length)];
        var calendar = WorkCalendar.Create(RandomDefinition(random, zone, around)).Value;
        var start = RandomInstant(random, around).HourStart();
        var turns = Enumerable.Range(0, random.Next(4) * 2).Select(_ => random.Next(0, 4000)).Order().ToArray();
        var clock = Clock.Start(ClockKind.Resolve, new("p", 1, TimeSpan.FromMinutes(random.Next(1, 2000)), null, calendar.Reference), start);
        for (var i = 0; i < turns.Length; i++) clock = (i % 2 == 0 ? clock.Pause("waiting", start.AddMinutes(turns[i])) : clock.Resume(start.AddMinutes(turns[i]))).Value;

        var (minute, left) = (0, (int)clock.TermsInForce.Target.TotalMinutes);
        for (; left > 0; minute++)
        {
            var paused = turns.Count(t => t <= minute) % 2 == 1;
            if (!paused && calendar.IsOpen(start.AddMinutes(minute))) left--;
        }
        return ClockReader.Read(clock, new([calendar], []), start).DueAt == start.AddMinutes(minute);
    });
}
