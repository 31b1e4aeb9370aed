using Hark.Data.Aggregates;
using Hark.Data.Signals;
using Hark.Domain.Statistics;

namespace Hark.Data.Metrics;

/// <summary>Where a stretch of time is read.</summary>
public enum PieceKind { Days, Hours, Facts }

/// <summary>A stretch of time that one kind of row covers exactly.</summary>
/// <param name="Bucket">The bucket it lies in; null where it spans several and each row tells its own.</param>
public readonly record struct Piece(PieceKind Kind, int? Bucket, DateTimeOffset From, DateTimeOffset To);

/// <summary>
/// How a query is answered. From aggregates where grouping and filters together touch one dimension at most: the days of the workspace's zone that lie wholly in a
/// bucket, then whole UTC hours, and what is left at the edges from the facts. Everything else from the facts. Pure.
/// </summary>
/// <param name="Dimension">The dimension whose aggregates are read; null for the facts alone.</param>
/// <param name="Pieces">In order, together the whole period.</param>
public sealed record MetricPlan(string? Dimension, IReadOnlyList<Piece> Pieces)
{
    /// <summary>With more pieces than this, rows of neighbouring buckets are read together and put apart afterwards.</summary>
    private const int FewPieces = 48;

    public static MetricPlan Of(MetricQuery query)
    {
        var dimension = DimensionOf(query);
        if (dimension is null) return new(null, [.. query.Buckets.Select((b, i) => new Piece(PieceKind.Facts, i, b.Start, b.End))]);
        var days = new ZoneDays(query.WorkspaceZone);
        var pieces = query.Buckets.SelectMany((b, i) => Cut(b, i, days)).ToList();
        return new(dimension, pieces.Count <= FewPieces ? pieces : Join(pieces));
    }

    /// <summary>The one dimension in play (<see cref="Dimensions.All"/> for none), or null where aggregates cannot tell.</summary>
    private static string? DimensionOf(MetricQuery query)
    {
        if (!query.Filter.OnlyValues) return null;
        var touched = query.GroupBy.Union(query.Filter.Values.Keys, StringComparer.Ordinal).ToList();
        if (touched.Count > 1) return null;
        if (touched.Count == 0) return Dimensions.All;
        // A signal with two of the wanted topics would count twice in their sum; in groups of their own it should.
        var summed = query.GroupBy.Count == 0 && query.Filter.Values[touched[0]].Count > 1;
        return summed && SignalDimension.All[touched[0]].HasSeveral ? null : touched[0];
    }

    /// <summary>Days where they leave no more for the facts than hours would: in zones off by half an hour only at edges that are ragged anyway.</summary>
    private static List<Piece> Cut(TimeBucket bucket, int index, ZoneDays days)
    {
        var withDays = CutWithDays(bucket, index, days);
        if (withDays.TrueForAll(p => p.Kind != PieceKind.Facts)) return withDays;
        var hoursOnly = new List<Piece>();
        CutHours(hoursOnly, index, bucket.Start, bucket.End);
        return FactTime(withDays) <= FactTime(hoursOnly) ? withDays : hoursOnly;
    }

    private static List<Piece> CutWithDays(TimeBucket bucket, int index, ZoneDays days)
    {
        var pieces = new List<Piece>();
        var last = days.StartOf(bucket.End);
        var first = days.StartOf(bucket.Start) == bucket.Start ? bucket.Start : days.EndOf(bucket.Start);
        if (first >= last)
        {
            CutHours(pieces, index, bucket.Start, bucket.End);
            return pieces;
        }
        CutHours(pieces, index, bucket.Start, first);
        pieces.Add(new(PieceKind.Days, index, first, last));
        CutHours(pieces, index, last, bucket.End);
        return pieces;
    }

    private static void CutHours(List<Piece> pieces, int index, DateTimeOffset from, DateTimeOffset to)
    {
        var (first, last) = (Ceiling(from), Floor(to));
        if (first >= last)
        {
            Add(pieces, PieceKind.Facts, index, from, to);
            return;
        }
        Add(pieces, PieceKind.Facts, index, from, first);
        Add(pieces, PieceKind.Hours, index, first, last);
        Add(pieces, PieceKind.Facts, index, last, to);
    }

    private static void Add(List<Piece> pieces, PieceKind kind, int index, DateTimeOffset from, DateTimeOffset to)
    {
        if (from < to) pieces.Add(new(kind, index, from, to));
    }

    /// <summary>Neighbours of aggregates become one piece: each of their rows lies in one bucket. Facts stay apart, for only the database knows when each occurred.</summary>
    private static List<Piece> Join(List<Piece> pieces)
    {
        var joined = new List<Piece>();
        foreach (var piece in pieces)
        {
            if (piece.Kind == PieceKind.Facts) joined.Add(piece);
            else if (joined.Count > 0 && joined[^1] is { Kind: var kind, To: var to } && kind == piece.Kind && to == piece.From) joined[^1] = joined[^1] with { To = piece.To };
            else joined.Add(piece with { Bucket = null });
        }
        return joined;
    }

    private static long FactTime(List<Piece> pieces) => pieces.Where(p => p.Kind == PieceKind.Facts).Sum(p => (p.To - p.From).Ticks);

    private static DateTimeOffset Floor(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    private static DateTimeOffset Ceiling(DateTimeOffset time) => Floor(time.AddTicks(TimeSpan.TicksPerHour - 1));
}
