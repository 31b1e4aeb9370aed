using System.Globalization;
using Hark.Web.Components.Shared;
using Hark.Web.Features.Insight.Api;

namespace Hark.Web.Features.Insight.Drawings;

/// <summary>The charts of insight as files.</summary>
internal static class InsightDrawings
{
    private const int Left = 260, Right = 60, RowHeight = 34, Top = 44;

    /// <summary>Each finding as a dot with its interval, beside what was expected.</summary>
    public static string Of(ConcentrationAnswer answer)
    {
        var drawing = new Drawing(820, Top + (RowHeight * Math.Max(1, answer.Findings.Count)) + 30);
        var (low, high) = Range(answer.Findings.SelectMany(f => new[] { f.Low ?? f.Value, f.High ?? f.Value, f.Expected }));
        foreach (var (finding, i) in answer.Findings.Select((f, i) => (f, i)))
        {
            var y = Top + (RowHeight * i);
            drawing.Text(10, y + 4, Short(ConcentrationAnswer.Words(finding.Where)));
            drawing.Line(X(finding.Low ?? finding.Value), y, X(finding.High ?? finding.Value), y, Drawing.Bad, 2);
            drawing.Dot(X(finding.Value), y, 4.5, Drawing.Bad);
            drawing.Line(X(finding.Expected), y - 9, X(finding.Expected), y + 9, Drawing.Faint, 2);
            drawing.Text(drawing.Width - 8, y + 4, string.Create(CultureInfo.InvariantCulture, $"n {finding.N}"), "end", Drawing.Faint);
        }

        Axis(drawing, low, high, X);
        return drawing.ToSvg(string.Create(CultureInfo.InvariantCulture, $"{answer.Metric}: {answer.Findings.Count} / {answer.Tested}"));

        double X(double value) => Left + ((value - low) / (high - low) * (drawing.Width - Left - Right));
    }

    /// <summary>Importance against level: what matters most is at the top, what happens most at the right.</summary>
    public static string Of(DriversAnswer answer)
    {
        var drawing = new Drawing(820, 460);
        var mentions = answer.Drivers.Where(d => d.Kind == Domain.Statistics.Drivers.DriverKind.Mention).ToList();
        var most = Math.Max(0.01, mentions.Select(d => d.Level).DefaultIfEmpty(0.01).Max() * 1.15);
        var top = Math.Max(0.01, mentions.Select(d => d.Importance.High ?? d.Importance.Value).DefaultIfEmpty(0.01).Max());
        drawing.Line(60, 410, 790, 410, Drawing.Grid);
        drawing.Line(60, 20, 60, 410, Drawing.Grid);
        foreach (var driver in mentions)
        {
            var (x, y) = (60 + (driver.Level / most * 730), Y(driver.Importance.Value));
            drawing.Line(x, Y(driver.Importance.Low ?? driver.Importance.Value), x, Y(driver.Importance.High ?? driver.Importance.Value), Drawing.Faint);
            drawing.Dot(x, y, 5, driver.Coefficient.High < 0 ? Drawing.Bad : Drawing.Accent);
            drawing.Text(x + 8, y - 6, Short(driver.Driver));
        }

        foreach (var part in new[] { 0, .25, .5, .75, 1 })
        {
            drawing.Text(52, Y(top * part) + 4, (top * part).ToString("P0", CultureInfo.InvariantCulture), "end", Drawing.Faint, 11);
            drawing.Text(60 + (part * 730), 430, (most * part).ToString("P1", CultureInfo.InvariantCulture), "middle", Drawing.Faint, 11);
        }

        return drawing.ToSvg(string.Create(CultureInfo.InvariantCulture, $"{answer.Target}: importance and level of {mentions.Count} drivers"));

        double Y(double share) => 410 - (share / top * 380);
    }

    /// <summary>Days with their limits; days outside are marked.</summary>
    public static string Of(ControlChartAnswer answer)
    {
        var drawing = new Drawing(820, 300);
        var (_, high) = Range(answer.Days.SelectMany(d => new[] { d.Value ?? 0, d.High }));
        var points = answer.Days.Select((d, i) => (Day: d, X: 50 + (i * 750.0 / Math.Max(1, answer.Days.Count - 1)))).ToList();
        drawing.Path(Plot.Field([.. points.Select(p => (p.X, (double?)Y(p.Day.Low), (double?)Y(p.Day.High)))]), Drawing.Field, filled: true);
        drawing.Path(Plot.Line(points.Select(p => (p.X, (double?)Y(p.Day.Centre)))), Drawing.Faint);
        drawing.Path(Plot.Line(points.Select(p => (p.X, p.Day.Value is { } value ? Y(value) : (double?)null))), Drawing.Accent);
        foreach (var (day, x) in points.Where(p => p.Day.Outside)) drawing.Dot(x, Y(day.Value ?? 0), 3.5, Drawing.Bad);
        foreach (var change in answer.Changes)
        {
            var x = points.First(p => p.Day.Day == change.Day).X;
            drawing.Line(x, 16, x, 260, Drawing.Bad);
        }

        foreach (var part in new[] { 0, .5, 1 }) drawing.Text(44, Y(high * part) + 4, (high * part).ToString("0.###", CultureInfo.InvariantCulture), "end", Drawing.Faint, 11);
        foreach (var (day, x) in points.Where((_, i) => i % Math.Max(1, points.Count / 6) == 0)) drawing.Text(x, 282, day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "middle", Drawing.Faint, 11);
        return drawing.ToSvg(answer.Metric.ToString());

        double Y(double value) => 260 - (value / high * 236);
    }

    /// <summary>The index of each unit as a dot with its interval, beside that of the time before.</summary>
    public static string Of(QualityIndexAnswer answer) => Rows(answer.By.ToString(), 0, 100, [.. answer.Rows.Where(r => r.Index is not null)
        .Select(r => new DrawnRow(r.Unit, r.Index!.Value, r.Low, r.High, r.Before, string.Create(CultureInfo.InvariantCulture, $"n {r.N}")))]);

    /// <summary>The weighted and the plain value with their intervals, the parts of the customers, and competitors.</summary>
    public static string Of(StratifiedAnswer answer)
    {
        var rows = new List<DrawnRow>();
        if (answer.Weighted is { } weighted) rows.Add(new("weighted", weighted.Value, weighted.Low, weighted.High, null, string.Create(CultureInfo.InvariantCulture, $"n_eff {answer.EffectiveN:0}")));
        if (answer.Unweighted is { } plain) rows.Add(new("unweighted", plain.Value, plain.Low, plain.High, null, string.Create(CultureInfo.InvariantCulture, $"n {answer.N}")));
        rows.AddRange(answer.Strata.Where(s => s.Metric is not null).Select(s => new DrawnRow(s.Value ?? "–", s.Metric!.Value, null, null, null, string.Create(CultureInfo.InvariantCulture, $"n {s.N}"))));
        rows.AddRange(answer.Benchmarks.Select(b => new DrawnRow(b.Competitor, b.Value, null, null, null, b.Date.ToString("yyyy-MM", CultureInfo.InvariantCulture))));
        var (low, high) = Range(rows.SelectMany(r => new[] { r.Value, r.Low ?? r.Value, r.High ?? r.Value }));
        return Rows(answer.Metric.ToString(), low, high, rows);
    }

    /// <param name="Before">What it is compared with; null for nothing.</param>
    private sealed record DrawnRow(string Name, double Value, double? Low, double? High, double? Before, string Note);

    private static string Rows(string title, double low, double high, IReadOnlyList<DrawnRow> rows)
    {
        var drawing = new Drawing(820, Top + (RowHeight * Math.Max(1, rows.Count)) + 30);
        foreach (var (row, i) in rows.Select((r, i) => (r, i)))
        {
            var y = Top + (RowHeight * i);
            drawing.Text(10, y + 4, Short(row.Name));
            drawing.Line(X(row.Low ?? row.Value), y, X(row.High ?? row.Value), y, Drawing.Accent, 2);
            drawing.Dot(X(row.Value), y, 4.5, Drawing.Accent);
            if (row.Before is { } before) drawing.Line(X(before), y - 9, X(before), y + 9, Drawing.Faint, 2);
            drawing.Text(drawing.Width - 8, y + 4, row.Note, "end", Drawing.Faint);
        }

        Axis(drawing, low, high, X);
        return drawing.ToSvg(title);

        double X(double value) => Left + ((value - low) / (high - low) * (drawing.Width - Left - Right));
    }

    private static void Axis(Drawing drawing, double low, double high, Func<double, double> x)
    {
        foreach (var part in new[] { 0, .25, .5, .75, 1 })
        {
            var value = low + (part * (high - low));
            drawing.Line(x(value), 20, x(value), drawing.Height - 26, Drawing.Grid);
            drawing.Text(x(value), drawing.Height - 8, value.ToString("0.###", CultureInfo.InvariantCulture), "middle", Drawing.Faint, 11);
        }
    }

    private static (double Low, double High) Range(IEnumerable<double> values)
    {
        var all = values.Append(0).ToList();
        var (low, high) = (all.Min(), all.Max());
        return high > low ? (low, high) : (low, low + 1);
    }

    private static string Short(string words) => words.Length <= 34 ? words : words[..33] + "…";
}
