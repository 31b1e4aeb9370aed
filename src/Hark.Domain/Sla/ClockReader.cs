namespace Hark.Domain.Sla;

/// <summary>
/// Computes how a clock stands: a pure function of the clock, the catalogue and now. It costs a few calendar look-ups for each segment: about 2 µs
/// for a clock with one pause in an office calendar.
/// </summary>
/// <remarks>
/// The one rule behind every instant: a threshold of working time (the target, the target less the warning, the target plus a step) is reached at the
/// earliest instant of a running segment under its terms at which so much has been used. At the due instant itself the clock is breached.
/// </remarks>
public static class ClockReader
{
    /// <summary>Reads a clock at an instant. An instant before the last recorded change counts as that change.</summary>
    /// <exception cref="KeyNotFoundException">A calendar version that the clock refers to is not in the catalogue.</exception>
    public static ClockReading Read(Clock clock, SlaCatalogue catalogue, DateTimeOffset now)
    {
        now = clock.Latest(now);
        var history = new History(clock, catalogue);
        var terms = clock.TermsInForce;
        var elapsed = history.Elapsed(now);
        var remaining = terms.Target - elapsed;
        var due = history.Reached(terms.Target, runOn: true);
        var breach = history.Breach();
        return new(
            clock.State, elapsed, remaining, due,
            clock.State == ClockState.Paused ? TimeSpan.FromTicks(Math.Max(0, remaining.Ticks)) : null,
            terms.WarnBefore is { } before ? history.Reached(terms.Target - before, runOn: true) : null,
            breach <= now ? breach : null,
            Next(clock, history, breach, catalogue));
    }

    /// <summary>The working time used up to an instant, by the same rules as <see cref="Read"/> and at a fraction of its cost: for sums over many clocks.</summary>
    /// <inheritdoc cref="Read"/>
    public static TimeSpan Elapsed(Clock clock, SlaCatalogue catalogue, DateTimeOffset now) => new History(clock, catalogue).Elapsed(clock.Latest(now));

    /// <summary>
    /// What a changed clock still counts as done: things whose instant stays in the past. What the change moved into the future will happen again.
    /// </summary>
    internal static ClockProgress KeepProgress(Clock before, Clock changed, DateTimeOffset now, SlaCatalogue catalogue)
    {
        var history = new History(changed, catalogue);
        var (done, terms, elapsed) = (before.Progress, changed.TermsInForce, history.Elapsed(now));
        var steps = 0;
        if (terms.Ladder == before.TermsInForce.Ladder && catalogue.Ladder(terms.Ladder) is { } ladder)
            while (steps < done.Steps && ladder.NextStep(steps) is { } step && elapsed >= terms.Target + step.After) steps++;
        return new(
            done.Warned && terms.WarnBefore is { } warning && elapsed >= terms.Target - warning,
            done.Breached && history.Breach() <= now,
            steps);
    }

    /// <summary>The earliest thing not yet done. After the stop only an unrecorded breach is left: it is a fact, while warnings and escalations have lost their use.</summary>
    private static ClockMoment? Next(Clock clock, History history, DateTimeOffset? breach, SlaCatalogue catalogue)
    {
        ClockMoment? next = null;
        var terms = clock.TermsInForce;
        if (clock.Stopped is null)
        {
            if (!clock.Progress.Warned && terms.WarnBefore is { } before && history.Reached(terms.Target - before) is { } warnAt && !(history.Reached(terms.Target) <= warnAt))
                next = new(warnAt, ClockMomentKind.Warning);
            if (catalogue.Ladder(terms.Ladder)?.NextStep(clock.Progress.Steps) is { } step && history.Reached(terms.Target + step.After) is { } stepAt && !(next?.At <= stepAt))
                next = new(stepAt, ClockMomentKind.Escalation, clock.Progress.Steps);
        }
        // A breach goes before an escalation of the same instant; a warning that would come with the breach is not given.
        if (!clock.Progress.Breached && breach is { } breachAt && (next is null || breachAt <= next.Value.At)) next = new(breachAt, ClockMomentKind.Breach);
        return next;
    }

    /// <summary>A clock's segments with the working time used before each.</summary>
    private readonly struct History
    {
        private readonly Clock _clock;
        private readonly SlaCatalogue _catalogue;
        private readonly TimeSpan[] _before;

        public History(Clock clock, SlaCatalogue catalogue)
        {
            (_clock, _catalogue) = (clock, catalogue);
            _before = new TimeSpan[clock.Segments.Length + 1];
            for (var i = 0; i < clock.Segments.Length; i++)
                _before[i + 1] = _before[i] + (clock.Segments[i].To is { } to ? Used(clock.Segments[i], to) : TimeSpan.Zero);
        }

        public TimeSpan Elapsed(DateTimeOffset now)
        {
            var last = _clock.Segments[^1];
            return last.To is null ? _before[^1] + Used(last, now) : _before[^1];
        }

        /// <summary>When the threshold is reached under the terms in force, past or future; null if that waits for a resumption.</summary>
        /// <param name="runOn">For a stopped clock: as if its last segment had gone on.</param>
        public DateTimeOffset? Reached(TimeSpan threshold, bool runOn = false) => Reached(threshold, _clock.Terms.Length - 1, runOn);

        /// <summary>When any terms' target was, or the present one's will be, reached while they were in force.</summary>
        public DateTimeOffset? Breach()
        {
            for (var i = 0; i < _clock.Terms.Length; i++)
                if (Reached(_clock.Terms[i].Target, i, runOn: false) is { } at) return at;
            return null;
        }

        private DateTimeOffset? Reached(TimeSpan threshold, int terms, bool runOn)
        {
            for (var i = 0; i < _clock.Segments.Length; i++)
            {
                var segment = _clock.Segments[i];
                if (segment.Kind != SegmentKind.Running || segment.Terms != terms) continue;
                if (_before[i] >= threshold) return segment.From;
                var goesOn = segment.To is null || (runOn && i == _clock.Segments.Length - 1);
                if (goesOn || _before[i + 1] >= threshold) return Calendar(terms).AddWorkingTime(segment.From, threshold - _before[i]);
            }
            return null;
        }

        private TimeSpan Used(ClockSegment segment, DateTimeOffset to) =>
            segment.Kind == SegmentKind.Running ? Calendar(segment.Terms).WorkingTimeBetween(segment.From, to) : TimeSpan.Zero;

        private WorkCalendar Calendar(int terms) => _catalogue.Calendar(_clock.Terms[terms].Calendar);
    }
}
