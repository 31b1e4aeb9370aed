using System.Data.Common;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Domain.Common;

namespace Hark.Data.Signals;

/// <summary>A page of signals, newest first.</summary>
/// <param name="From">Inclusive; null for the beginning.</param>
/// <param name="To">Exclusive; null for no end.</param>
/// <param name="After">Occurrence and id of the last signal of the page before.</param>
/// <param name="Take">Most rows.</param>
/// <remarks>
/// In the order of the index on occurrence and id, so a page costs its own rows and those that the filter passes over; of one topic, tag or segment, in the order
/// of the label's index, so it costs its own rows only.
/// </remarks>
public sealed record SignalListQuery(Guid WorkspaceId, DateTimeOffset? From, DateTimeOffset? To, SignalFilter Filter, (DateTimeOffset At, Guid Id)? After, int Take)
{
    /// <summary>What <see cref="SignalColumns.Read"/> takes, then text and answers.</summary>
    internal static string Columns { get; } = SignalColumns.Select + ", v.text, v.answers";

    private const string Words = "LEFT JOIN verbatims v ON v.workspace_id = s.workspace_id AND v.signal_id = s.signal_id";

    internal const string Facts = "FROM signals s " + Words;

    /// <param name="columns">What is read of each signal <c>s</c> instead of <see cref="Columns"/>; its words <c>v</c> are not there then.</param>
    internal async Task<DbCommand> ToCommandAsync(HarkDbContext db, ISqlDialect dialect, CancellationToken cancellation, string? columns = null)
    {
        var label = DrivingLabel();
        var order = label is null ? "s" : "o";
        var sql = await Filter.ToSqlAsync(db, dialect, WorkspaceId, cancellation, without: label?.Dimension.Name);
        if (From is { } from) sql.Add($"{order}.occurred_at >= {sql.Value(from)}");
        if (To is { } to) sql.Add($"{order}.occurred_at < {sql.Value(to)}");
        if (After is var (at, id)) sql.Add($"({order}.occurred_at, {order}.signal_id) < ({sql.Value(at)}, {sql.Value(id)})");
        var tables = "FROM signals s";
        if (label is var (dimension, value))
        {
            tables = "FROM signal_labels o JOIN signals s ON s.workspace_id = o.workspace_id AND s.signal_id = o.signal_id";
            sql.Add($"o.kind = '{EnumNames<LabelKind>.Of(dimension.Label!.Value)}'");
            sql.Add($"o.label = {sql.Value(value)}");
        }
        var command = await db.CommandAsync($"""
            SELECT {columns ?? Columns}
            {tables} {(columns is null ? Words : "")}
            WHERE {order}.workspace_id = @workspace{sql}
            ORDER BY {order}.occurred_at DESC, {order}.signal_id DESC LIMIT @take
            """, cancellation);
        dialect.Add(command, "workspace", WorkspaceId);
        dialect.Add(command, "take", Take);
        sql.Bind(command);
        return command;
    }

    /// <summary>The label whose index gives the order, where one is asked for.</summary>
    internal (SignalDimension Dimension, string Value)? DrivingLabel()
    {
        foreach (var (name, values) in Filter.Values)
            if (values is [var value] && SignalDimension.All[name] is { HasSeveral: true } dimension) return (dimension, value);
        return null;
    }
}
