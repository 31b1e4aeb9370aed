using Hark.Data.Insight;
using Hark.Data.Metrics;
using Hark.Web.Infrastructure;

namespace Hark.Web.Features.Insight.Api;

/// <summary>A control chart by days: is it signal or noise? Limits know the weekday.</summary>
public sealed record ControlChartAnswer(Metric Metric, IReadOnlyList<ControlDayView> Days, IReadOnlyList<LevelChangeView> Changes)
{
    internal static ControlChartAnswer Of(ControlSeries s) =>
        new(s.Metric, [.. s.Days.Select(ControlDayView.Of)], [.. s.Changes.Select(c => new LevelChangeView(c.Day, c.Before, c.After))]);

    internal string ToCsv() => string.Concat(
    [
        CsvText.Line("day", "n", "value", "centre", "low", "high", "outside", "ewma", "ewma_low", "ewma_high", "cusum_high", "cusum_low", "cusum_signal"),
        .. Days.Select(d => CsvText.Line(d.Day, d.N, d.Value, d.Centre, d.Low, d.High, d.Outside, d.Ewma, d.EwmaLow, d.EwmaHigh, d.CusumHigh, d.CusumLow, d.CusumSignal)),
    ]);
}

/// <summary>One day.</summary>
/// <param name="Value">Share or count; null where too few answered.</param>
/// <param name="Centre">What is usual for such a weekday; <paramref name="Low"/> and <paramref name="High"/> three standard errors from it.</param>
/// <param name="Ewma">Moving average of standardised values.</param>
/// <param name="CusumHigh">Sum of what lies above half a standard error; <paramref name="CusumSignal"/> beyond five.</param>
public sealed record ControlDayView(DateTimeOffset Day, long N, double? Value, double Centre, double Low, double High, bool Outside,
    double? Ewma, double EwmaLow, double EwmaHigh, double CusumHigh, double CusumLow, bool CusumSignal)
{
    internal static ControlDayView Of(ControlDay d) => new(
        d.Day, d.N, d.Point.Value, d.Point.Centre, d.Point.Low, d.Point.High, d.Point.Outside, d.Ewma.Value, d.Ewma.Low, d.Ewma.High, d.Cusum.High, d.Cusum.Low, d.Cusum.Signal);
}

/// <summary>A change of level: its first day, and the rates of the two weeks before and after.</summary>
public sealed record LevelChangeView(DateTimeOffset Day, double Before, double After);
