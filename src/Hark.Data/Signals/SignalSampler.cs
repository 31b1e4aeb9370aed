using Hark.Data.Queries;
using Hark.Data.Store;
using Hark.Domain.Common;

namespace Hark.Data.Signals;

/// <summary>One signal, as counts and charts need it.</summary>
/// <param name="ScoreMilli">The score in thousandths; null without a rating.</param>
/// <param name="Columns">What is stored in the columns of <see cref="SignalSampler.Dimensions"/>, in their order.</param>
public sealed record SampledSignal(DateTimeOffset OccurredAt, Guid? ContactId, int? ScoreMilli, bool? Negative, IReadOnlyList<string?> Columns)
{
    /// <summary>The values of one of <see cref="SignalSampler.Dimensions"/>, by its place there; several where a signal has several.</summary>
    public IEnumerable<string> Values(int dimension) => Columns[dimension] is not { } stored ? []
        : SignalSampler.Dimensions[dimension] is { HasSeveral: true } several ? several.Split(stored) : [stored];
}

/// <summary>The newest signals that match.</summary>
/// <param name="Since">All that match from here on are among them; null where all of the period are.</param>
public sealed record SignalSample(IReadOnlyList<SampledSignal> Signals, DateTimeOffset? Since)
{
    public bool IsWhole => Since is null;
}

/// <summary>
/// Looks at the newest signals of a period, at most <see cref="Most"/> of them, whether they match or not: what cannot be read from aggregates is counted among these. So a
/// page costs the same however many signals there are, and says how far back it looked.
/// </summary>
public sealed class SignalSampler(HarkStore store)
{
    /// <summary>What bounds the cost of a page, however many signals match.</summary>
    public const int Most = 10_000;

    /// <summary>What is read of each signal, by place.</summary>
    public static IReadOnlyList<SignalDimension> Dimensions { get; } = [.. Aggregates.Dimensions.Names.Select(n => SignalDimension.All[n])];

    private static readonly string Columns = string.Join(", ", ["s.occurred_at", "s.contact_id", "s.score_milli", "s.negative", .. Dimensions.Select(d => d.Sql)]);

    /// <param name="filter">With words to be found, <see cref="SignalFilter.MostMatches"/> is what bounds the look.</param>
    public async Task<SignalSample> ReadAsync(Guid workspaceId, DateTimeOffset from, DateTimeOffset to, SignalFilter filter, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        var edge = await EdgeAsync(db, workspaceId, from, to, filter, cancellation);
        var query = new SignalListQuery(workspaceId, edge ?? from, to, filter, null, Most + 1);
        await using var command = await query.ToCommandAsync(db, store.Dialect, cancellation, Columns);
        var signals = new List<SampledSignal>();
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation)) signals.Add(Read(reader));
        if (signals.Count <= Most) return new(signals, edge ?? (await SearchIsCutAsync(db, workspaceId, filter, cancellation) ? signals.Count > 0 ? signals[^1].OccurredAt : to : null));
        signals.RemoveAt(Most);
        return new(signals, signals[^1].OccurredAt);
    }

    /// <summary>Where the look ends that a filter needs which passes rows over: the time of the signal so many rows back. Null where the period has fewer, or where an index finds what matches.</summary>
    /// <remarks>One walk of a covering index.</remarks>
    public async Task<DateTimeOffset?> EdgeAsync(Guid workspaceId, DateTimeOffset from, DateTimeOffset to, SignalFilter filter, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        return await EdgeAsync(db, workspaceId, from, to, filter, cancellation);
    }

    private async Task<DateTimeOffset?> EdgeAsync(HarkDbContext db, Guid workspaceId, DateTimeOffset from, DateTimeOffset to, SignalFilter filter, CancellationToken cancellation)
    {
        if (filter.NamesWords || filter.Account is not null || filter.IsEmpty) return null;
        var sql = new SqlConditions(store.Dialect);
        var table = "signals";
        if (new SignalListQuery(workspaceId, from, to, filter, null, 1).DrivingLabel() is var (dimension, value))
        {
            table = "signal_labels";
            sql.Add($"o.kind = '{EnumNames<Model.LabelKind>.Of(dimension.Label!.Value)}'");
            sql.Add($"o.label = {sql.Value(value)}");
        }
        sql.Add($"o.occurred_at >= {sql.Value(from)}");
        sql.Add($"o.occurred_at < {sql.Value(to)}");
        await using var command = await db.CommandAsync(
            $"SELECT o.occurred_at FROM {table} o WHERE o.workspace_id = @workspace{sql} ORDER BY o.occurred_at DESC, o.signal_id DESC LIMIT 1 OFFSET {Most}", cancellation);
        store.Dialect.Add(command, "workspace", workspaceId);
        sql.Bind(command);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? store.Dialect.ReadTime(reader, 0) : null;
    }

    /// <summary>Whether more signals have the words than were looked at.</summary>
    private async Task<bool> SearchIsCutAsync(HarkDbContext db, Guid workspaceId, SignalFilter filter, CancellationToken cancellation)
    {
        if (filter is not { Search: { } terms, MostMatches: { } most }) return false;
        await using var command = await db.CommandAsync($"SELECT COUNT(*) FROM ({store.Dialect.Search.MatchingNewest("@words", most + 1)}) m", cancellation);
        store.Dialect.Add(command, "workspace", workspaceId);
        store.Dialect.Add(command, "words", store.Dialect.Search.Query(terms));
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellation), System.Globalization.CultureInfo.InvariantCulture) > most;
    }

    private SampledSignal Read(System.Data.Common.DbDataReader row)
    {
        var columns = new string?[Dimensions.Count];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = Dimensions[i].Type == ColumnType.Uuid ? Aggregates.Dimensions.SourceValue(store.Dialect.ReadGuid(row, i + 4)) : row.Text(i + 4);
        return new(store.Dialect.ReadTime(row, 0), store.Dialect.Id(row, 1), (int?)row.Whole(2), store.Dialect.Truth(row, 3), columns);
    }
}
