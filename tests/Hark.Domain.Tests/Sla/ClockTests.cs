using Hark.Domain.Common;
using Hark.Domain.Sla;
using Xunit;
using static Hark.Domain.Tests.Sla.SlaTesting;

namespace Hark.Domain.Tests.Sla;

public sealed class ClockTests
{
    private const string Waiting = "waiting_for_customer";
    private static readonly WorkCalendar Office = NineToFive("Europe/Prague");
    private static readonly SlaCatalogue Catalogue = new([Office, Calendar("Europe/Prague", "\"mon\":[\"09:00-13:00\"],\"tue\":[\"09:00-13:00\"]", version: 2)], SlaPolicySet.Default.Ladders);
    private static readonly ClockTerms EightHours = new("office", 1, TimeSpan.FromHours(8), TimeSpan.FromHours(1), Office.Reference, "default");
    private static readonly ClockTerms RoundTheClock = new("day", 1, TimeSpan.FromHours(24), TimeSpan.FromHours(4), CalendarRef.Always, "default");
    private static readonly DateTimeOffset Monday = Local("06-01 09:00");

    private static DateTimeOffset Local(string dayAndTime) => In("Europe/Prague", $"2026-{dayAndTime}");

    private static ClockReading Read(Clock clock, DateTimeOffset now) => ClockReader.Read(clock, Catalogue, now);

    [Fact]
    public void Read_Running_CountsWorkingTime()
    {
        var reading = Read(Clock.Start(ClockKind.Resolve, EightHours, Local("06-05 15:00")), Local("06-06 12:00")); // Friday to Saturday
        Assert.Equal(ClockState.Running, reading.State);
        Assert.Equal((TimeSpan.FromHours(2), TimeSpan.FromHours(6)), (reading.Elapsed, reading.Remaining));
        Assert.Equal(Local("06-08 15:00"), reading.DueAt);
        Assert.Equal(Local("06-08 14:00"), reading.WarnAt);
        Assert.Equal(new ClockMoment(Local("06-08 14:00"), ClockMomentKind.Warning), reading.Next);
        Assert.Null(reading.BreachedAt);
        Assert.Null(reading.RemainingAtPause);
    }

    [Fact]
    public void Pause_WhileWaiting_ExtendsTheDueTimeByWorkingTime()
    {
        var paused = Clock.Start(ClockKind.Resolve, EightHours, Monday).Pause(Waiting, Local("06-01 12:00")).Value;
        var waiting = Read(paused, Local("06-20 12:00"));
        Assert.Equal(ClockState.Paused, waiting.State);
        Assert.Null(waiting.DueAt);
        Assert.Null(waiting.Next);
        Assert.False(waiting.IsBreached);
        Assert.Equal(TimeSpan.FromHours(5), waiting.RemainingAtPause);

        var resumed = Read(paused.Resume(Local("06-03 16:00")).Value, Local("06-03 16:00"));
        Assert.Equal(Local("06-04 13:00"), resumed.DueAt);
        Assert.Equal(TimeSpan.FromHours(3), resumed.Elapsed);
    }

    [Fact]
    public void Read_LongAfterABreach_NamesItsInstant()
    {
        var clock = Clock.Start(ClockKind.Respond, RoundTheClock, Monday);
        var reading = Read(clock, Monday.AddDays(9));
        Assert.Equal(Monday.AddDays(1), reading.BreachedAt);
        Assert.Equal(-TimeSpan.FromDays(8), reading.Remaining);
        Assert.True(Read(clock, Monday.AddDays(1)).IsBreached);
        Assert.False(Read(clock, Monday.AddDays(1).AddTicks(-TimeSpan.TicksPerMicrosecond)).IsBreached);
    }

    [Fact]
    public void Next_SweptInOrder_GivesWarningBreachAndEveryStepOnce()
    {
        var clock = Clock.Start(ClockKind.Respond, RoundTheClock, Monday);
        var seen = new List<ClockMoment>();
        while (Read(clock, Monday.AddDays(2)).Next is { } next)
        {
            seen.Add(next);
            clock = clock.Advance(next);
        }
        var due = Monday.AddDays(1);
        Assert.Equal(
            [new(due.AddHours(-4), ClockMomentKind.Warning), new(due, ClockMomentKind.Breach), new(due, ClockMomentKind.Escalation, 0), new(due.AddHours(4), ClockMomentKind.Escalation, 1)],
            seen);
    }

    [Fact]
    public void Next_StepBeforeTheDueTime_ComesBeforeIt()
    {
        var ladder = new EscalationLadder("early", [new(TimeSpan.FromHours(-6), [new(NoticeTo.TeamLead)])]);
        var clock = Clock.Start(ClockKind.Respond, RoundTheClock with { Ladder = "early" }, Monday);
        Assert.Equal(new ClockMoment(Monday.AddHours(18), ClockMomentKind.Escalation, 0), ClockReader.Read(clock, new([], [ladder]), Monday).Next);
    }

    [Theory]
    [InlineData(23, false)]
    [InlineData(24, true)]
    [InlineData(30, true)]
    public void Meet_BeforeTheDueTime_IsInTime(int hours, bool late)
    {
        var met = Clock.Start(ClockKind.Respond, RoundTheClock, Monday).Meet(Monday.AddHours(hours)).Value;
        var reading = Read(met, Monday.AddDays(30));
        Assert.Equal(ClockState.Met, reading.State);
        Assert.Equal(TimeSpan.FromHours(hours), reading.Elapsed);
        Assert.Equal(Monday.AddHours(24), reading.DueAt);
        Assert.Equal(late, reading.IsBreached);
        Assert.Equal(late ? new ClockMoment(Monday.AddHours(24), ClockMomentKind.Breach) : null, reading.Next);
    }

    [Fact]
    public void Cancel_BeforeTheDueTime_NeverBreaches()
    {
        var reading = Read(Clock.Start(ClockKind.Respond, RoundTheClock, Monday).Cancel(Monday.AddHours(1)).Value, Monday.AddDays(9));
        Assert.Equal(ClockState.Cancelled, reading.State);
        Assert.False(reading.IsBreached);
        Assert.Null(reading.Next);
    }

    [Fact]
    public void Reopen_AStoppedClock_IsAFreshRound()
    {
        var met = Clock.Start(ClockKind.Resolve, RoundTheClock, Monday).Meet(Monday.AddHours(30)).Value;
        var again = met.Reopen(Monday.AddDays(3)).Value;
        Assert.Equal(2, again.Round);
        Assert.Equal(Monday.AddDays(4), Read(again, Monday.AddDays(3)).DueAt);
        Assert.False(Read(again, Monday.AddDays(3)).IsBreached);
        Assert.Equal(default, again.Progress);
    }

    [Fact]
    public void ApplyPolicy_FromNow_KeepsTimeUsedAndCountsTheRestInNewHours()
    {
        var mornings = EightHours with { PolicyVersion = 2, Calendar = new("office", 2) }; // Monday and Tuesday 9 to 13
        var clock = Clock.Start(ClockKind.Resolve, EightHours, Monday).ApplyPolicy(mornings, PolicyChange.FromNow, Local("06-01 14:00"), Catalogue).Value;
        var reading = Read(clock, Local("06-01 14:00"));
        Assert.Equal(TimeSpan.FromHours(5), reading.Elapsed);
        Assert.Equal(Local("06-02 12:00"), reading.DueAt);
        Assert.Equal(2, clock.Segments.Length);
    }

    [Fact]
    public void ApplyPolicy_Retroactive_MeasuresTheHistoryAnew()
    {
        var mornings = EightHours with { PolicyVersion = 2, Calendar = new("office", 2) };
        var clock = Clock.Start(ClockKind.Resolve, EightHours, Monday).ApplyPolicy(mornings, PolicyChange.Retroactive, Local("06-01 14:00"), Catalogue).Value;
        Assert.Equal(TimeSpan.FromHours(4), Read(clock, Local("06-01 14:00")).Elapsed);
        Assert.Equal(Local("06-02 13:00"), Read(clock, Local("06-01 14:00")).DueAt);
        Assert.Single(clock.Segments);
    }

    [Fact]
    public void ApplyPolicy_ShorterThanTimeUsed_BreachesAtTheChangeOrInThePast()
    {
        var clock = Clock.Start(ClockKind.Resolve, RoundTheClock, Monday);
        var shorter = RoundTheClock with { PolicyVersion = 2, Target = TimeSpan.FromHours(6), WarnBefore = TimeSpan.FromHours(1) };
        Assert.Equal(Monday.AddHours(10), Read(clock.ApplyPolicy(shorter, PolicyChange.FromNow, Monday.AddHours(10), Catalogue).Value, Monday.AddHours(11)).BreachedAt);
        Assert.Equal(Monday.AddHours(6), Read(clock.ApplyPolicy(shorter, PolicyChange.Retroactive, Monday.AddHours(10), Catalogue).Value, Monday.AddHours(11)).BreachedAt);
    }

    [Fact]
    public void ApplyPolicy_ShorterWhilePaused_BreachesOnResumption()
    {
        var paused = Clock.Start(ClockKind.Resolve, RoundTheClock, Monday).Pause(Waiting, Monday.AddHours(10)).Value
            .ApplyPolicy(RoundTheClock with { Target = TimeSpan.FromHours(6) }, PolicyChange.FromNow, Monday.AddHours(12), Catalogue).Value;
        Assert.False(Read(paused, Monday.AddHours(20)).IsBreached);
        Assert.Equal(TimeSpan.Zero, Read(paused, Monday.AddHours(20)).RemainingAtPause);
        Assert.Equal(Monday.AddHours(20), Read(paused.Resume(Monday.AddHours(20)).Value, Monday.AddHours(20)).BreachedAt);
    }

    [Fact]
    public void ApplyPolicy_LongerAfterABreach_ForgivesOnlyRetroactively()
    {
        var clock = Clock.Start(ClockKind.Resolve, RoundTheClock, Monday);
        while (Read(clock, Monday.AddHours(30)).Next is { } moment && moment.At <= Monday.AddHours(30)) clock = clock.Advance(moment);
        Assert.Equal(new ClockProgress(true, true, 2), clock.Progress);
        var longer = RoundTheClock with { PolicyVersion = 2, Target = TimeSpan.FromHours(48) };

        var fromNow = clock.ApplyPolicy(longer, PolicyChange.FromNow, Monday.AddHours(30), Catalogue).Value;
        var reading = Read(fromNow, Monday.AddHours(31));
        Assert.Equal(Monday.AddHours(24), reading.BreachedAt);
        Assert.Equal(Monday.AddHours(48), reading.DueAt);
        Assert.Equal(new ClockProgress(false, true, 0), fromNow.Progress);
        Assert.Equal(new ClockMoment(Monday.AddHours(44), ClockMomentKind.Warning), reading.Next);

        var anew = clock.ApplyPolicy(longer, PolicyChange.Retroactive, Monday.AddHours(30), Catalogue).Value;
        Assert.False(Read(anew, Monday.AddHours(31)).IsBreached);
        Assert.Equal(default, anew.Progress);
    }

    [Fact]
    public void ApplyPolicy_SameLengthUnderAnotherName_RepeatsNothing()
    {
        var clock = Clock.Start(ClockKind.Resolve, RoundTheClock, Monday);
        while (Read(clock, Monday.AddHours(30)).Next is { } moment && moment.At <= Monday.AddHours(30)) clock = clock.Advance(moment);
        foreach (var mode in Enum.GetValues<PolicyChange>())
            Assert.Equal(clock.Progress, clock.ApplyPolicy(RoundTheClock with { PolicyVersion = 2 }, mode, Monday.AddHours(30), Catalogue).Value.Progress);
    }

    [Fact]
    public void ApplyPolicy_RetroactiveOnAStoppedClock_ChangesItsVerdict()
    {
        var met = Clock.Start(ClockKind.Resolve, RoundTheClock, Monday).Meet(Monday.AddHours(30)).Value;
        var longer = RoundTheClock with { Target = TimeSpan.FromHours(48) };
        Assert.False(Read(met.ApplyPolicy(longer, PolicyChange.Retroactive, Monday.AddDays(5), Catalogue).Value, Monday.AddDays(5)).IsBreached);
        Assert.Equal(ErrorCodes.CaseState, met.ApplyPolicy(longer, PolicyChange.FromNow, Monday.AddDays(5), Catalogue).Error?.Code);
    }

    [Fact]
    public void Operations_OnTheWrongState_AreConflicts()
    {
        var running = Clock.Start(ClockKind.Resolve, RoundTheClock, Monday);
        var paused = running.Pause(Waiting, Monday.AddHours(1)).Value;
        var met = running.Meet(Monday.AddHours(1)).Value;
        Result<Clock>[] refused =
        [
            running.Resume(Monday), running.Reopen(Monday), paused.Pause(Waiting, Monday.AddHours(2)), paused.Reopen(Monday),
            met.Meet(Monday), met.Cancel(Monday), met.Pause(Waiting, Monday), met.Resume(Monday),
        ];
        Assert.All(refused, r => Assert.Equal((ErrorKind.Conflict, ErrorCodes.CaseState), (r.Error!.Kind, r.Error.Code)));
        Assert.Equal(ErrorCodes.InvalidInput, running.Pause(" ", Monday).Error?.Code);
        Assert.True(paused.Pause("snoozed", Monday.AddHours(2)).Ok);
        Assert.Equal(ClockState.Met, paused.Meet(Monday.AddHours(2)).Value.State);
    }

    [Fact]
    public void Operations_BeforeTheLastChange_CountAsThatChange()
    {
        var clock = Clock.Start(ClockKind.Resolve, RoundTheClock, Monday).Pause(Waiting, Monday.AddHours(5)).Value.Resume(Monday.AddHours(3)).Value;
        Assert.Equal(Monday.AddHours(24), Read(clock, Monday).DueAt); // the pause lasted no time
        Assert.Equal(TimeSpan.FromHours(5), Read(clock.Meet(Monday.AddHours(-9)).Value, Monday).Elapsed);
    }

    [Fact]
    public void Read_CalendarThatIsNotLoaded_IsABugWithItsName() => Assert.Contains(
        "elsewhere@3",
        Assert.Throws<KeyNotFoundException>(() => Read(Clock.Start(ClockKind.Verify, RoundTheClock with { Calendar = new("elsewhere", 3) }, Monday), Monday)).Message,
        StringComparison.Ordinal);
}
