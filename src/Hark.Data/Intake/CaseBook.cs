using System.Security.Cryptography;
using System.Text;
using Hark.Data.Cases;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Domain.Routing;
using Hark.Domain.Signals;
using Hark.Domain.Workspaces;

namespace Hark.Data.Intake;

/// <summary>What routing decided about one signal, waiting for its case.</summary>
/// <param name="CallBack">The rule that wants the customer to be called, or null.</param>
internal sealed record CaseRequest(Signal Signal, CaseDecision Decision, RuleRef? CallBack, Guid? JoinKey, DateTimeOffset Now);

/// <summary>
/// The cases of one group of signals: opened with their clocks, or joined where the same contact has an open one about the same subject. Rows that are joined
/// are locked until the commit, so a case is not closed under a signal that joins it.
/// </summary>
internal sealed class CaseBook(WorkspaceSnapshot workspace, Statements db, CaseNumbers numbers, TurnOfTeams turns)
{
    private readonly Dictionary<Guid, OpenCaseRow> _open = [];
    private readonly Dictionary<Guid, int> _openWork = [];
    private readonly Dictionary<Guid, CaseJoin> _joins = [];
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
        if (request.JoinKey is { } key && _open.TryGetValue(key, out var open)) return Join(request, open);
        var opened = Open(request);
        if (request.JoinKey is { } own) _open[own] = new OpenCaseRow(opened.CaseId, opened.Severity, opened);
        return opened.CaseId;
    }

    public async Task FlushAsync(CancellationToken cancellation)
    {
        await db.InsertAsync(IntakeStatements.Cases, [.. Opened.Select(o => o.Case)], cancellation);
        await db.InsertAsync(IntakeStatements.CaseSignals, _signals, cancellation);
        await db.InsertAsync(IntakeStatements.CaseClocks, _clocks, cancellation);
        await db.InsertAsync(IntakeStatements.CaseEvents, _events, cancellation);
        await db.ExecuteEachAsync(IntakeStatements.JoinCase, [.. _joins.Values.OrderBy(j => j.CaseId)], cancellation);
    }

    private Guid Join(CaseRequest request, OpenCaseRow open)
    {
        var severity = request.Decision.Severity > open.Severity ? request.Decision.Severity : open.Severity;
        var before = _joins.GetValueOrDefault(open.CaseId);
        _joins[open.CaseId] = new CaseJoin(workspace.WorkspaceId, open.CaseId, (before?.Signals ?? 0) + 1,
            before?.Severity > severity ? before.Severity : severity, request.Now);
        AddSignal(open.CaseId, request);
        AddEvent(open.CaseId, request, CaseEventKind.SignalJoined);
        return open.CaseId;
    }

    private Case Open(CaseRequest request)
    {
        var (signal, decision) = (request.Signal, request.Decision);
        var team = TeamOf(signal, decision);
        var opened = Case.Open(new Case.Opening
        {
            WorkspaceId = workspace.WorkspaceId, CaseId = Guid.CreateVersion7(request.Now), Number = numbers.Next(workspace.WorkspaceId),
            Severity = decision.Severity, OpenedAt = request.Now, FirstSignalId = signal.SignalId, SignalAt = signal.OccurredAt, SourceId = signal.SourceId,
            Channel = signal.Channel, Title = decision.Title, JoinKey = request.JoinKey, ContactId = signal.ContactId, AccountId = signal.AccountId,
            Touchpoint = signal.Touchpoint, Location = signal.Location, Sku = signal.Sku, Language = signal.Language, Cohort = signal.Cohort,
            TeamId = team?.TeamId, AssigneeId = AssigneeOf(signal, decision, team),
            OpenedBy = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{decision.Rule.RuleId}@{decision.Rule.RuleVersion}"),
        });
        var clocks = CaseClocks.Start(WorkspacePolicies.Of(workspace), opened, SignalJson.Strings(signal.Segments), decision.Policy, request.Now);
        var (due, breached) = CaseClocks.RollUp(clocks, opened.Round);
        opened.FollowClocks(due, breached);
        _clocks.AddRange(clocks);
        AddSignal(opened.CaseId, request);
        AddEvent(opened.CaseId, request, CaseEventKind.Opened);
        if (request.CallBack is not null) AddEvent(opened.CaseId, request, CaseEventKind.CallBackRequested);
        Opened.Add((opened, request));
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
        WorkspaceId = workspace.WorkspaceId, CaseId = caseId, SignalId = request.Signal.SignalId, JoinedAt = request.Now,
    });

    private void AddEvent(Guid caseId, CaseRequest request, CaseEventKind kind) => _events.Add(new CaseEvent
    {
        WorkspaceId = workspace.WorkspaceId, CaseId = caseId, EventId = Guid.CreateVersion7(request.Now), At = request.Now, ActorKind = ActorKind.Rule,
        ActorId = request.Decision.Rule.RuleId, Kind = kind, Data = $$"""{"signal_id":"{{request.Signal.SignalId}}"}""",
    });

    private Task LoadOpenAsync(Guid[] keys, CancellationToken cancellation)
    {
        if (keys.Length == 0) return Task.CompletedTask;
        var d = db.Dialect;
        var sql = $"""
            SELECT join_key, case_id, severity FROM cases
            WHERE workspace_id = @workspace AND join_key IS NOT NULL AND {d.AnyOf("join_key", "keys", ColumnType.Uuid)} ORDER BY case_id {d.ForUpdate}
            """;
        return db.QueryAsync(sql, command =>
        {
            d.Add(command, "workspace", workspace.WorkspaceId);
            d.AddArray(command, "keys", ColumnType.Uuid, keys);
        }, row => _open[d.ReadGuid(row, 0)] = new OpenCaseRow(d.ReadGuid(row, 1), EnumNames<Severity>.Parse(row.GetString(2)), null), cancellation);
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

    private sealed record OpenCaseRow(Guid CaseId, Severity Severity, Case? JustOpened);
}
