using System.Collections.Concurrent;
using Hark.Data.Cases;
using Hark.Data.Intake;
using Hark.Domain.Common;
using Hark.Domain.Signals;

namespace Hark.Web.Infrastructure.Live;

/// <summary>What changed; nothing of what it is. A page that is told asks for its parts anew, within what its person may see.</summary>
public enum LiveChange { Signals, Cases, Looks, Causes }

/// <summary>
/// Tells open pages of a workspace that something changed. What this node writes is told at once; what others wrote is seen by a look at one row of each
/// workspace that somebody watches.
/// </summary>
public sealed class LiveFeed : IDisposable
{
    private readonly ConcurrentDictionary<Guid, ConcurrentDictionary<LiveListener, byte>> _listeners = [];
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _lastSignal = [];
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _lastCase = [];
    private readonly IntakeWriter _intake;
    private readonly CaseWriter _cases;
    private readonly TimeProvider _time;

    public LiveFeed(IntakeWriter intake, CaseWriter cases, TimeProvider time)
    {
        (_intake, _cases, _time) = (intake, cases, time);
        _intake.Committed += OnCommitted;
        _cases.Changed += OnChanged;
    }

    /// <summary>When a signal was last stored, as far as this node knows; null when it has seen none since it started.</summary>
    public DateTimeOffset? LastSignal(Guid workspaceId) => _lastSignal.TryGetValue(workspaceId, out var at) ? at : null;

    /// <summary>When a change of cases was last told on this node; null when none was since it started.</summary>
    public DateTimeOffset? LastCase(Guid workspaceId) => _lastCase.TryGetValue(workspaceId, out var at) ? at : null;

    /// <summary>Workspaces that somebody watches.</summary>
    public IEnumerable<Guid> Watched => _listeners.Where(l => !l.Value.IsEmpty).Select(l => l.Key);

    public void Tell(Guid workspaceId, LiveChange change, DateTimeOffset at)
    {
        if (change == LiveChange.Signals) _lastSignal.AddOrUpdate(workspaceId, at, (_, known) => at > known ? at : known);
        if (change == LiveChange.Cases) _lastCase[workspaceId] = at;
        if (!_listeners.TryGetValue(workspaceId, out var listeners)) return;
        foreach (var (listener, _) in listeners) listener.Offer(change);
    }

    /// <summary>Begins to listen at once; dispose to end.</summary>
    public LiveListener Listen(Guid workspaceId)
    {
        var listeners = _listeners.GetOrAdd(workspaceId, _ => []);
        var listener = new LiveListener(l => listeners.TryRemove(l, out _));
        listeners[listener] = 0;
        return listener;
    }

    public void Dispose()
    {
        _intake.Committed -= OnCommitted;
        _cases.Changed -= OnChanged;
    }

    private void OnChanged(Guid workspaceId) => Tell(workspaceId, LiveChange.Cases, _time.Now());

    private void OnCommitted(IReadOnlyList<PreparedSignal> signals, IReadOnlyList<IntakeOutcome> outcomes)
    {
        var now = _time.Now();
        foreach (var group in signals.Zip(outcomes).Where(p => p.Second.Status != IntakeStatus.Duplicate).GroupBy(p => p.First.WorkspaceId))
        {
            Tell(group.Key, LiveChange.Signals, now);
            if (group.Any(p => p.Second.CaseId is not null)) Tell(group.Key, LiveChange.Cases, now);
        }
    }
}
