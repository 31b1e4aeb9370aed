using Hark.Data.Aggregates;
using Hark.Data.Metrics;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Insight;
using Hark.Domain.Signals.Mapping;
using Hark.Web.Features.Imports.Reading;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Documents;
using Hark.Web.Infrastructure.Problems;

namespace Hark.Web.Features.Insight.Api;

/// <summary>What is declared for insight: the customer base, the weights of the index, and figures of competitors.</summary>
internal static class BenchmarkEndpoints
{
    private static readonly EditedDocument Benchmarks = new(DocumentKind.Benchmarks, "/benchmarks", "Insight", "Benchmarks", "benchmarks of competitors",
        (_, json) => BenchmarkSet.Parse(json) is var read && read.Error is { } error ? error : read.Value.ToJson(), _ => BenchmarkSet.None.ToJson());

    private static readonly EditedDocument Base = new(DocumentKind.CustomerBase, "/customer-base", "Insight", "CustomerBase", "customer base that answers are weighted to",
        (_, json) => CustomerBase.Parse(json, Dimensions.Names) is var read && read.Error is { } error ? error : read.Value.ToJson(), _ => CustomerBase.None.ToJson());

    private static readonly EditedDocument Weights = new(DocumentKind.Quality, "/quality-weights", "Insight", "QualityWeights", "weights of the experience quality index",
        (_, json) => QualityWeights.Parse(json) is var read && read.Error is { } error ? error : read.Value.ToJson(), _ => QualityWeights.Usual.ToJson());

    public static void MapBenchmarks(this IEndpointRouteBuilder app)
    {
        foreach (var document in new[] { Benchmarks, Base, Weights }) app.MapDocument(document);
        app.MapApi("/benchmarks/import", "Insight").MapPost("", ImportAsync).Operation("ImportBenchmarks", "Replace the benchmarks of competitors by a CSV file", Policies.Configure)
            .WithDescription("Columns competitor, metric (nps, csat, score, negative_rate), date, value and, where known, n, touchpoint, note. Errors name the line; with any error nothing is stored.")
            .Accepts<string>("text/csv").Produces<DocumentView>();
    }

    /// <summary>Those of the whole, in the unit of the metric.</summary>
    public static IReadOnlyList<Benchmark> Of(WorkspaceSnapshot workspace, Metric metric) =>
        workspace.Documents.TryGetValue(DocumentKind.Benchmarks, out var document) && BenchmarkSet.Parse(document.Document) is { Ok: true } read
            ? [.. read.Value.Benchmarks.Where(b => b.Metric == EnumNames<Metric>.Of(metric) && b.Touchpoint is null).OrderBy(b => b.Competitor, StringComparer.Ordinal).ThenBy(b => b.Date)]
            : [];

    private static Result<BenchmarkSet> Read(Stream csv)
    {
        try
        {
            using var reader = new CsvRecordReader(csv, null, '"', new HeaderRows(1, 0, false));
            var rows = new List<IReadOnlyList<string>> { reader.Columns };
            while (reader.Read())
            {
                if (reader.Defect is { } defect) return Error.Invalid(FormattableString.Invariant($"line {reader.Line}"), defect);
                rows.Add([.. reader.Columns.Select((_, i) => reader.Cell(i).ToString())]);
            }

            return BenchmarkSet.FromRows(rows);
        }
        catch (BrokenFileException broken)
        {
            return Error.Invalid("line 1", broken.Message);
        }
    }

    private static async Task<IResult> ImportAsync(Caller caller, HttpRequest http, DocumentDesk desk, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        await http.Body.CopyToAsync(body, cancellation);
        body.Position = 0;
        var set = Read(body);
        if (set.Error is { } error) return error.ToProblem();
        return (await desk.SaveAsync(Benchmarks, caller.Workspace, set.Value.ToJson(), null, caller.Actor, cancellation)).ToOk(DocumentView.Of);
    }
}
