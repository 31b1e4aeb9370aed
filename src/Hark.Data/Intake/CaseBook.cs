using System.Security.Cryptography;
using System.Text;
using Hark.Data.Cases;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Cases;
using Hark.Domain.Routing;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Intake;

/// <summary>What routing decided about one signal, waiting for its case.</summary>
/// <param name="CallBack">The rule that wants the customer to be called, or null.</param>
internal sealed record CaseRequest(Signal Signal, CaseDecision Decision, RuleRef? CallBack, Guid? JoinKey, DateTimeOffset Now);

/// <summary>
/// The cases of one group of signals: opened with their clocks, or joined where the same contact has an open one about the same subject. Rows that are joined
/// are locked until the commit, so a case is not closed under a signal that joins it.
/// </summary>
internal sealed class CaseBook(WorkspaceSnapshot workspace, HarkDbContext context, Statements db, CaseNumbers numbers, TurnOfTeams turns)
{
    private readonly WorkspacePolicies _policies = WorkspacePolicies.Of(workspace);
    private readonly Dictionary<Guid, JoinableCase> _open = [];
    private readonly Dictionary<Guid, int> _openWork = [];
    private readonly List<CaseSignal> _signals = [];
    private readonly List<CaseClock> _clocks = [];
    private readonly List<CaseEvent> _events = [];

    /// <summary>The cases opened so far, each with the signal that opened it.</summary>
    public List<(Case Case, CaseRequest Request)> Opened { get; } = [];

    /// <summary>Contact and subject as one key; null for a signal of nobody about nothing in particular, which never joins.</summary>
    public static Guid? JoinKey(Guid? canonicalContactId, Signal signal)
    {
        var subject = signal.Ticket is { } ticket ? "t" + ticket : signal.SubjectOrder is { } order ? "o" + order : signal.Sku is { } sku ? "s" + sku
            : signal.Issue is { } issue ? "i" + issue : signal.Location is { } location ? "l" + location : "";
        if (canonicalContactId is null && subject is not ['t' or 'o', ..]) return null;
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{canonicalContactId:N}/{subject}"), hash);
        return new Guid(hash[..16], bigEndian: true);
    }

    public async Task LoadAsync(IReadOnlyList<CaseRequest> requests, CancellationToken cancellation)
    {
        await LoadOpenAsync([.. requests.Where(r => r.JoinKey is not null).Select(r => r.JoinKey!.Value).Distinct()], cancellation);
        if (requests.Any(r => r.Decision.Assign is AssignmentStrategy.LeastOpenWork or AssignmentStrategy.LanguageSkill)) await LoadOpenWorkAsync(cancellation);
        await numbers.ReserveAsync(db, workspace.WorkspaceId, requests.Count, cancellation);
    }

    /// <summary>The case of the signal: joined or opened.</summary>
    public Guid Take(CaseRequest request)
    {
        if (request.JoinKey is { } key && _open.TryGetValue(key, out var open))
        {
            AddSignal(open.Case.CaseId, request);
            _events.AddRange(open.Join(request, _policies));
            return open.Case.CaseId;
        }
        return Open(request).CaseId;
    }

    public async Task FlushAsync(CancellationToken cancellation)
    {
        await db.InsertAsync(IntakeStatements.Cases, [.. Opened.Select(o => o.Case)], cancellation);
        await db.InsertAsync(IntakeStatements.CaseSignals, _signals, cancellation);
        await db.InsertAsync(IntakeStatements.CaseClocks, _clocks, cancellation);
        await db.InsertAsync(CaseStatements.InsertEvent, _events, cancellation);
        var joined = _open.Values.Where(o => o.IsChanged).ToList();
        await db.ExecuteEachAsync(CaseStatements.UpdateClock, [.. joined.SelectMany(o => o.ChangedClocks)], cancellation);
        await db.ExecuteEachAsync(CaseStatements.UpdateCase, [.. joined.Select(o => o.Case)], cancellation);
    }

    private Case Open(CaseRequest request)
    {
        var (signal, decision) = (request.Signal, request.Decision);
        var team = TeamOf(signal, decision);
        var opened = Case.Open(new Case.Opening
        {
            WorkspaceId = workspace.WorkspaceId,
            CaseId = Guid.CreateVersion7(request.Now),
            Number = numbers.Next(workspace.WorkspaceId),
            Severity = decision.Severity,
            OpenedAt = request.Now,
            FirstSignalId = signal.SignalId,
            SignalAt = signal.OccurredAt,
            SourceId = signal.SourceId,
            Channel = signal.Channel,
            Title = decision.Title,
            JoinKey = request.JoinKey,
            ContactId = signal.ContactId,
            AccountId = signal.AccountId,
            Touchpoint = signal.Touchpoint,
            Location = signal.Location,
            Sku = signal.Sku,
            Language = signal.Language,
            Cohort = signal.Cohort,
            TeamId = team?.TeamId,
            AssigneeId = AssigneeOf(signal, decision, team),
            OpenedBy = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{decision.Rule.RuleId}@{decision.Rule.RuleVersion}"),
        });
        var segments = SignalJson.Strings(signal.Segments);
        var clocks = CaseClocks.Start(_policies, opened, segments, decision.Policy, request.Now);
        var (due, breached) = CaseClocks.RollUp(clocks, opened.Round);
        opened.FollowClocks(due, breached);
        _clocks.AddRange(clocks);
        AddSignal(opened.CaseId, request);
        AddEvent(opened, request, CaseEventKind.Opened, 0);
        if (request.CallBack is not null) AddEvent(opened, request, CaseEventKind.CallBackRequested, 1);
        Opened.Add((opened, request));
        if (request.JoinKey is { } own) _open[own] = new JoinableCase(opened, [.. clocks], segments, isNew: true);
        return opened;
    }

    /// <summary>The rule's team, else the one that owns the source, else the first: a case always has somebody.</summary>
    private Team? TeamOf(Signal signal, CaseDecision decision)
    {
        if (decision.Team is { } key && workspace.TeamByKey.TryGetValue(key, out var named)) return named;
        if (workspace.SourceById.TryGetValue(signal.SourceId, out var source) && source.OwnerTeamId is { } owner && workspace.TeamById.TryGetValue(owner, out var owning))
            return owning;
        return workspace.Teams.Count > 0 ? workspace.Teams[0] : null;
    }

    private Guid? AssigneeOf(Signal signal, CaseDecision decision, Team? team)
    {
        if (decision.Assignee is { } email && workspace.MemberByEmail.TryGetValue(email, out var named)) return named.MemberId;
        if (decision.Assign == AssignmentStrategy.Team || team is null) return null;
        var candidates = workspace.MembersOfTeam[team.TeamId].Select(m => new AssignmentCandidate(
            m.MemberId, m.Languages.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            _openWork.GetValueOrDefault(m.MemberId), m.Available && m.DisabledAt is null)).ToList();
        var chosen = Assignment.Choose(decision.Assign, candidates, signal.Language, turns.Last(team.TeamId));
        if (chosen is not { } member) return null;
        turns.Chose(team.TeamId, member);
        _openWork[member] = _openWork.GetValueOrDefault(member) + 1;
        return member;
    }

    private void AddSignal(Guid caseId, CaseRequest request) => _signals.Add(new CaseSignal
    {
        WorkspaceId = workspace.WorkspaceId,
        CaseId = caseId,
        SignalId = request.Signal.SignalId,
        JoinedAt = request.Now,
    });

    private void AddEvent(Case c, CaseRequest request, CaseEventKind kind, int index) => _events.Add(CaseEvents.ToRow(
        c, new CaseFact(kind, Actor.Rule(request.Decision.Rule.RuleId), request.Now, Detail: new() { SignalId = request.Signal.SignalId }), index));

    /// <summary>Finds, locks, then loads, so that nobody changes a case between the look and the join. Costs one seek a key where nothing is joined.</summary>
    private async Task LoadOpenAsync(Guid[] keys, CancellationToken cancellation)
    {
        if (keys.Length == 0) return;
        var id = workspace.WorkspaceId;
        var found = await CasesAsync("join_key", keys, forUpdate: false, cancellation);
        // Locked in the order of their ids, as everybody locks several cases: else two who hold one each would wait for each other.
        found.Sort();
        if (found.Count > 0) found = await CasesAsync("case_id", [.. found], forUpdate: true, cancellation);
        if (found.Count == 0) return;
        var cases = await context.Cases.AsNoTracking().Where(c => c.WorkspaceId == id && found.Contains(c.CaseId)).ToListAsync(cancellation);
        var clocks = (await context.CaseClocks.AsNoTracking().Where(k => k.WorkspaceId == id && found.Contains(k.CaseId)).ToListAsync(cancellation)).ToLookup(k => k.CaseId);
        var firsts = cases.ConvertAll(c => c.FirstSignalId);
        var segments = await context.Signals.Where(s => s.WorkspaceId == id && firsts.Contains(s.SignalId) && s.Segments != null)
            .ToDictionaryAsync(s => s.SignalId, s => s.Segments, cancellation);
        foreach (var c in cases.Where(c => c.JoinKey is not null))
            _open[c.JoinKey!.Value] = new JoinableCase(c, [.. clocks[c.CaseId]], SignalJson.Strings(segments.GetValueOrDefault(c.FirstSignalId)), isNew: false);
    }

    private async Task<List<Guid>> CasesAsync(string column, Guid[] values, bool forUpdate, CancellationToken cancellation)
    {
        var (d, found) = (db.Dialect, new List<Guid>());
        var sql = $"SELECT c.case_id FROM {d.Seek("cases", "c", "values", ColumnType.Uuid, v => $"c.workspace_id = @workspace AND c.{column} = {v}", forUpdate)}";
        await db.QueryAsync(sql, command =>
        {
            d.Add(command, "workspace", workspace.WorkspaceId);
            d.AddArray(command, "values", ColumnType.Uuid, values);
        }, row => found.Add(d.ReadGuid(row, 0)), cancellation);
        return found;
    }

    private Task LoadOpenWorkAsync(CancellationToken cancellation)
    {
        const string Sql = "SELECT assignee_id, COUNT(*) FROM cases WHERE workspace_id = @workspace AND is_open = @open AND assignee_id IS NOT NULL GROUP BY assignee_id";
        return db.QueryAsync(Sql, command =>
        {
            db.Dialect.Add(command, "workspace", workspace.WorkspaceId);
            db.Dialect.Add(command, "open", true);
        }, row => _openWork[db.Dialect.ReadGuid(row, 0)] = (int)row.GetInt64(1), cancellation);
    }
}
