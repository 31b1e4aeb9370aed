using System.Globalization;
using Hark.Domain.Common;
using Hark.Domain.Signals;

namespace Hark.Domain.Routing;

/// <summary>Which rule decided, exactly as it stood then.</summary>
public sealed record RuleRef(string RuleId, long RuleVersion, long SetVersion);

/// <summary>Something a rule asked for, with the rule.</summary>
public sealed record Decided<T>(T What, RuleRef Rule);

/// <summary>The case to open or to join.</summary>
/// <param name="Severity">The highest any matching rule asked for.</param>
/// <param name="Rule">The rule that opens it.</param>
/// <param name="RaisedBy">The later rule that raised the severity, or null.</param>
public sealed record CaseDecision(
    Severity Severity, string? Team, string? Assignee, AssignmentStrategy Assign, string? Title, JoinMode Join, string? Policy, RuleRef Rule, RuleRef? RaisedBy = null);

/// <summary>What the rules make of one signal. Data only: the same for a dry run and the real run.</summary>
public sealed record RoutingDecision
{
    /// <summary>No rule matched.</summary>
    public static RoutingDecision None { get; } = new();

    /// <summary>In the order of the rules.</summary>
    public IReadOnlyList<RuleRef> Matches { get; init; } = [];
    public CaseDecision? Case { get; init; }

    /// <summary>Tags the signal does not carry yet, each once.</summary>
    public IReadOnlyList<Decided<string>> Tags { get; init; } = [];

    /// <summary>Each recipient and template once.</summary>
    public IReadOnlyList<Decided<Notify>> Notifications { get; init; } = [];
    public RuleRef? CallBack { get; init; }

    /// <summary>Keys of webhook endpoints, each once.</summary>
    public IReadOnlyList<Decided<string>> Webhooks { get; init; } = [];

    /// <summary>One at most: nobody wants two automatic answers to one remark.</summary>
    public Decided<AutoReply>? Reply { get; init; }

    /// <summary>The decision as steps of the signal's trail.</summary>
    public IEnumerable<TrailEntry> Trail()
    {
        foreach (var match in Matches) yield return Entry(match, $"matched (rule set {match.SetVersion.ToString(CultureInfo.InvariantCulture)})");
        if (Case is { } opened)
        {
            var team = opened.Team is null ? "" : " for team " + opened.Team;
            yield return Entry(opened.Rule, $"opens a {EnumNames<Severity>.Of(opened.Severity)} case{team}");
            if (opened.RaisedBy is { } raised) yield return Entry(raised, $"raises the case to {EnumNames<Severity>.Of(opened.Severity)}");
        }
        foreach (var tag in Tags) yield return Entry(tag.Rule, $"adds tag {tag.What}");
        foreach (var notify in Notifications) yield return Entry(notify.Rule, $"notifies {notify.What.To}");
        if (CallBack is { } callBack) yield return Entry(callBack, "asks for a call-back");
        foreach (var webhook in Webhooks) yield return Entry(webhook.Rule, $"calls webhook {webhook.What}");
        if (Reply is { } reply) yield return Entry(reply.Rule, $"replies with {reply.What.Template}");
    }

    private static TrailEntry Entry(RuleRef rule, string concluded) => new("rule:" + rule.RuleId, rule.RuleVersion.ToString(CultureInfo.InvariantCulture), concluded);
}
