using NodaTime;
using NodaTime.Text;

namespace Hark.Web.Features.Inbox;

/// <summary>Times that people snooze to, in the workspace's zone.</summary>
internal static class SnoozeTimes
{
    private static readonly LocalTime Morning = new(9, 0);
    private static readonly LocalDateTimePattern[] Own = [LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm"), LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss")];

    /// <summary>In three hours, tomorrow morning, the morning of the next Monday, in a week.</summary>
    public static IReadOnlyList<(string Key, DateTimeOffset At)> Usual(DateTimeOffset now, string zone)
    {
        var here = Instant.FromDateTimeOffset(now).InZone(Zone(zone));
        return
        [
            ("later", now.AddHours(3)), ("tomorrow", At(here.Date.PlusDays(1), zone)), ("next_week", At(here.Date.Next(IsoDayOfWeek.Monday), zone)), ("week", At(here.Date.PlusDays(7), zone)),
        ];
    }

    /// <summary>A moment as a form sends it: with its zone, or without, which means the workspace's. Null for anything else.</summary>
    public static DateTimeOffset? Read(string? text, string zone)
    {
        if (string.IsNullOrEmpty(text)) return null;
        foreach (var pattern in Own)
            if (pattern.Parse(text) is { Success: true, Value: var local }) return local.InZoneLeniently(Zone(zone)).ToDateTimeOffset().ToUniversalTime();
        return OffsetDateTimePattern.Rfc3339.Parse(text) is { Success: true, Value: var moment } ? moment.ToDateTimeOffset().ToUniversalTime() : null;
    }

    private static DateTimeOffset At(LocalDate date, string zone) => date.At(Morning).InZoneLeniently(Zone(zone)).ToDateTimeOffset().ToUniversalTime();

    private static DateTimeZone Zone(string zone) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? DateTimeZone.Utc;
}
