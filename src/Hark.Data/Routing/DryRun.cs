using Hark.Data.Intake;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Routing;

namespace Hark.Data.Routing;

/// <summary>The signals to try rules on: those that occurred in [<paramref name="From"/>, <paramref name="To"/>), newest first.</summary>
/// <param name="Show">How many to tell one by one.</param>
public sealed record DryRunScope(DateTimeOffset From, DateTimeOffset To, Guid? SourceId, int Limit, int Show);

/// <summary>How often a rule would have matched.</summary>
public sealed record DryRunRule(string RuleId, long Version, int Matched);

/// <summary>What would have happened to one signal.</summary>
/// <param name="Case"><c>open</c>, <c>join</c> (an earlier signal of this run would have opened it) or null.</param>
/// <param name="Notify">Who would be told.</param>
/// <param name="Reply">The template of the automatic reply.</param>
public sealed record DryRunSignal(Guid SignalId, DateTimeOffset OccurredAt, IReadOnlyList<string> Rules, string? Case, string? Severity, string? Team,
    IReadOnlyList<string> Tags, IReadOnlyList<string> Notify, IReadOnlyList<string> Webhooks, string? Reply, bool CallBack);

/// <summary>What the rules would have done. Nothing was changed or sent.</summary>
public sealed record DryRunReport(long RuleSetVersion, int Signals, int Matched, int CasesOpened, int CasesJoined, int Notifications, int Replies, int Webhooks,
    int CallBacks, IReadOnlyList<DryRunRule> ByRule, IReadOnlyList<DryRunSignal> Items);

/// <summary>
/// Rules tried on stored signals, by the code that routes new ones. Each signal is seen as of when it was received; cases count as joined when a signal of the run
/// with the same contact and subject came before. Cost: a page of signals and their contacts in memory; no lock, no write.
/// </summary>
public sealed class DryRun(HarkStore store)
{
    public const int MostSignals = 10_000, MostShown = 500;

    public async Task<DryRunReport> RunAsync(WorkspaceSnapshot workspace, RuleSet rules, DryRunScope scope, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        var history = new RoutingHistory(workspace, db, store.Dialect);
        var signals = await history.LoadAsync(scope, rules.Needs, cancellation);
        var tally = new Tally();
        var segments = WorkspacePolicies.Of(workspace).Segments;
        // In the order of their coming, so that the first of a contact opens and the next ones join.
        foreach (var (row, words) in Enumerable.Reverse(signals))
        {
            var context = history.Context(row, words);
            var decision = Router.Route(rules, context with { Segments = segments.Evaluate(context) });
            tally.Add(row, history.PersonOf(row), decision);
        }
        return tally.Report(rules, signals.Count, scope.Show);
    }

    private sealed class Tally
    {
        private readonly HashSet<Guid> _open = [];
        private readonly Dictionary<string, int> _byRule = new(StringComparer.Ordinal);
        private readonly List<DryRunSignal> _items = [];
        private int _opened, _joined;

        public void Add(Signal row, Guid? person, RoutingDecision decision)
        {
            if (decision.Matches.Count == 0) return;
            foreach (var match in decision.Matches) _byRule[match.RuleId] = _byRule.GetValueOrDefault(match.RuleId) + 1;
            var fate = Fate(row, person, decision.Case);
            _items.Add(new DryRunSignal(row.SignalId, row.OccurredAt, [.. decision.Matches.Select(m => m.RuleId)], fate,
                decision.Case is { } c ? Domain.Common.EnumNames<Domain.Signals.Severity>.Of(c.Severity) : null, decision.Case?.Team,
                [.. decision.Tags.Select(t => t.What)], [.. decision.Notifications.Select(n => n.What.To.ToString())], [.. decision.Webhooks.Select(w => w.What)],
                decision.Reply?.What.Template, decision.CallBack is not null));
        }

        public DryRunReport Report(RuleSet rules, int signals, int show) => new(rules.Version, signals, _items.Count, _opened, _joined,
            _items.Sum(i => i.Notify.Count), _items.Count(i => i.Reply is not null), _items.Sum(i => i.Webhooks.Count), _items.Count(i => i.CallBack),
            [.. rules.Rules.Select(r => new DryRunRule(r.Id, r.Version, _byRule.GetValueOrDefault(r.Id)))],
            [.. Enumerable.Reverse(_items).Take(show)]);

        private string? Fate(Signal row, Guid? person, CaseDecision? decided)
        {
            if (decided is null) return null;
            var joins = decided.Join == JoinMode.ContactAndSubject && CaseBook.JoinKey(person, row) is { } key && !_open.Add(key);
            if (joins) _joined++;
            else _opened++;
            return joins ? "join" : "open";
        }
    }
}
