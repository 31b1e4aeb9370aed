using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Cases;

/// <summary>
/// A case opened for change inside one transaction: itself, its clocks, and what the change causes (timeline, messages, audit), written together.
/// </summary>
/// <remarks>
/// Lock order: the rows of cases first, in order of id, then anything below them. Whoever changes a case or a clock holds the row of the case, so a
/// transition, the sweeper and a merge never meet half-way. SQLite has one writer and needs no lock.
/// </remarks>
public sealed class CaseFile
{
    private readonly HarkDbContext _db;
    private readonly List<CaseClock> _clocks;
    private readonly HashSet<CaseEventKind> _kinds = [];
    private IReadOnlyCollection<string>? _segments;

    private CaseFile(HarkDbContext db, CaseMessages mail, WorkspaceSnapshot workspace, Case c, List<CaseClock> clocks, DateTimeOffset now) =>
        (_db, Mail, Workspace, Case, _clocks, Now) = (db, mail, workspace, c, clocks, now);

    public HarkDbContext Db => _db;
    public CaseMessages Mail { get; }
    public WorkspaceSnapshot Workspace { get; }
    public Case Case { get; }
    public IReadOnlyList<CaseClock> Clocks => _clocks;

    /// <summary>The time of the change.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>What the transitions carried out are called, if they can be taken back; null else.</summary>
    public CaseEventKind? What => CaseUndo.NameOf(_kinds);

    /// <summary>Messages to enqueue in this transaction.</summary>
    public List<OutboxMessage> Messages { get; } = [];

    /// <summary>Locks and loads cases, in order of id; those that do not exist are missing from the answer.</summary>
    public static async Task<IReadOnlyDictionary<Guid, CaseFile>> OpenAsync(HarkDbContext db, ISqlDialect dialect, CaseMessages mail, WorkspaceSnapshot workspace,
        IReadOnlyCollection<Guid> ids, DateTimeOffset now, CancellationToken cancellation)
    {
        var id = workspace.WorkspaceId;
        if (dialect.ForUpdate.Length > 0) await LockAsync(db, dialect, id, ids, cancellation);
        var cases = await db.Cases.Where(c => c.WorkspaceId == id && ids.Contains(c.CaseId)).ToListAsync(cancellation);
        var clocks = (await db.CaseClocks.Where(k => k.WorkspaceId == id && ids.Contains(k.CaseId)).ToListAsync(cancellation)).ToLookup(k => k.CaseId);
        return cases.ToDictionary(c => c.CaseId, c => new CaseFile(db, mail, workspace, c, [.. clocks[c.CaseId]], now));
    }

    /// <summary>Carries a transition out: orders to the clocks, lines of the timeline, webhooks. Its error, if it is one, is the answer and nothing happens.</summary>
    public async Task<Error?> ApplyAsync(Result<CaseChange> change, CancellationToken cancellation)
    {
        if (change.Error is { } error) return error;
        var (facts, orders) = (change.Value.Facts, change.Value.Orders);
        if (facts.IsEmpty) return null;
        var known = _clocks.Count;
        var segments = CaseClockOrders.ChooseAnew(orders) ? await SegmentsAsync(cancellation) : [];
        CaseClockOrders.Apply(_clocks, Case, orders, WorkspacePolicies.Of(Workspace), segments, Now);
        _db.CaseClocks.AddRange(_clocks.Skip(known));
        var (due, breached) = CaseClocks.RollUp(_clocks, Case.Round);
        Case.FollowClocks(due, breached);
        for (var i = 0; i < facts.Length; i++) _db.CaseEvents.Add(CaseEvents.ToRow(Case, facts[i], i));
        foreach (var fact in facts) Messages.AddRange(Mail.Events(Workspace, Case, fact.Kind, Now));
        _kinds.UnionWith(facts.Select(f => f.Kind));
        Audit(facts[0].By, "case." + EnumNames<CaseEventKind>.Of(facts[^1].Kind));
        return null;
    }

    /// <summary>Writes clocks over as they were; those that were not there go.</summary>
    internal void RestoreClocks(IReadOnlyList<ClockBefore> before)
    {
        var catalogue = WorkspacePolicies.Of(Workspace).Catalogue;
        foreach (var row in _clocks.ToList())
        {
            if (before.FirstOrDefault(b => b.Kind == row.Kind && b.Round == row.Round) is { } was) CaseClocks.Write(row, was.ToClock(), catalogue, Now);
            else
            {
                _clocks.Remove(row);
                _db.CaseClocks.Remove(row);
            }
        }
    }

    /// <summary>After its clocks were put under other policies: the roll-up, and a line for the timeline.</summary>
    public void FollowPolicies(IReadOnlyList<Domain.Sla.ClockKind> moved, Actor actor)
    {
        var (due, breached) = CaseClocks.RollUp(_clocks, Case.Round);
        Case.FollowClocks(due, breached);
        foreach (var (i, kind) in moved.Distinct().Index())
            _db.CaseEvents.Add(CaseEvents.ToRow(Case, new CaseFact(CaseEventKind.PolicyApplied, actor, Now, Detail: new() { Clock = kind, DueAt = due }), i));
    }

    /// <summary>The key that this case gave up when it closed, unless another open case has it by now.</summary>
    public async Task<Guid?> FreeJoinKeyAsync(CancellationToken cancellation) => await FreeAsync((await ClosingAsync(cancellation))?.JoinKey, cancellation);

    /// <summary>The key, unless another open case has it.</summary>
    public async Task<Guid?> FreeAsync(Guid? joinKey, CancellationToken cancellation) => joinKey is { } key
        && !await _db.Cases.AnyAsync(c => c.WorkspaceId == Case.WorkspaceId && c.JoinKey == key && c.CaseId != Case.CaseId, cancellation) ? key : null;

    /// <summary>What the timeline keeps of the last resolving or merging of this case; null when there was none.</summary>
    public async Task<CaseDetail?> ClosingAsync(CancellationToken cancellation)
    {
        var lines = _db.CaseEvents.AsNoTracking().Where(e => e.WorkspaceId == Case.WorkspaceId && e.CaseId == Case.CaseId
            && (e.Kind == CaseEventKind.Resolved || e.Kind == CaseEventKind.Merged)).OrderByDescending(e => e.EventId);
        foreach (var line in await lines.ToListAsync(cancellation))
            if (CaseEvents.Detail(line.Data) is { From: not null } closing) return closing; // a merge has a "from" only on the side that was taken in
        return null;
    }

    /// <summary>Writes down who did what to the case.</summary>
    private void Audit(Actor by, string action)
    {
        if (by.Kind is ActorKind.System or ActorKind.Rule) return; // the timeline tells what the machine did
        _db.Audit(Case.WorkspaceId, by, Now, action, "case", Case.CaseId.ToString());
    }

    private async Task<IReadOnlyCollection<string>> SegmentsAsync(CancellationToken cancellation) => _segments ??= SignalJson.Strings(
        await _db.Signals.Where(s => s.WorkspaceId == Case.WorkspaceId && s.SignalId == Case.FirstSignalId).Select(s => s.Segments).SingleOrDefaultAsync(cancellation));

    private static async Task LockAsync(HarkDbContext db, ISqlDialect dialect, Guid workspaceId, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        await using var command = await db.CommandAsync(
            $"SELECT 1 FROM cases WHERE workspace_id = @workspace AND {dialect.AnyOf("case_id", "cases", ColumnType.Uuid)} ORDER BY case_id {dialect.ForUpdate}", cancellation);
        dialect.Add(command, "workspace", workspaceId);
        dialect.AddArray(command, "cases", ColumnType.Uuid, ids);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
