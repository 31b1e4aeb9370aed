using Hark.Data.Store;

namespace Hark.Data.Intake;

/// <summary>How many signals persons sent within the last days, for rules that ask. Loaded only when one does.</summary>
internal sealed class ContactWindows(Guid workspaceId, Statements db)
{
    private readonly Dictionary<Guid, List<DateTimeOffset>> _times = [];

    /// <param name="canonicalIds">The persons asked for.</param>
    /// <param name="since">The longest window's beginning.</param>
    public Task LoadAsync(IReadOnlyCollection<Guid> canonicalIds, DateTimeOffset since, CancellationToken cancellation)
    {
        if (canonicalIds.Count == 0) return Task.CompletedTask;
        var d = db.Dialect;
        var sql = $"""
            SELECT p.canonical_id, s.occurred_at FROM (
                SELECT c.contact_id, c.canonical_id FROM {d.Seek("contacts", "c", "ids", ColumnType.Uuid, id => $"c.workspace_id = @workspace AND c.contact_id = {id}")}
                UNION
                SELECT c.contact_id, c.canonical_id
                FROM {d.Seek("contacts", "c", "ids", ColumnType.Uuid, id => $"c.workspace_id = @workspace AND c.canonical_id = {id} AND c.canonical_id <> c.contact_id")}) p
            JOIN signals s ON s.workspace_id = @workspace AND s.contact_id = p.contact_id AND s.occurred_at >= @since
            """;
        return db.QueryAsync(sql, command =>
        {
            d.Add(command, "workspace", workspaceId);
            d.AddArray(command, "ids", ColumnType.Uuid, canonicalIds);
            d.Add(command, "since", since);
        }, row => Add(d.ReadGuid(row, 0), d.ReadTime(row, 1)), cancellation);
    }

    /// <summary>Counts a signal of the group itself.</summary>
    public void Add(Guid canonicalId, DateTimeOffset occurredAt)
    {
        if (!_times.TryGetValue(canonicalId, out var times)) _times[canonicalId] = times = [];
        times.Add(occurredAt);
    }

    /// <summary>When each person's signals occurred.</summary>
    public IReadOnlyDictionary<Guid, List<DateTimeOffset>> All => _times;

    public int Count(Guid canonicalId, DateTimeOffset since) => _times.TryGetValue(canonicalId, out var times) ? times.Count(t => t >= since) : 0;
}
