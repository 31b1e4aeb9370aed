using System.Data.Common;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Domain.Common;

namespace Hark.Data.Aggregates;

/// <summary>The columns of <c>aggregate_cells</c>, side by side with how a row of sums is read.</summary>
public static class AggregateColumns
{
    /// <summary>The additive columns, in the order in which <see cref="ReadMeasures"/> expects them.</summary>
    public static IReadOnlyList<string> Measures { get; } =
    [
        "signals", "comments", "judged", "negatives", "scored", "score_sum", "score_squares", "nps_count", "promoters", "detractors",
        "csat_count", "csat_sum", "csat_squares", "csat_top", "ces_count", "ces_sum", "ces_squares", "ces_top",
    ];

    public static Columns<AggregateCell> All { get; } = new Columns<AggregateCell>()
        .Uuid("workspace_id", c => c.WorkspaceId).Text("grain", c => EnumNames<AggregateGrain>.Of(c.Grain)).Text("dimension", c => c.Dimension)
        .Time("bucket_at", c => c.BucketAt).Text("value", c => c.Value).Int("shard", c => c.Shard)
        .Long("signals", c => c.Signals).Long("comments", c => c.Comments).Long("judged", c => c.Judged).Long("negatives", c => c.Negatives)
        .Long("scored", c => c.Scored).Long("score_sum", c => c.ScoreSum).Long("score_squares", c => c.ScoreSquares)
        .Long("nps_count", c => c.NpsCount).Long("promoters", c => c.Promoters).Long("detractors", c => c.Detractors)
        .Long("csat_count", c => c.CsatCount).Long("csat_sum", c => c.CsatSum).Long("csat_squares", c => c.CsatSquares).Long("csat_top", c => c.CsatTop)
        .Long("ces_count", c => c.CesCount).Long("ces_sum", c => c.CesSum).Long("ces_squares", c => c.CesSquares).Long("ces_top", c => c.CesTop);

    /// <summary>Reads the measures from <paramref name="first"/> on.</summary>
    public static void ReadMeasures(DbDataReader reader, int first, AggregateCell into)
    {
        into.Signals = reader.GetInt64(first);
        into.Comments = reader.GetInt64(first + 1);
        into.Judged = reader.GetInt64(first + 2);
        into.Negatives = reader.GetInt64(first + 3);
        into.Scored = reader.GetInt64(first + 4);
        into.ScoreSum = reader.GetInt64(first + 5);
        into.ScoreSquares = reader.GetInt64(first + 6);
        into.NpsCount = reader.GetInt64(first + 7);
        into.Promoters = reader.GetInt64(first + 8);
        into.Detractors = reader.GetInt64(first + 9);
        into.CsatCount = reader.GetInt64(first + 10);
        into.CsatSum = reader.GetInt64(first + 11);
        into.CsatSquares = reader.GetInt64(first + 12);
        into.CsatTop = reader.GetInt64(first + 13);
        into.CesCount = reader.GetInt64(first + 14);
        into.CesSum = reader.GetInt64(first + 15);
        into.CesSquares = reader.GetInt64(first + 16);
        into.CesTop = reader.GetInt64(first + 17);
    }
}
