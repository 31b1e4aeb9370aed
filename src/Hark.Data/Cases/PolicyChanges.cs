using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Domain.Sla;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Cases;

/// <summary>What a policy change did.</summary>
public readonly record struct PolicyChangeReport(long Cases, long Clocks, long Changed);

/// <summary>
/// Puts the clocks of a workspace under the policies and calendars of today: live clocks from now on, or all clocks retroactively. Clocks that no policy speaks
/// of any more keep their terms; kinds that are promised newly start with new cases.
/// </summary>
/// <remarks>In batches of cases, each its own transaction: broken off at any point it can be run again, because a clock already under the terms does not change.</remarks>
public sealed class PolicyChanges(HarkStore store, WorkspaceSnapshots snapshots, CaseMessages mail, TimeProvider time)
{
    private const int Batch = 200;

    public async Task<PolicyChangeReport> ApplyAsync(Guid workspaceId, PolicyChange mode, Actor actor, CancellationToken cancellation = default)
    {
        var total = new PolicyChangeReport();
        for (Guid? after = Guid.Empty; after is { } start;)
        {
            var (report, last) = await store.WriteAsync(db => BatchAsync(db, workspaceId, mode, actor, start, cancellation), cancellation);
            total = new(total.Cases + report.Cases, total.Clocks + report.Clocks, total.Changed + report.Changed);
            after = last;
        }
        return total;
    }

    private async Task<(PolicyChangeReport Report, Guid? Last)> BatchAsync(HarkDbContext db, Guid workspaceId, PolicyChange mode, Actor actor, Guid after, CancellationToken cancellation)
    {
        var workspace = await snapshots.GetAsync(workspaceId, cancellation);
        var ids = await db.Cases.Where(c => c.WorkspaceId == workspaceId && c.CaseId > after && c.State != CaseState.Merged)
            .OrderBy(c => c.CaseId).Select(c => c.CaseId).Take(Batch).ToListAsync(cancellation);
        if (ids.Count == 0) return (default, null);
        var files = await CaseFile.OpenAsync(db, store.Dialect, mail, workspace, ids, time.Now(), cancellation);
        var firsts = files.Values.Select(f => f.Case.FirstSignalId).ToList();
        var segments = await db.Signals.Where(s => s.WorkspaceId == workspaceId && firsts.Contains(s.SignalId)).ToDictionaryAsync(s => s.SignalId, s => s.Segments, cancellation);
        long clocks = 0, changed = 0;
        foreach (var file in files.Values)
        {
            var known = SignalJson.Strings(segments.GetValueOrDefault(file.Case.FirstSignalId));
            var moved = file.Clocks.Where(k => Move(k, file, mode, known)).Select(k => k.Kind).ToList();
            clocks += file.Clocks.Count;
            changed += moved.Count;
            if (moved.Count > 0) file.FollowPolicies(moved, actor);
        }
        await db.SaveChangesAsync(cancellation);
        return (new(files.Count, clocks, changed), ids[^1]);
    }

    private static bool Move(CaseClock row, CaseFile file, PolicyChange mode, IReadOnlyCollection<string> segments)
    {
        var (policies, clock) = (WorkspacePolicies.Of(file.Workspace), CaseClocks.ToClock(row));
        if (mode == PolicyChange.FromNow && clock.Stopped is not null) return false;
        if (CaseClockOrders.Terms(policies, file.Case, segments, row.Kind) is not { } terms) return false;
        if (clock.Terms.All(t => t.SamePromise(terms))) return false;
        if (mode == PolicyChange.FromNow && terms.SamePromise(clock.TermsInForce)) return false;
        CaseClocks.Write(row, clock.ApplyPolicy(terms, mode, file.Now, policies.Catalogue).Value, policies.Catalogue, file.Now);
        return true;
    }
}
