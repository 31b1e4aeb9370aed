namespace Hark.Domain.Routing;

/// <summary>Applies rules to signals.</summary>
public static class Router
{
    /// <summary>
    /// What the rules make of the signal. The first matching rule that opens a case decides about it; later ones may only raise its severity.
    /// The first automatic reply is the only one. Pure. Cost: one evaluation per enabled rule; allocates only when a rule matches.
    /// </summary>
    /// <param name="context">With the segments already in it.</param>
    public static RoutingDecision Route(RuleSet rules, RoutingContext context)
    {
        Collector? found = null;
        var facts = new Facts(context);
        foreach (var (rule, condition) in rules.Compiled)
        {
            if (!condition.Matches(ref facts)) continue;
            (found ??= new Collector(context)).Take(rule, rules.Version);
            if (rule.Stop) break;
        }
        return found?.ToDecision() ?? RoutingDecision.None;
    }

    private sealed class Collector(RoutingContext context)
    {
        private readonly List<RuleRef> _matches = [];
        private readonly List<Decided<string>> _tags = [];
        private readonly List<Decided<Notify>> _notifications = [];
        private readonly List<Decided<string>> _webhooks = [];
        private CaseDecision? _case;
        private RuleRef? _callBack;
        private Decided<AutoReply>? _reply;

        public void Take(Rule rule, long setVersion)
        {
            var by = new RuleRef(rule.Id, rule.Version, setVersion);
            _matches.Add(by);
            foreach (var action in rule.Then)
            {
                switch (action)
                {
                    case OpenCase open: Open(open, by); break;
                    case AddTags tags: Tag(tags, by); break;
                    case Notify notify:
                        if (!_notifications.Exists(n => n.What == notify)) _notifications.Add(new(notify, by));
                        break;
                    case AskCallBack: _callBack ??= by; break;
                    case CallWebhook webhook:
                        if (!_webhooks.Exists(w => w.What == webhook.Endpoint)) _webhooks.Add(new(webhook.Endpoint, by));
                        break;
                    case AutoReply reply: _reply ??= new(reply, by); break;
                }
            }
        }

        public RoutingDecision ToDecision() => new()
        {
            Matches = _matches,
            Case = _case,
            Tags = _tags,
            Notifications = _notifications,
            CallBack = _callBack,
            Webhooks = _webhooks,
            Reply = _reply,
        };

        private void Open(OpenCase open, RuleRef by)
        {
            var severity = open.Severity ?? context.Signal.Severity;
            if (_case is null) _case = new CaseDecision(severity, open.Team, open.Assignee, open.Assign, open.Title, open.Join, open.Policy, by);
            else if (severity > _case.Severity) _case = _case with { Severity = severity, RaisedBy = by };
        }

        private void Tag(AddTags tags, RuleRef by)
        {
            foreach (var tag in tags.Tags)
            {
                if (!context.Signal.Tags.Contains(tag, StringComparer.Ordinal) && !_tags.Exists(t => t.What == tag)) _tags.Add(new(tag, by));
            }
        }
    }
}
