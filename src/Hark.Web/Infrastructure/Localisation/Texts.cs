using System.Collections.Frozen;
using System.Globalization;
using Hark.Domain.Messages;
using NodaTime;

namespace Hark.Web.Infrastructure.Localisation;

/// <summary>
/// The words, numbers and times of the interface in the language of the person who asks. Scoped: one for each request. A key that is not there is a bug and
/// throws; a test compares the keys of all languages.
/// </summary>
public sealed class Texts
{
    private const char IsolateStart = '\u2068', IsolateEnd = '\u2069';
    private static readonly Dictionary<string, string?> NoValues = [];
    private readonly FrozenDictionary<string, TextEntry> _entries;
    private readonly LanguageNumbers _numbers;
    private readonly DateTimeZone _zone;
    private readonly Func<string, string, string?>? _names;

    /// <param name="language">One of <see cref="Languages.All"/>.</param>
    /// <param name="zone">In which times are shown: the workspace's.</param>
    /// <param name="names">What people of the workspace call a value of a vocabulary; null where they did not name it.</param>
    public Texts(string language, string zone, Func<string, string, string?>? names = null)
    {
        _names = names;
        Language = language;
        _entries = TextBook.All[language];
        _numbers = LanguageNumbers.Of(language);
        _zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? DateTimeZone.Utc;
    }

    public string Language { get; }
    public string Direction => Languages.Direction(Language);
    public bool IsRightToLeft => Languages.IsRightToLeft(Language);

    /// <summary>A text without places.</summary>
    public string this[string key] => Entry(key).Render(NoValues);

    /// <summary>A text, or null where there is none: for words of people, such as names of topics, that may have a translation.</summary>
    public string? Find(string key) => _entries.TryGetValue(key, out var entry) ? entry.Render(NoValues) : null;

    /// <summary>The name of a value of a vocabulary (<c>channel.web</c>); values that people made up are shown as they are, in words.</summary>
    public string Name(string vocabulary, string value) => _names?.Invoke(vocabulary, value) ?? Find($"{vocabulary}.{value}") ?? Words(value);

    /// <summary>A text with its values. Whole numbers are written as the language writes them.</summary>
    public string Format(string key, params ReadOnlySpan<(string Name, object? Value)> values) => Entry(key).Render(Values(values));

    /// <summary>A counted text in the plural form of <paramref name="n"/>, which is the value <c>{n}</c>.</summary>
    public string Count(string key, long n, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var all = Values(values);
        all["n"] = Isolated(Number(n));
        return Entry(key).Render(PluralRules.Of(Language, n), all);
    }

    public string Number(long value) => _numbers.Number(value, 0);
    public string Number(double value, int decimals) => _numbers.Number(value, decimals);

    /// <summary>A share of 0 to 1 as per cent.</summary>
    public string Percent(double share, int decimals = 0) => _numbers.Percent(share, decimals);

    /// <summary>A difference, with its sign.</summary>
    public string Signed(double value, int decimals = 0) => _numbers.Signed(value, decimals);

    /// <summary>A relative difference, with its sign.</summary>
    public string SignedPercent(double share) => _numbers.Signed(share * 100, 0) + Percent(0)[1..];

    /// <summary>From one number to another: <c>27–35</c>.</summary>
    public string Range(double low, double high, int decimals) => $"{Number(low, decimals)}–{Number(high, decimals)}";

    /// <summary><c>24 Nov</c></summary>
    public string Day(DateTimeOffset at) => Local(at) is var t
        ? Format("format.day", ("day", Digits(t.Day)), ("month", this[FormattableString.Invariant($"format.month{t.Month}")])) : "";

    /// <summary><c>24 Nov 2026</c></summary>
    public string Date(DateTimeOffset at) => Format("format.date", ("date", Day(at)), ("year", Digits(Local(at).Year)));

    /// <summary><c>14:05</c></summary>
    public string Time(DateTimeOffset at) => Local(at).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary><c>24 Nov, 14:05</c></summary>
    public string DayTime(DateTimeOffset at) => Format("format.day_time", ("day", Day(at)), ("time", Time(at)));

    /// <summary>A moment as short as it is clear now: the time of today, else the day, with the year where it is another.</summary>
    public string Recent(DateTimeOffset at, DateTimeOffset now) => (Local(at), Local(now)) is var (then, today) && then.Date == today.Date ? Time(at) : then.Year == today.Year ? Day(at) : Date(at);

    /// <summary>A length in its two largest units: <c>2 h 5 min</c>, <c>3 d</c>. Always positive: the words around it say which side of now.</summary>
    public string Duration(TimeSpan length)
    {
        var l = length.Duration();
        if (l.TotalMinutes < 1) return Format("format.seconds", ("n", (long)l.TotalSeconds));
        if (l.TotalHours < 1) return Format("format.minutes", ("n", (long)l.TotalMinutes));
        if (l.TotalDays < 1) return Two(Format("format.hours", ("n", (long)l.TotalHours)), l.Minutes == 0 ? null : Format("format.minutes", ("n", l.Minutes)));
        return Two(Format("format.days", ("n", (long)l.TotalDays)), l.Hours == 0 || l.TotalDays >= 7 ? null : Format("format.hours", ("n", l.Hours)));
    }

    private static string Two(string first, string? second) => second is null ? first : $"{first} {second}";

    private LocalDateTime Local(DateTimeOffset at) => Instant.FromDateTimeOffset(at).InZone(_zone).LocalDateTime;

    private TextEntry Entry(string key) => _entries.TryGetValue(key, out var entry) ? entry : throw new KeyNotFoundException($"There is no text '{key}' in '{Language}'.");

    private Dictionary<string, string?> Values(ReadOnlySpan<(string Name, object? Value)> values)
    {
        var all = new Dictionary<string, string?>(values.Length + 1, StringComparer.Ordinal);
        foreach (var (name, value) in values) all[name] = Isolated(value switch { null => null, int i => Number(i), long l => Number(l), _ => value.ToString() });
        return all;
    }

    /// <summary>Inside right-to-left words a value keeps its own direction: "−3" and a Czech name must not turn around.</summary>
    private string? Isolated(string? value) => IsRightToLeft && !string.IsNullOrEmpty(value) ? $"{IsolateStart}{value}{IsolateEnd}" : value;

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Words(string value) => value.Length == 0 ? value : char.ToUpperInvariant(value[0]) + value[1..].Replace('_', ' ').Replace('-', ' ');
}
