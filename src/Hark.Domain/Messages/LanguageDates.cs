using System.Globalization;
using NodaTime;

namespace Hark.Domain.Messages;

/// <summary>
/// Dates and times as people of a language write them: the month in words, Persian dates in the Solar Hijri calendar with Persian digits. Independent of
/// the machine's locale data, so that every node writes the same.
/// </summary>
public sealed class LanguageDates
{
    private readonly LanguageTexts _texts;
    private readonly bool _persian;

    internal LanguageDates(LanguageTexts texts) => (_texts, _persian) = (texts, texts.Language == "fa");

    /// <summary><c>22 November 2026</c></summary>
    public string Date(DateTimeOffset instant, DateTimeZone zone) => Date(Local(instant, zone));

    /// <summary><c>22 November 2026, 14:30</c></summary>
    public string DateTime(DateTimeOffset instant, DateTimeZone zone)
    {
        var local = Local(instant, zone);
        return _texts.Phrase("date_time", Values(("date", Date(local)), ("time", Time(local))));
    }

    /// <summary><c>22 November 2026, 14:00–14:30 (Europe/Prague)</c>; the date is that of the start.</summary>
    public string Slot(DateTimeOffset start, DateTimeOffset end, DateTimeZone zone) => _texts.Phrase("slot",
        Values(("date", Date(Local(start, zone))), ("start", Time(Local(start, zone))), ("end", Time(Local(end, zone))), ("zone", zone.Id)));

    private string Date(LocalDateTime local)
    {
        var date = _persian ? local.Date.WithCalendar(CalendarSystem.PersianSimple) : local.Date;
        return _texts.Phrase("date", Values(("day", Digits(date.Day, "0")), ("month", _texts.Months[date.Month - 1]), ("year", Digits(date.Year, "0"))));
    }

    private string Time(LocalDateTime local) => $"{Digits(local.Hour, "00")}:{Digits(local.Minute, "00")}";

    private string Digits(int number, string format)
    {
        var text = number.ToString(format, CultureInfo.InvariantCulture);
        return _persian ? string.Create(text.Length, text, static (to, from) => { for (var i = 0; i < to.Length; i++) to[i] = (char)(from[i] - '0' + '۰'); }) : text;
    }

    private static LocalDateTime Local(DateTimeOffset instant, DateTimeZone zone) => Instant.FromDateTimeOffset(instant).InZone(zone).LocalDateTime;

    private static Dictionary<string, string?> Values(params ReadOnlySpan<(string, string)> pairs)
    {
        var values = new Dictionary<string, string?>(pairs.Length, StringComparer.Ordinal);
        foreach (var (name, value) in pairs) values[name] = value;
        return values;
    }
}
