using System.Globalization;
using Hark.Data.Insight;
using Hark.Web.Infrastructure;

namespace Hark.Web.Features.Insight.Api;

/// <summary>Where a metric is unusual.</summary>
/// <param name="N">Signals searched; of one person at most the newest five.</param>
/// <param name="Value">Over all of them: a share 0 to 1, NPS -100 to 100, score or CSAT 0 to 100; null where there is nothing to say, or too few to show.</param>
/// <param name="Tested">Segments that were looked at.</param>
/// <param name="FalseDiscoveryRate">The expected share of false ones among findings.</param>
/// <param name="Since">What came in before was not looked at; null when all was.</param>
public sealed record ConcentrationAnswer(ConcentrationMetric Metric, DateTimeOffset From, DateTimeOffset To, int N, double? Value, bool Suppressed, int Tested,
    double FalseDiscoveryRate, DateTimeOffset? Since, IReadOnlyList<FindingView> Findings)
{
    internal static ConcentrationAnswer Of(ConcentrationQuestion question, Concentrations found, int minimum)
    {
        var hidden = found.N > 0 && found.N < minimum;
        return new(question.Metric, question.Period.From, question.Period.To, found.N, hidden ? null : found.Value, hidden, found.Tested,
            question.Options.Rate, found.Since, [.. found.Found.Select(FindingView.Of)]);
    }

    internal string ToCsv() => string.Concat(
    [
        CsvText.Line("where", "n", "value", "low", "high", "expected", "difference", "difference_low", "difference_high", "excess", "p", "explains"),
        .. Findings.Select(f => CsvText.Line(Words(f.Where), f.N, f.Value, f.Low, f.High, f.Expected, f.Difference, f.DifferenceLow, f.DifferenceHigh, f.Excess, f.P, string.Join("; ", f.Explains.Select(Words)))),
    ]);

    internal static string Words(IReadOnlyList<ConditionView> conditions) => string.Join(" & ", conditions.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Dimension}={c.Value}")));
}

/// <summary>A segment where the metric is unusual.</summary>
/// <param name="Where">One or two conditions that all hold.</param>
/// <param name="Low">95 % interval of the value.</param>
/// <param name="Expected">What it would be if the segment were as the others that are asked the same.</param>
/// <param name="Difference">Value less expected, with an interval that allows for the search.</param>
/// <param name="Excess">Signals more than expected; for means the sum of the differences.</param>
/// <param name="Explains">Segments that are unusual only because of this one.</param>
public sealed record FindingView(IReadOnlyList<ConditionView> Where, int N, double Value, double? Low, double? High, double Expected,
    double Difference, double? DifferenceLow, double? DifferenceHigh, double Excess, double P, IReadOnlyList<IReadOnlyList<ConditionView>> Explains)
{
    internal static FindingView Of(FoundConcentration f) => new(
        Views(f.Where), f.N, f.Value.Value, f.Value.Low, f.Value.High, f.Expected, f.Difference.Value, f.Difference.Low, f.Difference.High, f.Excess, f.P, [.. f.Explains.Select(Views)]);

    private static IReadOnlyList<ConditionView> Views(IReadOnlyList<FoundCondition> conditions) => [.. conditions.Select(c => new ConditionView(c.Dimension, c.Value, c.Attribute))];
}

/// <summary>A dimension or an attribute of the sources, and its value or band.</summary>
public sealed record ConditionView(string Dimension, string Value, bool Attribute);
