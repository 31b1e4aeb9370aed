using System.Data.Common;
using System.Globalization;
using System.Text;
using Hark.Data.Store;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Domain.Signals;

namespace Hark.Data.Cases;

/// <summary>Which cases are wanted; null means any.</summary>
public sealed record CaseFilter
{
    public IReadOnlyList<CaseState>? States { get; init; }
    public bool? Open { get; init; }
    public Guid? TeamId { get; init; }

    /// <summary>Of any of these teams.</summary>
    public IReadOnlySet<Guid>? TeamIds { get; init; }

    /// <summary><see cref="Guid.Empty"/>: of nobody.</summary>
    public Guid? AssigneeId { get; init; }
    public Severity? Severity { get; init; }
    public Guid? SourceId { get; init; }
    public Channel? Channel { get; init; }
    public string? Touchpoint { get; init; }
    public string? Location { get; init; }
    public string? Language { get; init; }
    public Guid? ContactId { get; init; }

    /// <summary>Whether a clock of the round was missed, due this very moment included.</summary>
    public bool? Breached { get; init; }
    public bool? Snoozed { get; init; }
    public DateTimeOffset? DueBefore { get; init; }

    /// <summary>Waiting for the customer, by an index of its own, which <see cref="States"/> does not use; or not waiting: work that is ours.</summary>
    public bool? Waiting { get; init; }

    /// <summary>Resolved and not yet answered by the customer; by an index of its own.</summary>
    public bool Asked { get; init; }

    /// <summary>A call is promised whose slot ends before this.</summary>
    public DateTimeOffset? CallBefore { get; init; }

    /// <summary>A case number, or words of the title or the customer's name.</summary>
    public string? Text { get; init; }
}

/// <summary>The key of a line in the list: which part of it, due time where the part has one, id.</summary>
public readonly record struct CaseListKey(int Part, DateTimeOffset? DueAt, Guid CaseId);

/// <summary>One line of the inbox.</summary>
public sealed record CaseLine
{
    public required CaseListKey Key { get; init; }
    public required long Number { get; init; }
    public required CaseState State { get; init; }
    public required Severity Severity { get; init; }
    public string? Title { get; init; }
    public Guid? TeamId { get; init; }
    public Guid? AssigneeId { get; init; }
    public required Guid SourceId { get; init; }
    public required Channel Channel { get; init; }
    public string? Touchpoint { get; init; }
    public string? Language { get; init; }
    public Guid? ContactId { get; init; }
    public string? ContactName { get; init; }
    public int SignalCount { get; init; }
    public DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? SnoozedUntil { get; init; }
    public bool Breached { get; init; }
    public VerificationState Verification { get; init; }
    public long Version { get; init; }
}

/// <summary>
/// The inbox: open cases first, the earliest due first in each part, those without a due time after those with one.
/// </summary>
/// <remarks>
/// Four parts (open or not, due or not), each read in the order of an index: <c>ix_cases_is_open_due_at_case_id</c>, or those of team and assignee where they are
/// asked for. Nulls sort differently on the two databases; in parts it does not matter. A page costs a seek and its own rows when the other filters are not selective.
/// </remarks>
public sealed class CaseListQuery(HarkStore store)
{
    private const int Parts = 4;

    private const string Columns = """
        c.case_id, c.due_at, c.number, c.state, c.severity, c.title, c.team_id, c.assignee_id, c.source_id, c.channel, c.touchpoint, c.language, c.contact_id,
        p.name, c.signal_count, c.opened_at, c.updated_at, c.snoozed_until, c.breached, c.verification, c.version
        """;

    private const string From = "cases c LEFT JOIN contacts p ON p.workspace_id = c.workspace_id AND p.contact_id = c.contact_id";

    private ISqlDialect Sql => store.Dialect;

    /// <summary>At most <paramref name="take"/> lines after a key.</summary>
    /// <param name="after">The last line of the page before; null for the first page.</param>
    public async Task<IReadOnlyList<CaseLine>> ReadAsync(Guid workspaceId, CaseScope scope, CaseFilter filter, CaseListKey? after, int take, DateTimeOffset now,
        CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        var lines = new List<CaseLine>();
        for (var part = after?.Part ?? 0; part < Parts && lines.Count < take; part++)
        {
            if (Excludes(filter, part)) continue;
            await using var command = await db.CommandAsync("", cancellation);
            command.CommandText = Text(command, workspaceId, scope, filter, part, after?.Part == part ? after : null, take - lines.Count, now);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation)) lines.Add(Line(reader, part));
        }
        return lines;
    }

    /// <summary>How many cases the filter finds, counted no further than <paramref name="most"/>.</summary>
    public async Task<int> CountAsync(Guid workspaceId, CaseScope scope, CaseFilter filter, int most, DateTimeOffset now, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        var count = 0;
        for (var part = 0; part < Parts && count < most; part++)
        {
            if (Excludes(filter, part)) continue;
            await using var command = await db.CommandAsync("", cancellation);
            var where = Where(command, workspaceId, scope, filter, part, null, now);
            var from = string.IsNullOrWhiteSpace(filter.Text) ? "cases c" : From;
            command.CommandText = string.Create(CultureInfo.InvariantCulture, $"SELECT COUNT(*) FROM (SELECT 1 FROM {from}{where} LIMIT {most - count}) AS found");
            count += Convert.ToInt32(await command.ExecuteScalarAsync(cancellation), CultureInfo.InvariantCulture);
        }
        return count;
    }

    /// <summary>Parts in which nothing can be found.</summary>
    private static bool Excludes(CaseFilter filter, int part) =>
        filter.Open == !IsOpen(part) || (filter.DueBefore is not null && !HasDue(part)) || (filter.Waiting == true && !IsOpen(part)) || (filter.Asked && IsOpen(part));

    private static bool IsOpen(int part) => part < 2;

    private static bool HasDue(int part) => part % 2 == 0;

    private string Text(DbCommand command, Guid workspaceId, CaseScope scope, CaseFilter filter, int part, CaseListKey? after, int take, DateTimeOffset now)
    {
        var where = Where(command, workspaceId, scope, filter, part, after, now);
        return string.Create(CultureInfo.InvariantCulture, $"SELECT {Columns} FROM {From}{where} ORDER BY {(HasDue(part) ? "c.due_at, c.case_id" : "c.case_id")} LIMIT {take}");
    }

    private StringBuilder Where(DbCommand command, Guid workspaceId, CaseScope scope, CaseFilter filter, int part, CaseListKey? after, DateTimeOffset now)
    {
        var sql = new StringBuilder(" WHERE c.workspace_id = @workspace AND c.is_open = @open AND c.due_at IS ").Append(HasDue(part) ? "NOT NULL" : "NULL");
        Sql.Add(command, "workspace", workspaceId);
        Sql.Add(command, "open", IsOpen(part));
        if (after is { } key)
        {
            sql.Append(HasDue(part) ? " AND (c.due_at, c.case_id) > (@after_due, @after_id)" : " AND c.case_id > @after_id");
            if (HasDue(part)) Sql.Add(command, "after_due", key.DueAt);
            Sql.Add(command, "after_id", key.CaseId);
        }
        Scope(command, sql, scope);
        Filter(command, sql, filter, now);
        return sql;
    }

    private void Scope(DbCommand command, StringBuilder sql, CaseScope scope)
    {
        if (scope.Teams is null) return;
        sql.Append(CultureInfo.InvariantCulture, $" AND ({Sql.AnyOf("c.team_id", "my_teams", ColumnType.Uuid)} OR c.assignee_id = @me)");
        Sql.AddArray(command, "my_teams", ColumnType.Uuid, scope.Teams);
        Sql.Add(command, "me", scope.MemberId ?? Guid.Empty);
    }

    private void Filter(DbCommand command, StringBuilder sql, CaseFilter filter, DateTimeOffset now)
    {
        if (filter.States is { } states)
        {
            sql.Append(" AND ").Append(Sql.AnyOf("c.state", "states", ColumnType.Text));
            Sql.AddArray(command, "states", ColumnType.Text, [.. states.Select(EnumNames<CaseState>.Of)]);
        }
        // As text, for only so their indexes are considered.
        if (filter.Waiting is { } waiting) sql.Append(waiting ? " AND c.state = 'waiting'" : " AND c.state <> 'waiting'");
        if (filter.Asked) sql.Append(" AND c.verification = 'asked'");
        Equal("team_id", filter.TeamId);
        if (filter.TeamIds is { } teams)
        {
            sql.Append(" AND ").Append(Sql.AnyOf("c.team_id", "of_teams", ColumnType.Uuid));
            Sql.AddArray(command, "of_teams", ColumnType.Uuid, teams);
        }
        if (filter.AssigneeId == Guid.Empty) sql.Append(" AND c.assignee_id IS NULL");
        else Equal("assignee_id", filter.AssigneeId);
        Equal("severity", filter.Severity is { } severity ? EnumNames<Severity>.Of(severity) : null);
        Equal("source_id", filter.SourceId);
        Equal("channel", filter.Channel is { } channel ? EnumNames<Channel>.Of(channel) : null);
        Equal("touchpoint", filter.Touchpoint);
        Equal("location", filter.Location);
        Equal("language", filter.Language);
        Equal("contact_id", filter.ContactId);
        if (filter.Snoozed is { } snoozed) sql.Append(" AND c.snoozed_until IS ").Append(snoozed ? "NOT NULL" : "NULL");
        if (filter.Breached is { } breached)
        {
            sql.Append(breached ? " AND (c.breached = @yes OR c.due_at <= @now)" : " AND c.breached <> @yes AND (c.due_at IS NULL OR c.due_at > @now)");
            Sql.Add(command, "yes", true);
            Sql.Add(command, "now", now);
        }
        if (filter.DueBefore is { } before)
        {
            sql.Append(" AND c.due_at < @before");
            Sql.Add(command, "before", before);
        }
        if (filter.CallBefore is { } call)
        {
            sql.Append(" AND c.case_id IN (SELECT b.case_id FROM call_backs b WHERE b.workspace_id = @workspace AND b.state = 'requested' AND b.slot_end < @call_before)");
            Sql.Add(command, "call_before", call);
        }
        if (!string.IsNullOrWhiteSpace(filter.Text)) Words(command, sql, filter.Text.Trim());

        void Equal(string column, object? value)
        {
            if (value is null) return;
            sql.Append(CultureInfo.InvariantCulture, $" AND c.{column} = @{column}");
            Sql.Add(command, column, value);
        }
    }

    private void Words(DbCommand command, StringBuilder sql, string text)
    {
        if (long.TryParse(text.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            sql.Append(" AND c.number = @number");
            Sql.Add(command, "number", number);
            return;
        }
        // lower() of SQLite knows only ASCII: the text as it was typed is tried too.
        sql.Append(@" AND (lower(c.title) LIKE @folded ESCAPE '\' OR lower(p.name) LIKE @folded ESCAPE '\' OR c.title LIKE @typed ESCAPE '\' OR p.name LIKE @typed ESCAPE '\')");
        var pattern = "%" + text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + "%";
        Sql.Add(command, "folded", pattern.ToLowerInvariant());
        Sql.Add(command, "typed", pattern);
    }

    private CaseLine Line(DbDataReader r, int part) => new()
    {
        Key = new(part, Time(r, 1), Sql.ReadGuid(r, 0)),
        Number = r.GetInt64(2),
        State = EnumNames<CaseState>.Parse(r.GetString(3)),
        Severity = EnumNames<Severity>.Parse(r.GetString(4)),
        Title = Word(r, 5),
        TeamId = Id(r, 6),
        AssigneeId = Id(r, 7),
        SourceId = Sql.ReadGuid(r, 8),
        Channel = EnumNames<Channel>.Parse(r.GetString(9)),
        Touchpoint = Word(r, 10),
        Language = Word(r, 11),
        ContactId = Id(r, 12),
        ContactName = Word(r, 13),
        SignalCount = r.GetInt32(14),
        OpenedAt = Sql.ReadTime(r, 15),
        UpdatedAt = Sql.ReadTime(r, 16),
        SnoozedUntil = Time(r, 17),
        Breached = Sql.ReadBool(r, 18),
        Verification = EnumNames<VerificationState>.Parse(r.GetString(19)),
        Version = r.GetInt64(20),
    };

    private Guid? Id(DbDataReader r, int i) => r.IsDBNull(i) ? null : Sql.ReadGuid(r, i);
    private DateTimeOffset? Time(DbDataReader r, int i) => r.IsDBNull(i) ? null : Sql.ReadTime(r, i);
    private static string? Word(DbDataReader r, int i) => r.IsDBNull(i) ? null : r.GetString(i);
}
