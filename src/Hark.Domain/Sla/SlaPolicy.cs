using System.Collections.Immutable;
using Hark.Domain.Signals;

namespace Hark.Domain.Sla;

/// <summary>What a case must be for a policy to speak of it. An empty set means any; sets are joined by "and", the members of a set by "or".</summary>
public sealed record SlaMatch(ImmutableSortedSet<Channel> Channels, ImmutableSortedSet<Severity> Severities, ImmutableSortedSet<string> Segments)
{
    public static SlaMatch Any { get; } = new([], [], []);

    public bool Accepts(SlaContext context) =>
        (Channels.IsEmpty || Channels.Contains(context.Channel))
        && (Severities.IsEmpty || Severities.Contains(context.Severity))
        && (Segments.IsEmpty || context.Segments.Any(Segments.Contains));
}

/// <summary>What a policy is chosen by.</summary>
/// <param name="Segments">Keys of the segments that the contact or account is in.</param>
public readonly record struct SlaContext(Channel Channel, Severity Severity, IReadOnlyCollection<string> Segments);

/// <summary>The promise for one kind of clock.</summary>
/// <param name="Target">Working time in the calendar; above zero, at most <see cref="Durations.Longest"/>.</param>
/// <param name="WarnBefore">Working time before the due time at which a warning is given; null for none.</param>
/// <param name="Calendar">The key of a calendar; <c>always</c> for around the clock.</param>
/// <param name="Ladder">The key of an escalation ladder, or null.</param>
public sealed record SlaTarget(TimeSpan Target, TimeSpan? WarnBefore, string Calendar, ClockStart StartsFrom, string? Ladder)
{
    /// <summary>The terms of a clock under this target.</summary>
    /// <param name="policy">The key of the policy it is from.</param>
    /// <param name="version">The version of the policy set.</param>
    /// <param name="catalogue">Gives the calendar's newest version.</param>
    /// <exception cref="KeyNotFoundException">The catalogue lacks the calendar; a checked policy set names only calendars that exist.</exception>
    public ClockTerms ToTerms(string policy, int version, SlaCatalogue catalogue) =>
        new(policy, version, Target, WarnBefore, catalogue.Newest(Calendar).Reference, Ladder);
}

/// <summary>One policy: whom it is for and what is promised for each kind of clock. Kinds without a target are left to later policies.</summary>
public sealed record SlaPolicy(string Key, string? Name, SlaMatch Match, ImmutableSortedDictionary<ClockKind, SlaTarget> Targets);

/// <summary>A target and the policy that gave it.</summary>
public readonly record struct SlaChoice(string Policy, SlaTarget Target);

/// <summary>A workspace's policies in order, with its escalation ladders: one document, versioned as one.</summary>
public sealed record SlaPolicySet(ImmutableArray<SlaPolicy> Policies, ImmutableArray<EscalationLadder> Ladders)
{
    /// <summary>
    /// The promises of a new workspace, around the clock: chat 60 s, SMS 5 min and push 15 min to a first answer, 24 h elsewhere; acknowledged within 2 h, critical
    /// within 30 min and alerted to the programme owner within 24 h; resolved within 48 h; verified by the customer within 72 h of the signal.
    /// </summary>
    public static SlaPolicySet Default { get; } = new(
        [
            Policy("critical", "Critical", SlaMatch.Any with { Severities = [Severity.Critical] }, (ClockKind.Acknowledge, Target("30m", "10m", "critical"))),
            Policy("chat", "Chat", SlaMatch.Any with { Channels = [Channel.Chat] }, (ClockKind.Respond, Target("60s", "15s"))),
            Policy("sms", "SMS", SlaMatch.Any with { Channels = [Channel.Sms] }, (ClockKind.Respond, Target("5m", "1m"))),
            Policy("push", "Web push", SlaMatch.Any with { Channels = [Channel.Push] }, (ClockKind.Respond, Target("15m", "3m"))),
            Policy(
                "default", "Everything else", SlaMatch.Any,
                (ClockKind.Acknowledge, Target("2h", "30m")),
                (ClockKind.Respond, Target("24h", "4h")),
                (ClockKind.Resolve, Target("48h", "8h")),
                (ClockKind.Verify, Target("72h", "12h") with { StartsFrom = ClockStart.SignalReceived })),
        ],
        [EscalationLadder.Default, EscalationLadder.Critical]);

    /// <summary>
    /// For each kind of clock the target of the first policy, in order, that accepts the case and has one. Kinds that no policy speaks of are absent: no clock.
    /// </summary>
    public IReadOnlyDictionary<ClockKind, SlaChoice> Select(SlaContext context)
    {
        var chosen = new Dictionary<ClockKind, SlaChoice>(4);
        foreach (var policy in Policies)
        {
            if (!policy.Match.Accepts(context)) continue;
            foreach (var (kind, target) in policy.Targets) chosen.TryAdd(kind, new(policy.Key, target));
        }
        return chosen;
    }

    /// <summary>The same when a rule forces a policy: its targets go before those of all others. Null, or a policy that is not there: chosen by match.</summary>
    public IReadOnlyDictionary<ClockKind, SlaChoice> Select(SlaContext context, string? policyKey) =>
        policyKey is not null && Policies.FirstOrDefault(p => p.Key == policyKey) is { } forced
            ? (this with { Policies = Policies.Insert(0, forced with { Match = SlaMatch.Any }) }).Select(context)
            : Select(context);

    /// <summary>The clocks of a newly opened case, running from the instants that their targets name, in order of kind.</summary>
    /// <param name="version">The version of this policy set.</param>
    public IReadOnlyList<Clock> StartClocks(SlaContext context, DateTimeOffset caseOpened, DateTimeOffset signalReceived, int version, SlaCatalogue catalogue) =>
    [
        .. Select(context).OrderBy(c => c.Key).Select(c => Clock.Start(
            c.Key,
            c.Value.Target.ToTerms(c.Value.Policy, version, catalogue),
            c.Value.Target.StartsFrom == ClockStart.SignalReceived ? signalReceived : caseOpened)),
    ];

    private static SlaPolicy Policy(string key, string name, SlaMatch match, params (ClockKind Kind, SlaTarget Target)[] targets) =>
        new(key, name, match, targets.ToImmutableSortedDictionary(t => t.Kind, t => t.Target));

    private static SlaTarget Target(string target, string warnBefore, string ladder = "default") =>
        Durations.TryParse(target, out var length) && Durations.TryParse(warnBefore, out var warning)
            ? new(length, warning, CalendarRef.Always.Key, ClockStart.CaseOpened, ladder)
            : throw new FormatException(target);
}
