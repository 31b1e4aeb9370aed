using Hark.Data.Insight;
using Hark.Domain.Statistics;
using Hark.Web.Infrastructure.Localisation;

namespace Hark.Web.Features.Insight;

/// <summary>Values and conditions in words.</summary>
internal static class InsightWords
{
    public static bool IsShare(ConcentrationMetric metric) => metric is ConcentrationMetric.NegativeRate or ConcentrationMetric.Share or ConcentrationMetric.NegativeShare;

    public static string Value(Texts t, ConcentrationMetric metric, double value) => IsShare(metric) ? t.Percent(value, value < 0.1 ? 1 : 0) : t.Number(value, metric == ConcentrationMetric.Nps ? 0 : 1);

    public static string Range(Texts t, ConcentrationMetric metric, Estimate value) => value is { Low: { } low, High: { } high }
        ? IsShare(metric) ? $"{t.Percent(low)}–{t.Percent(high)}" : t.Range(low, high, 1) : "";

    /// <summary>The dimension in the reader's words; an attribute by its own name.</summary>
    public static string Dimension(Texts t, FoundCondition condition) => condition.Attribute ? condition.Dimension.Replace('_', ' ') : t[$"dimension.{condition.Dimension}"];

    public static string Value(Texts t, FoundCondition condition) => condition.Attribute ? condition.Value : t.Name(condition.Dimension, condition.Value);

    public static string Conditions(Texts t, IEnumerable<FoundCondition> conditions) =>
        string.Join(t["insight.and"], conditions.Select(c => t.Format("insight.condition", ("dimension", Dimension(t, c)), ("value", Value(t, c)))));
}
