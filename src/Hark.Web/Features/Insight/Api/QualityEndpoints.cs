using Hark.Data.Insight;
using Hark.Domain.Common;
using Hark.Domain.Insight;
using Hark.Web.Features.Insight.Drawings;
using Hark.Web.Features.Signals;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Problems;

namespace Hark.Web.Features.Insight.Api;

/// <summary>The experience quality index by unit, the lowest first.</summary>
public sealed record QualityIndexAnswer(QualityUnit By, DateTimeOffset From, DateTimeOffset To, QualityWeights Weights, DateTimeOffset? Since, IReadOnlyList<QualityRowView> Rows)
{
    internal static QualityIndexAnswer Of(InsightPeriod period, QualityAnswer answer) =>
        new(answer.By, period.From, period.To, answer.Weights, answer.Since, [.. answer.Rows.Select(QualityRowView.Of)]);

    internal string ToCsv() => string.Concat(
    [
        CsvText.Line("unit", "n", "index", "low", "high", "before", "change", "parts", "moved"),
        .. Rows.Select(r => CsvText.Line(r.Unit, r.N, r.Index, r.Low, r.High, r.Before, r.Change,
            string.Join("; ", r.Parts.Select(p => FormattableString.Invariant($"{p.Kind} {p.Score:0.00} x {p.Share:0.00}"))),
            string.Join("; ", r.Moved.Select(m => FormattableString.Invariant($"{m.Kind} {m.Within:0.00} {m.Mix:0.00}"))))),
    ]);
}

/// <summary>One unit.</summary>
/// <param name="Index">0 to 100; null where too few signals were heard.</param>
/// <param name="Before">The index of the period of equal length before.</param>
/// <param name="Moved">What moved it: parts that add up to the change.</param>
public sealed record QualityRowView(string Unit, long N, double? Index, double? Low, double? High, bool Suppressed, double? Before, double? Change, IReadOnlyList<QualityPartView> Parts, IReadOnlyList<QualityMoveView> Moved)
{
    internal static QualityRowView Of(QualityRow r) => new(
        r.Unit, r.N, r.Value?.Index.Value, r.Value?.Index.Low, r.Value?.Index.High, r.N > 0 && r.Value is null, r.Before?.Index.Value, r.Value?.Index.Value - r.Before?.Index.Value,
        [.. (r.Value?.Parts ?? []).Select(p => new QualityPartView(p.Kind, p.Share, p.Score, p.Raw, p.Count))], [.. r.Moved.Select(m => new QualityMoveView(m.Key, m.Within, m.Mix))]);
}

/// <summary>What a kind of signal says: its share of the index, its score drawn towards the workspace's for small counts, and the plain mean.</summary>
public sealed record QualityPartView(string Kind, double Share, double Score, double Mean, long N);

/// <summary>What a kind did to the change: by being better or worse, and by counting for more or less.</summary>
public sealed record QualityMoveView(string Kind, double Within, double Mix);

internal static class QualityEndpoints
{
    private static readonly QueryParameter[] Parameters =
    [
        new("by", $"{EnumNames<QualityUnit>.Choices}; touchpoint if left out. A stage is one of the journeys, a team the owner of the sources."),
        .. SignalFilterDescription.Period, new("zone", "IANA time zone of dates; the workspace's if left out."), .. SignalFilterDescription.Filters,
    ];

    public static void MapQuality(this IEndpointRouteBuilder app)
    {
        app.MapApi("/quality", "Insight").MapGet("", JsonAsync).Operation("GetQuality", "Get the experience quality index by unit", Policies.Read)
            .WithDescription("Direct, indirect and inferred signals in one number, by declared weights (/quality-weights). Each kind's mean is drawn towards the workspace's as by twenty average signals more. Of one person at most the newest five "
                + "signals count. With what moved it since the period before. 90 days if no period is given.")
            .WithParameters(Parameters).Produces<QualityIndexAnswer>();
        app.MapApi("/quality.csv", "Insight").MapGet("", CsvAsync).Operation("ExportQuality", "Export the experience quality index as CSV", Policies.Read)
            .WithParameters(Parameters).Produces<string>(contentType: "text/csv");
        app.MapApi("/quality.svg", "Insight").MapGet("", SvgAsync).Operation("DrawQuality", "Draw the experience quality index by unit", Policies.Read)
            .WithParameters(Parameters).Produces<string>(contentType: "image/svg+xml");
    }

    private static async Task<IResult> JsonAsync(Caller caller, HttpRequest http, QualityReader reader, TimeProvider time, CancellationToken cancellation) =>
        (await ReadAsync(caller, http, reader, time, cancellation)).ToOk();

    internal static async Task<IResult> CsvAsync(Caller caller, HttpRequest http, QualityReader reader, TimeProvider time, CancellationToken cancellation) =>
        (await ReadAsync(caller, http, reader, time, cancellation)).ToCsv(a => a.ToCsv(), "quality.csv");

    internal static async Task<IResult> SvgAsync(Caller caller, HttpRequest http, QualityReader reader, TimeProvider time, CancellationToken cancellation) =>
        (await ReadAsync(caller, http, reader, time, cancellation)).ToSvg(InsightDrawings.Of, "quality.svg");

    internal static async Task<Result<QualityIndexAnswer>> ReadAsync(Caller caller, HttpRequest http, QualityReader reader, TimeProvider time, CancellationToken cancellation)
    {
        var query = http.Parameters();
        var by = QualityUnit.Touchpoint;
        if (query.One("by") is { } name && !EnumNames<QualityUnit>.TryParse(name, out by)) query.Errors.Add("by", $"must be {EnumNames<QualityUnit>.Choices}");
        var period = InsightPeriod.Read(query, caller.Workspace, caller.TeamScope, time.Now());
        query.RefuseUnknown();
        if (query.Error is { } error) return error;
        return QualityIndexAnswer.Of(period, await reader.ReadAsync(caller.Workspace, period, by, cancellation));
    }
}
