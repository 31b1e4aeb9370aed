using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Domain.Common;
using Hark.Domain.Signals;

namespace Hark.Data.Aggregates;

/// <summary>
/// The differences by which a group of signals moves the aggregates of one workspace, merged so that each cell is written once. A pure function of the
/// facts: rebuilding from the stored signals gives the same cells.
/// </summary>
public sealed class AggregateDeltas(Guid workspaceId, ZoneDays days, int shard)
{
    private readonly Dictionary<(AggregateGrain Grain, string Dimension, long Bucket, string Value), AggregateCell> _cells = [];
    private readonly List<(string Dimension, string Value)> _values = [];

    /// <summary>Every cell that moves. Those whose differences cancelled out are left out.</summary>
    public IReadOnlyList<AggregateCell> Cells => [.. _cells.Values.Where(c => !IsZero(c))];

    public void Add(Signal signal) => Move(signal, 1);

    public void Remove(Signal signal) => Move(signal, -1);

    private void Move(Signal signal, int sign)
    {
        Dimensions.Of(signal, _values);
        var hour = signal.OccurredAt.HourStart();
        var day = days.StartOf(signal.OccurredAt);
        foreach (var (dimension, value) in _values)
        {
            Move(Cell(AggregateGrain.Hour, dimension, hour, value), signal, sign);
            Move(Cell(AggregateGrain.Day, dimension, day, value), signal, sign);
        }
    }

    private AggregateCell Cell(AggregateGrain grain, string dimension, DateTimeOffset bucket, string value)
    {
        var key = (grain, dimension, bucket.UtcTicks, value);
        if (_cells.TryGetValue(key, out var cell)) return cell;
        return _cells[key] = new AggregateCell { WorkspaceId = workspaceId, Grain = grain, Dimension = dimension, BucketAt = bucket, Value = value, Shard = shard };
    }

    private static void Move(AggregateCell cell, Signal signal, int sign)
    {
        cell.Signals += sign;
        if (signal.HasText) cell.Comments += sign;
        if (signal.Negative is { } negative)
        {
            cell.Judged += sign;
            if (negative) cell.Negatives += sign;
        }
        if (signal.ScoreMilli is { } score)
        {
            cell.Scored += sign;
            cell.ScoreSum += sign * (long)score;
            cell.ScoreSquares += sign * (long)score * score;
        }
        MoveScale(cell, signal, sign);
    }

    private static void MoveScale(AggregateCell cell, Signal signal, int sign)
    {
        var value = (long)(signal.RatingValue ?? 0);
        switch (signal.RatingScale)
        {
            case RatingScale.Nps:
                cell.NpsCount += sign;
                if (value >= 9) cell.Promoters += sign;
                if (value <= 6) cell.Detractors += sign;
                break;
            case RatingScale.Csat:
                cell.CsatCount += sign;
                cell.CsatSum += sign * value;
                cell.CsatSquares += sign * value * value;
                if (value >= 4) cell.CsatTop += sign;
                break;
            case RatingScale.Ces:
                cell.CesCount += sign;
                cell.CesSum += sign * value;
                cell.CesSquares += sign * value * value;
                if (value >= 5) cell.CesTop += sign;
                break;
        }
    }

    private static bool IsZero(AggregateCell c) =>
        (c.Signals | c.Comments | c.Judged | c.Negatives | c.Scored | c.ScoreSum | c.ScoreSquares | c.NpsCount | c.Promoters | c.Detractors
            | c.CsatCount | c.CsatSum | c.CsatSquares | c.CsatTop | c.CesCount | c.CesSum | c.CesSquares | c.CesTop) == 0;

    /// <summary>Adds the differences to the stored cells.</summary>
    public static BulkInsert<AggregateCell> Upsert { get; } = new("aggregate_cells",
        AggregateColumns.All, "ON CONFLICT (workspace_id, grain, dimension, bucket_at, value, shard) DO UPDATE SET " +
        string.Join(", ", AggregateColumns.Measures.Select(m => $"{m} = aggregate_cells.{m} + excluded.{m}")));
}
