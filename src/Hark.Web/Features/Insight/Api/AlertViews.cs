using Hark.Data.Aggregates;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Web.Infrastructure;

namespace Hark.Web.Features.Insight.Api;

/// <summary>Something that rose beyond what was usual, with the evidence as it was when it fired.</summary>
/// <param name="Dimension">What was watched: <c>all</c>, touchpoint, location, sku, source, issue or topic.</param>
/// <param name="OpenedAt">When it was noticed; of what happened before the first look, the end of the day.</param>
/// <param name="ClosedAt">When a whole week was usual again; null while it lasts.</param>
/// <param name="Days">How many days, up to <paramref name="Day"/>, were looked at together.</param>
/// <param name="Observed">Signals in them; <paramref name="Expected"/> those that were usual.</param>
/// <param name="Exposure">Signals among which they were counted.</param>
/// <param name="P">Chance of so many, were nothing different.</param>
public sealed record AlertView(Guid AlertId, AlertMeasure Measure, string Dimension, string Value, DateTimeOffset Day, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt,
    int Days, double Observed, double Expected, double Exposure, double P)
{
    internal static AlertView Of(WorkspaceSnapshot workspace, Alert a) => new(
        a.AlertId, a.Measure, a.Dimension, Shown(workspace, a), a.Day, a.OpenedAt, a.ClosedAt, a.Days, a.Observed, a.Expected, a.Exposure, a.P);

    internal static string CsvHead { get; } = CsvText.Line("opened_at", "closed_at", "measure", "dimension", "value", "day", "days", "observed", "expected", "exposure", "p");

    internal string ToCsv() => CsvText.Line(OpenedAt, ClosedAt, Measure, Dimension, Value, Day, Days, Observed, Expected, Exposure, P);

    private static string Shown(WorkspaceSnapshot workspace, Alert alert) =>
        alert.Dimension == Dimensions.Source && Guid.TryParseExact(alert.Value, "N", out var id) && workspace.SourceById.TryGetValue(id, out var source) ? source.Name : alert.Value;
}
