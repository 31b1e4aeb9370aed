using Hark.Data.Model;
using Hark.Domain.Statistics.Charts;

namespace Hark.Data.Alerts;

/// <summary>What is watched, day by day.</summary>
/// <param name="Points">One for each of the days looked at.</param>
internal sealed record AlertSeries(AlertMeasure Measure, string Dimension, string Value, SeriesPoint[] Points)
{
    public (AlertMeasure, string, string) Key => (Measure, Dimension, Value);
}

/// <summary>The series of a workspace and the days (starts in its zone) of their points.</summary>
internal sealed record AlertDays(IReadOnlyList<DateTimeOffset> Days, IReadOnlyList<AlertSeries> Series);
