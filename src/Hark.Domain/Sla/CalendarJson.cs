using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hark.Domain.Common;
using NodaTime;

namespace Hark.Domain.Sla;

/// <summary>
/// A calendar as JSON: <c>{"key":"office","zone":"Europe/Prague","week":{"mon":["09:00-12:00","13:00-17:00"]},"holidays":["2026-04-03"],
/// "shifts":{"2026-12-24":["09:00-12:00"]},"breaks":{"2026-11-03":["15:00-15:30"]}}</c>. The version is not part of the document.
/// </summary>
public static class CalendarJson
{
    /// <summary>Less than this a week is a slip, and would put a due time centuries away.</summary>
    private const int LeastMinutesAWeek = 15;

    /// <summary>Enough for ten years of every country's holidays, few enough to lay out a year quickly.</summary>
    internal const int MostDates = 5_000;

    private const int MostWindows = 24;
    private const string DateForm = "yyyy-MM-dd";
    private const string WindowForm = "must be opening hours such as 09:00-17:00, up to 24:00; write hours over midnight as two windows, one on each day";

    private static readonly (string Name, DayOfWeek Day)[] Days =
    [
        ("mon", DayOfWeek.Monday), ("tue", DayOfWeek.Tuesday), ("wed", DayOfWeek.Wednesday), ("thu", DayOfWeek.Thursday),
        ("fri", DayOfWeek.Friday), ("sat", DayOfWeek.Saturday), ("sun", DayOfWeek.Sunday),
    ];

    /// <summary>Every hour of every day.</summary>
    internal static ImmutableSortedDictionary<DayOfWeek, ImmutableArray<DayWindow>> WholeWeek { get; } =
        Days.ToImmutableSortedDictionary(d => d.Day, _ => ImmutableArray.Create(new DayWindow(0, DayWindow.Midnight)));

    /// <summary>Reads and checks a calendar document. Errors are keyed by JSON pointer; every error is reported, not only the first.</summary>
    /// <param name="json">The document.</param>
    /// <param name="version">The version that the calendar gets.</param>
    public static Result<CalendarDefinition> Parse(string json, int version)
    {
        var errors = new InputErrors();
        CalendarDefinition? definition = null;
        JsonFields.Parse(json, errors, fields => definition = Read(fields, version, errors));
        if (!errors.Any) Check(definition!, errors);
        return errors.Any ? Error.Invalid(errors) : definition!;
    }

    /// <summary>The document of a definition; parsing it gives an equal definition.</summary>
    public static string Write(CalendarDefinition definition)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("key", definition.Key);
            json.WriteString("zone", definition.Zone);
            json.WriteStartObject("week");
            foreach (var (name, day) in Days)
                if (definition.Week.TryGetValue(day, out var windows)) WriteWindows(json, name, windows);
            json.WriteEndObject();
            json.WriteStartArray("holidays");
            foreach (var date in definition.Holidays) json.WriteStringValue(Text(date));
            json.WriteEndArray();
            WriteDates(json, "shifts", definition.Shifts);
            WriteDates(json, "breaks", definition.Breaks);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The rules that a definition must keep however it was made.</summary>
    internal static void Check(CalendarDefinition definition, InputErrors errors)
    {
        if (definition.Key == CalendarRef.Always.Key)
            errors.Add("/key", "is reserved: the calendar 'always' is open around the clock and cannot be changed");
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(definition.Zone) is null)
            errors.Add("/zone", "is not a time zone; use an IANA id such as Europe/Prague");
        var windows = definition.Week.Values.Concat(definition.Shifts.Values).Concat(definition.Breaks.Values).SelectMany(w => w);
        if (windows.Any(w => w.From < 0 || w.From >= w.To || w.To > DayWindow.Midnight)) errors.Add("", $"has hours that are not; each window {WindowForm}");
        if (definition.Holidays.Count + definition.Shifts.Count + definition.Breaks.Count > MostDates)
            errors.Add("", $"has more than {MostDates} dates; remove past holidays, shifts and breaks");
        if (definition.Week.Values.Sum(day => day.Sum(w => w.To - w.From)) < LeastMinutesAWeek)
            errors.Add("/week", $"must have at least {LeastMinutesAWeek} minutes of opening hours: in a calendar that never opens nothing ever falls due");
    }

    private static CalendarDefinition Read(JsonFields fields, int version, InputErrors errors)
    {
        var week = ImmutableSortedDictionary.CreateBuilder<DayOfWeek, ImmutableArray<DayWindow>>();
        foreach (var (name, value, pointer) in fields.Map("week", 7))
        {
            var day = Array.Find(Days, d => d.Name == name);
            if (day.Name is null) errors.Add(pointer, "is not a weekday; use " + string.Join(", ", Days.Select(d => d.Name)));
            else week[day.Day] = Windows(fields, value, pointer, errors);
        }
        return new CalendarDefinition
        {
            Key = fields.Key("key") ?? "",
            Zone = fields.Text("zone", required: true) ?? "",
            Version = version,
            Week = week.ToImmutable(),
            Holidays = [.. fields.Texts("holidays", MostDates).Select(t => Date(t.Text, t.Pointer, errors))],
            Shifts = Dates(fields, "shifts", errors),
            Breaks = Dates(fields, "breaks", errors),
        };
    }

    private static ImmutableSortedDictionary<DateOnly, ImmutableArray<DayWindow>> Dates(JsonFields fields, string name, InputErrors errors)
    {
        var dates = ImmutableSortedDictionary.CreateBuilder<DateOnly, ImmutableArray<DayWindow>>();
        foreach (var (date, value, pointer) in fields.Map(name, MostDates)) dates[Date(date, pointer, errors)] = Windows(fields, value, pointer, errors);
        return dates.ToImmutable();
    }

    private static ImmutableArray<DayWindow> Windows(JsonFields fields, JsonElement value, string pointer, InputErrors errors)
    {
        var windows = ImmutableArray.CreateBuilder<DayWindow>();
        foreach (var (text, at) in fields.TextsOf(value, pointer, MostWindows))
        {
            if (DayWindow.TryParse(text, out var window)) windows.Add(window);
            else errors.Add(at, WindowForm);
        }
        return windows.ToImmutable();
    }

    private static DateOnly Date(string text, string pointer, InputErrors errors)
    {
        if (!DateOnly.TryParseExact(text, DateForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) errors.Add(pointer, "must be a date such as 2026-12-24");
        return date;
    }

    private static string Text(DateOnly date) => date.ToString(DateForm, CultureInfo.InvariantCulture);

    private static void WriteDates(Utf8JsonWriter json, string name, ImmutableSortedDictionary<DateOnly, ImmutableArray<DayWindow>> dates)
    {
        json.WriteStartObject(name);
        foreach (var (date, windows) in dates) WriteWindows(json, Text(date), windows);
        json.WriteEndObject();
    }

    private static void WriteWindows(Utf8JsonWriter json, string name, ImmutableArray<DayWindow> windows)
    {
        json.WriteStartArray(name);
        foreach (var window in windows) json.WriteStringValue(window.ToString());
        json.WriteEndArray();
    }
}
