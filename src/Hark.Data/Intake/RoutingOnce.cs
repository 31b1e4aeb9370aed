using Hark.Domain.Routing;
using Hark.Domain.Signals;

namespace Hark.Data.Intake;

/// <summary>A signal that comes again is routed again, but no rule acts twice on it: nobody is notified or thanked once more because a comment was added.</summary>
internal static class RoutingOnce
{
    public static RoutingDecision Without(RoutingDecision decision, IReadOnlyList<TrailEntry> trail)
    {
        if (decision.Matches.Count == 0 || trail.Count == 0) return decision;
        var acted = trail.Select(t => t.By).ToHashSet(StringComparer.Ordinal);
        bool New(RuleRef rule) => !acted.Contains("rule:" + rule.RuleId);
        return decision with
        {
            Matches = [.. decision.Matches.Where(New)],
            Case = decision.Case is { } c && New(c.Rule) ? c : null,
            Tags = [.. decision.Tags.Where(t => New(t.Rule))],
            Notifications = [.. decision.Notifications.Where(n => New(n.Rule))],
            CallBack = decision.CallBack is { } back && New(back) ? back : null,
            Webhooks = [.. decision.Webhooks.Where(w => New(w.Rule))],
            Reply = decision.Reply is { } reply && New(reply.Rule) ? reply : null,
        };
    }
}
