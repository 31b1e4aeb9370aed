using Hark.Data.Store;

namespace Hark.Data.Intake;

/// <summary>
/// Case numbers, reserved in blocks so that nodes seldom meet at the counter's row. A number may be lost (a rolled back group, a stopped node): they rise, with gaps.
/// </summary>
public sealed class CaseNumbers
{
    private const int Block = 100;
    private readonly Dictionary<Guid, (long Next, long End)> _reserved = [];

    /// <summary>Makes sure that so many numbers can be handed out. Inside the transaction: when it fails, call <see cref="Forget"/>.</summary>
    public async Task ReserveAsync(Statements db, Guid workspaceId, int count, CancellationToken cancellation)
    {
        var (next, end) = _reserved.GetValueOrDefault(workspaceId);
        if (end - next >= count) return;
        var size = Math.Max(Block, count);
        var first = await TakeAsync(db, workspaceId, size, cancellation);
        _reserved[workspaceId] = (first, first + size);
    }

    /// <summary>Takes so many numbers for good, unless the transaction is rolled back.</summary>
    /// <returns>The first of them.</returns>
    public static async Task<long> TakeAsync(Statements db, Guid workspaceId, int count, CancellationToken cancellation)
    {
        long last = 0;
        await db.QueryAsync(
            """
            INSERT INTO counters (workspace_id, name, value) VALUES (@workspace, 'case', @size)
            ON CONFLICT (workspace_id, name) DO UPDATE SET value = counters.value + excluded.value RETURNING value
            """,
            command =>
            {
                db.Dialect.Add(command, "workspace", workspaceId);
                db.Dialect.Add(command, "size", (long)count);
            },
            row => last = row.GetInt64(0), cancellation);
        return last - count + 1;
    }

    public long Next(Guid workspaceId)
    {
        var (next, end) = _reserved[workspaceId];
        _reserved[workspaceId] = (next + 1, end);
        return next;
    }

    /// <summary>The reservation may have been rolled back.</summary>
    public void Forget() => _reserved.Clear();
}

/// <summary>Who in each team got the last case by turns. In memory: after a restart the turn begins anew, which is as fair.</summary>
public sealed class TurnOfTeams
{
    private readonly Dictionary<Guid, Guid> _last = [];

    public Guid? Last(Guid teamId) => _last.TryGetValue(teamId, out var member) ? member : null;

    public void Chose(Guid teamId, Guid memberId) => _last[teamId] = memberId;
}
