using System.Globalization;
using Hark.Data.Aggregates;
using Hark.Data.Insight;
using Hark.Data.Model;
using Hark.Data.Signals;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Microsoft.AspNetCore.Http.Extensions;

namespace Hark.Web.Features.Insight;

/// <summary>Addresses of the pages of insight, with the question in them.</summary>
internal static class InsightLinks
{
    public const string Where = "/pulse/where", Drivers = "/pulse/drivers", Quality = "/pulse/quality", Weighted = "/pulse/weighted", Control = "/pulse/control", Risk = "/pulse/risk";

    /// <summary>The pages, in the order in which they are shown, by the names of their titles.</summary>
    public static IReadOnlyList<(string Name, string Path)> Pages { get; } =
        [("where", Where), ("drivers", Drivers), ("control", Control), ("quality", Quality), ("weighted", Weighted), ("risk", Risk)];

    /// <summary>Where an alert's signals are.</summary>
    public static string WhereIs(WorkspaceSnapshot workspace, Alert alert)
    {
        var from = alert.Day.AddDays(1 - alert.Days);
        if (alert.Measure != AlertMeasure.NegativeRate) return WhereIs(alert.Dimension, alert.Value, from);
        var query = new QueryBuilder { { "from", At(from) } };
        if (alert.Dimension != Dimensions.All) query.Add(alert.Dimension, Shown(workspace, alert));
        return Where + query;
    }

    /// <summary>Where a topic is spoken against, or an issue heard of, more than elsewhere; of a touchpoint where it is bad.</summary>
    public static string WhereIs(string dimension, string value, DateTimeOffset from)
    {
        var query = new QueryBuilder { { "from", At(from) }, { dimension, value } };
        if (ConcentrationQuestion.Outcomes.Contains(dimension)) query.Add("metric", EnumNames<ConcentrationMetric>.Of(dimension == Dimensions.Topic ? ConcentrationMetric.NegativeShare : ConcentrationMetric.Share));
        return Where + query;
    }

    /// <summary>The signals of a finding, as far as lists can be narrowed to it: attributes they cannot.</summary>
    public static string Signals(ConcentrationQuestion question, IEnumerable<FoundCondition> where)
    {
        var query = new QueryBuilder { { "from", At(question.Period.From) }, { "to", At(question.Period.To) } };
        foreach (var (dimension, values) in question.Period.Filter.Values.Concat(question.Outcome.Values).Where(v => v.Key != Dimensions.Source))
            foreach (var value in values) query.Add(dimension, value);
        foreach (var condition in where.Where(w => !w.Attribute && !question.Period.Filter.Values.ContainsKey(w.Dimension))) query.Add(condition.Dimension, condition.Value);
        return "/signals" + query;
    }

    /// <summary>What is shown of the value of an alert: a source by its name.</summary>
    public static string Shown(WorkspaceSnapshot workspace, Alert alert) =>
        alert.Dimension == Dimensions.Source && Guid.TryParseExact(alert.Value, "N", out var id) && workspace.SourceById.TryGetValue(id, out var source) ? source.Name : alert.Value;

    /// <summary>The same page with another value of one parameter.</summary>
    public static string With(HttpRequest request, string path, string name, string value)
    {
        var query = new QueryBuilder();
        foreach (var (key, values) in request.Query.Where(q => q.Key != name))
            foreach (var sent in values.OfType<string>()) query.Add(key, sent);
        query.Add(name, value);
        return path + query;
    }

    /// <summary>The values that the filter of a page wants, with the address without each.</summary>
    public static IEnumerable<(string Name, string Value, string Without)> Chosen(HttpRequest request, string path)
    {
        foreach (var (name, values) in request.Query.Where(q => SignalFilter.Parameters.Contains(q.Key)))
        {
            foreach (var value in values.OfType<string>())
            {
                var query = new QueryBuilder();
                foreach (var (key, others) in request.Query)
                    foreach (var other in others.OfType<string>().Where(o => (key, o) != (name, value))) query.Add(key, other);
                yield return (name, value, path + query);
            }
        }
    }

    private static string At(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
