using Hark.Data.Model;
using Hark.Domain.Common;

namespace Hark.Data.Alerts;

/// <summary>Goes through days in order and collects which alerts open and which are over.</summary>
internal sealed class AlertChanges
{
    private readonly Guid _workspaceId;
    private readonly AlertDays _days;
    private readonly DateTimeOffset _now;
    private readonly TimeProvider _time;
    private readonly Dictionary<(AlertMeasure, string, string), Alert> _open;
    private readonly Dictionary<Guid, DateTimeOffset> _closed = [];

    public AlertChanges(Guid workspaceId, AlertDays days, IEnumerable<Alert> open, DateTimeOffset now, TimeProvider time)
    {
        (_workspaceId, _days, _now, _time) = (workspaceId, days, now, time);
        _open = open.ToDictionary(a => (a.Measure, a.Dimension, a.Value));
    }

    /// <summary>New alerts; one that was over within the same look has its end already.</summary>
    public List<Alert> Opened { get; } = [];

    /// <summary>Ends of alerts that were stored before.</summary>
    public IReadOnlyDictionary<Guid, DateTimeOffset> Closed => _closed;

    /// <param name="complete">Whether the day is over: only then can an alert end.</param>
    public void Look(int day, bool complete)
    {
        foreach (var series in _days.Series)
        {
            if (!_open.TryGetValue(series.Key, out var alert)) Open(series, day);
            else if (complete && AlertRules.IsOver(series.Points, PlaceOf(alert.Day), day)) Close(series, alert, day);
        }
    }

    private int PlaceOf(DateTimeOffset day)
    {
        var place = _days.Days.ToList().BinarySearch(day);
        return place < 0 ? Math.Max(0, ~place - 1) : place;
    }

    private void Open(AlertSeries series, int day)
    {
        if (AlertRules.Opens(series.Points, day) is not { } surge) return;
        var alert = new Alert
        {
            WorkspaceId = _workspaceId,
            AlertId = _time.NewId(),
            Measure = series.Measure,
            Dimension = series.Dimension,
            Value = series.Value,
            Day = _days.Days[day],
            OpenedAt = EndOf(day),
            Days = surge.Periods,
            Observed = surge.Observed,
            Expected = surge.Expected,
            Exposure = surge.Exposure,
            P = surge.P,
        };
        _open[series.Key] = alert;
        Opened.Add(alert);
    }

    private void Close(AlertSeries series, Alert alert, int day)
    {
        _open.Remove(series.Key);
        if (Opened.Contains(alert)) alert.ClosedAt = EndOf(day);
        else _closed[alert.AlertId] = EndOf(day);
    }

    private DateTimeOffset EndOf(int day) => day + 1 < _days.Days.Count ? _days.Days[day + 1] : _now;
}
