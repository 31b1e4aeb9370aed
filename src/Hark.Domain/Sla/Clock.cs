using System.Collections.Immutable;
using Hark.Domain.Common;

namespace Hark.Domain.Sla;

/// <summary>
/// One clock of a case: a history of running and paused segments, and the terms each was measured by. Due time, elapsed time, warning and breach are not kept;
/// <see cref="ClockReader"/> computes them.
/// </summary>
/// <remarks>
/// Every operation gives a new clock or an error and never a damaged history: an instant before the beginning of the last segment (a node whose own clock went
/// backwards, messages out of order) counts as that beginning. Instants are kept in UTC to the microsecond.
/// </remarks>
public sealed record Clock
{
    public const int LongestReason = 200;

    public required ClockKind Kind { get; init; }

    /// <summary>1 for the first time round, one more for every reopening.</summary>
    public int Round { get; init; } = 1;

    /// <summary>The terms in order of use; the last are those in force.</summary>
    public required ImmutableArray<ClockTerms> Terms { get; init; }

    /// <summary>At least one; contiguous; the last is open exactly while the clock is live.</summary>
    public required ImmutableArray<ClockSegment> Segments { get; init; }

    /// <summary><see cref="ClockState.Met"/> or <see cref="ClockState.Cancelled"/> once stopped; else null.</summary>
    public ClockState? Stopped { get; init; }

    public ClockProgress Progress { get; init; }

    public DateTimeOffset StartedAt => Segments[0].From;

    public DateTimeOffset? StoppedAt => Segments[^1].To;

    public ClockTerms TermsInForce => Terms[^1];

    public ClockState State => Stopped ?? (Segments[^1].Kind == SegmentKind.Paused ? ClockState.Paused : ClockState.Running);

    /// <summary>A running clock.</summary>
    public static Clock Start(ClockKind kind, ClockTerms terms, DateTimeOffset at, int round = 1) => new()
    {
        Kind = kind,
        Round = round,
        Terms = [terms],
        Segments = [new(at.Trim(), null, SegmentKind.Running, null, 0)],
    };

    /// <summary>Stops counting. A pause for another reason may follow a pause; for the same it is a conflict, as it is on a stopped clock.</summary>
    public Result<Clock> Pause(string reason, DateTimeOffset at)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason) return Error.Invalid("/reason", $"must be a text of 1 to {LongestReason} characters");
        if (Stopped is not null) return Conflict("has stopped and cannot be paused");
        if (State == ClockState.Paused && Segments[^1].Reason == reason) return Conflict($"is already paused: {reason}");
        return Turn(at, SegmentKind.Paused, reason);
    }

    /// <summary>Counts again, from where it stood. A conflict unless paused.</summary>
    public Result<Clock> Resume(DateTimeOffset at) =>
        State == ClockState.Paused ? Turn(at, SegmentKind.Running, null) : Conflict("is not paused");

    /// <summary>What it waited for has happened. In time when this is before the due time; a paused clock can be met. A conflict once stopped.</summary>
    public Result<Clock> Meet(DateTimeOffset at) => Stop(at, ClockState.Met);

    /// <summary>It is no longer waited for (merged, opened in error). A conflict once stopped.</summary>
    public Result<Clock> Cancel(DateTimeOffset at) => Stop(at, ClockState.Cancelled);

    /// <summary>Takes a cancellation back: the clock goes on as if it had never been cancelled. A conflict unless cancelled.</summary>
    public Result<Clock> Restore()
    {
        if (Stopped != ClockState.Cancelled) return Conflict("was not cancelled");
        return this with { Segments = Segments.SetItem(Segments.Length - 1, Segments[^1] with { To = null }), Stopped = null };
    }

    /// <summary>A fresh clock of the next round; this one stays as it ended. A conflict while it is live.</summary>
    /// <param name="terms">The terms of the new round; those last in force when null.</param>
    public Result<Clock> Reopen(DateTimeOffset at, ClockTerms? terms = null)
    {
        if (Stopped is null) return Conflict("is still going and cannot be reopened");
        return Start(Kind, terms ?? TermsInForce, Latest(at), Round + 1);
    }

    /// <summary>
    /// Puts the clock under other terms. From now: time used stays used and a breach stays a breach; what is left of the new target counts in the new calendar.
    /// Retroactive: the whole history is measured anew, of stopped clocks too, and a breach may come or go. A stopped clock from now is a conflict.
    /// </summary>
    /// <remarks>Warning and steps that the new terms put into the future will be given again; those still in the past are not. A different ladder starts at its first step.</remarks>
    public Result<Clock> ApplyPolicy(ClockTerms terms, PolicyChange mode, DateTimeOffset now, SlaCatalogue catalogue)
    {
        if (mode == PolicyChange.FromNow && Stopped is not null) return Conflict("has stopped; only a retroactive change reaches it");
        if (mode == PolicyChange.FromNow && terms == TermsInForce) return this;
        Clock changed;
        if (mode == PolicyChange.Retroactive)
        {
            changed = this with { Terms = [terms], Segments = [.. Segments.Select(s => s with { Terms = 0 })] };
        }
        else
        {
            var (last, at) = (Segments[^1], Latest(now));
            changed = this with
            {
                Terms = Terms.Add(terms),
                Segments = Segments.SetItem(Segments.Length - 1, last with { To = at }).Add(last with { From = at, Terms = Terms.Length }),
            };
        }
        changed = changed.Tidy();
        return changed with { Progress = ClockReader.KeepProgress(this, changed, Latest(now), catalogue) };
    }

    /// <summary>The clock with a moment written down as done.</summary>
    public Clock Advance(ClockMoment moment) => this with
    {
        Progress = moment.Kind switch
        {
            ClockMomentKind.Warning => Progress with { Warned = true },
            ClockMomentKind.Breach => Progress with { Breached = true },
            ClockMomentKind.Escalation => Progress with { Steps = moment.Step!.Value + 1 },
            _ => throw new ArgumentOutOfRangeException(nameof(moment)),
        },
    };

    public bool Equals(Clock? other) =>
        other is not null && Kind == other.Kind && Round == other.Round && Stopped == other.Stopped && Progress == other.Progress
        && Terms.AsSpan().SequenceEqual(other.Terms.AsSpan()) && Segments.AsSpan().SequenceEqual(other.Segments.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Kind, Round, Stopped, StartedAt, Segments.Length);

    /// <summary>The instant, or the beginning of the last segment (the end of a stopped clock) where that is later.</summary>
    internal DateTimeOffset Latest(DateTimeOffset at)
    {
        var least = Segments[^1].To ?? Segments[^1].From;
        return at < least ? least : at.Trim();
    }

    /// <summary>
    /// The same history without segments that lasted no time and without terms that no segment uses. Kept are the last segment and the terms in force (how the clock
    /// stands), and the first running segment of each terms, because a threshold may have been reached at that very instant. Equal neighbours stay apart:
    /// their border remembers how far the clock's time had come.
    /// </summary>
    private Clock Tidy()
    {
        var kept = new List<ClockSegment>(Segments.Length);
        for (var i = 0; i < Segments.Length; i++)
        {
            var segment = Segments[i];
            var opensTerms = segment.Kind == SegmentKind.Running && !kept.Exists(s => s.Kind == SegmentKind.Running && s.Terms == segment.Terms);
            if (segment.From != segment.To || opensTerms || i == Segments.Length - 1) kept.Add(segment);
        }
        var used = kept.Select(s => s.Terms).Append(Terms.Length - 1).Distinct().Order().ToList();
        return this with
        {
            Terms = [.. used.Select(i => Terms[i])],
            Segments = [.. kept.Select(s => s with { Terms = used.IndexOf(s.Terms) })],
        };
    }

    private Clock Turn(DateTimeOffset at, SegmentKind kind, string? reason)
    {
        var (last, turn) = (Segments[^1], Latest(at));
        return (this with
        {
            Segments = Segments.SetItem(Segments.Length - 1, last with { To = turn }).Add(new(turn, null, kind, reason, Terms.Length - 1)),
        }).Tidy();
    }

    private Result<Clock> Stop(DateTimeOffset at, ClockState state)
    {
        if (Stopped is not null) return Conflict($"was already {EnumNames<ClockState>.Of(Stopped.Value)}");
        return this with { Segments = Segments.SetItem(Segments.Length - 1, Segments[^1] with { To = Latest(at) }), Stopped = state };
    }

    private Error Conflict(string what) => new(ErrorKind.Conflict, ErrorCodes.CaseState, $"The {EnumNames<ClockKind>.Of(Kind)} clock {what}.");
}
