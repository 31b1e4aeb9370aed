namespace Hark.Domain.Sla;

/// <summary>What a clock is measured against during some of its segments.</summary>
/// <param name="Policy">The key of the policy that gave the target.</param>
/// <param name="PolicyVersion">The version of the policy set.</param>
/// <param name="Target">Working time allowed in all, time used under earlier terms included. Above zero; whole milliseconds.</param>
/// <param name="WarnBefore">Working time before the due time at which to warn; null for never.</param>
/// <param name="Calendar">The calendar version that counts.</param>
/// <param name="Ladder">The key of the escalation ladder, or null.</param>
public sealed record ClockTerms(string Policy, int PolicyVersion, TimeSpan Target, TimeSpan? WarnBefore, CalendarRef Calendar, string? Ladder = null)
{
    /// <summary>The same but for the version of the policy set: a clock gains nothing from being moved.</summary>
    public bool SamePromise(ClockTerms other) => this == other with { PolicyVersion = PolicyVersion };
}

/// <summary>Whether time counts.</summary>
public enum SegmentKind { Running, Paused }

/// <summary>A stretch of a clock's life. Segments follow each other without a gap; only the last may be open.</summary>
/// <param name="To">Exclusive; null while it lasts.</param>
/// <param name="Reason">Why the clock is paused, such as <c>waiting_for_customer</c>; null while running.</param>
/// <param name="Terms">Index into <see cref="Clock.Terms"/>.</param>
public readonly record struct ClockSegment(DateTimeOffset From, DateTimeOffset? To, SegmentKind Kind, string? Reason, int Terms);

/// <summary>Running and paused clocks are live; met and cancelled ones have stopped for good (a reopened case gets a new round).</summary>
public enum ClockState { Running, Paused, Met, Cancelled }

/// <summary>From now: what happened stays, time left counts under the new terms. Retroactive: as if the new terms had held from the start.</summary>
public enum PolicyChange { FromNow, Retroactive }

/// <summary>What can happen at a moment; of things at the same instant in this order.</summary>
public enum ClockMomentKind { Warning, Breach, Escalation }

/// <summary>The next thing to do about a clock, and when. An instant in the past means that it is still to be done.</summary>
/// <param name="Step">For an escalation the index of the ladder's step, else null.</param>
public readonly record struct ClockMoment(DateTimeOffset At, ClockMomentKind Kind, int? Step = null);

/// <summary>What has already been written down about a clock, so that nothing is told twice.</summary>
/// <param name="Steps">How many escalation steps were taken.</param>
public readonly record struct ClockProgress(bool Warned, bool Breached, int Steps);

/// <summary>A clock as it stands at one instant.</summary>
/// <param name="Elapsed">Working time used, pauses and closed hours left out.</param>
/// <param name="Remaining">Target less elapsed; negative when overdue by working time.</param>
/// <param name="DueAt">
/// When the present target is or was used up. Null while a pause keeps it open: a time computed as if it were resumed now would be a different one every minute, so
/// <paramref name="RemainingAtPause"/> says what is known. Of a stopped clock: when it would have been due had it run on.
/// </param>
/// <param name="RemainingAtPause">Working time left while paused; null when not paused. Not below zero.</param>
/// <param name="WarnAt">When the warning is or was due; null where <paramref name="DueAt"/> is or where the terms have none.</param>
/// <param name="BreachedAt">The instant at which the target was missed, however late that is read; null when it was not. Stays after an extension from now, goes with a retroactive one.</param>
/// <param name="Next">The next thing to do and its instant; null when nothing can happen until somebody acts.</param>
public sealed record ClockReading(
    ClockState State, TimeSpan Elapsed, TimeSpan Remaining, DateTimeOffset? DueAt, TimeSpan? RemainingAtPause, DateTimeOffset? WarnAt, DateTimeOffset? BreachedAt, ClockMoment? Next)
{
    public bool IsBreached => BreachedAt is not null;
}
