using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;

namespace Hark.Domain.Signals.Mapping;

/// <summary>Reads times in given formats. A time without an offset is local to a zone; what daylight saving makes of it follows the rule.</summary>
internal sealed class TimeTexts
{
    private const DateTimeStyles Styles = DateTimeStyles.AllowWhiteSpaces;
    private static readonly string[] IsoLocal = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mm"];
    private static readonly string[] IsoOffset = ["yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-ddTHH:mmK", "yyyy-MM-dd HH:mm:ss 'UTC'", "yyyy-MM-dd HH:mm:ss K"];

    /// <summary>Seconds from 0001 to 9999, so that no number overflows.</summary>
    private const double MinUnix = -62_135_596_800, MaxUnix = 253_402_300_799;

    private readonly IReadOnlyList<string> _formats;
    private readonly bool _assumed;
    private readonly DateTimeZone _zone;
    private readonly DstRule _dst;
    private readonly ZoneLocalMappingResolver _resolver;

    /// <param name="formats">.NET custom formats, <c>iso</c>, <c>unix</c> and <c>unix_ms</c>; none means <c>iso</c>.</param>
    public TimeTexts(IReadOnlyList<string> formats, string zone, DstRule dst)
    {
        _assumed = formats.Count == 0;
        _formats = _assumed ? ["iso"] : formats;
        _zone = DateTimeZoneProviders.Tzdb[zone];
        _dst = dst;
        _resolver = Resolvers.CreateMappingResolver(dst == DstRule.Later ? Resolvers.ReturnLater : Resolvers.ReturnEarlier, Resolvers.ReturnForwardShifted);
    }

    public bool TryRead(Scalar value, out DateTimeOffset instant, out string? problem)
    {
        problem = null;
        foreach (var format in _formats)
        {
            switch (Read(value, format, out instant, out var local))
            {
                case Found.Instant: return true;
                case Found.Local: return TryPlace(local, out instant, out problem);
            }
        }
        instant = default;
        problem = $"'{NumberTexts.Shorten(value.ToString())}' is no time in the format{(_formats.Count > 1 ? "s" : "")} {string.Join(" or ", _formats)}"
            + (_assumed ? "; say in the mapping how it is written, such as \"dates\": [\"d.M.yyyy H:mm\"]" : "");
        return false;
    }

    /// <summary>The day as written, or of an instant the day in the zone.</summary>
    public bool TryReadDate(Scalar value, out DateOnly date, out string? problem)
    {
        date = default;
        foreach (var format in _formats)
        {
            if (Read(value, format, out _, out var local) != Found.Local) continue;
            (date, problem) = (DateOnly.FromDateTime(local), null);
            return true;
        }
        if (!TryRead(value, out var instant, out problem)) return false;
        date = DateOnly.FromDateTime(Instant.FromDateTimeOffset(instant).InZone(_zone).ToDateTimeUnspecified());
        return true;
    }

    private enum Found { Nothing, Instant, Local }

    private static Found Read(Scalar value, string format, out DateTimeOffset instant, out DateTime local)
    {
        (instant, local) = (default, default);
        if (format is "unix" or "unix_ms") return TryUnix(value, format == "unix_ms" ? 1000 : 1, out instant) ? Found.Instant : Found.Nothing;
        if (value.Text is not { } text) return Found.Nothing;
        if (format == "iso") return ReadIso(text, out instant, out local);
        if (HasOffset(format))
        {
            return DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, Styles | DateTimeStyles.AssumeUniversal, out instant) ? Found.Instant : Found.Nothing;
        }
        return DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, Styles, out local) ? Found.Local : Found.Nothing;
    }

    private static Found ReadIso(string text, out DateTimeOffset instant, out DateTime local)
    {
        instant = default;
        foreach (var format in IsoLocal)
        {
            if (text.Length == format.Length && DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out local)) return Found.Local;
        }
        text = SevenDigits(text);
        if (text.Length > 10 && (text[^1] is 'Z' or 'z' or 'C' || text.AsSpan(10).IndexOfAny('+', '-') >= 0))
        {
            local = default;
            return DateTimeOffset.TryParseExact(text.Replace('z', 'Z').Replace('t', 'T'), IsoOffset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant)
                ? Found.Instant : Found.Nothing;
        }
        return DateTime.TryParseExact(text, IsoLocal, CultureInfo.InvariantCulture, DateTimeStyles.None, out local) ? Found.Local : Found.Nothing;
    }

    /// <summary>.NET reads seven digits of a second; some exports have nine.</summary>
    private static string SevenDigits(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0) return text;
        var end = dot + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        return end - dot - 1 <= 7 ? text : string.Concat(text.AsSpan(0, dot + 8), text.AsSpan(end));
    }

    private static bool TryUnix(Scalar value, double unit, out DateTimeOffset instant)
    {
        instant = default;
        var number = value.Number;
        if (number is null && value.Text is { } text && double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var read)) number = read;
        if (number is not { } n || !(n / unit is >= MinUnix and <= MaxUnix)) return false;
        instant = DateTimeOffset.UnixEpoch.AddTicks((long)((decimal)n / (decimal)unit * TimeSpan.TicksPerSecond));
        return true;
    }

    private bool TryPlace(DateTime local, out DateTimeOffset instant, out string? problem)
    {
        (instant, problem) = (default, null);
        if (ReferenceEquals(_zone, DateTimeZone.Utc) || _zone.Id == "UTC")
        {
            instant = new DateTimeOffset(local, TimeSpan.Zero);
            return true;
        }
        var mapping = _zone.MapLocal(LocalDateTime.FromDateTime(local));
        if (_dst == DstRule.Reject && mapping.Count != 1)
        {
            problem = $"{local.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} comes {(mapping.Count == 0 ? "never" : "twice")} in {_zone.Id}: the clocks change there";
            return false;
        }
        instant = _resolver(mapping).ToDateTimeOffset().ToUniversalTime();
        return true;
    }

    private static bool HasOffset(string format) => format.Contains('z', StringComparison.Ordinal) || format.Contains('K', StringComparison.Ordinal);
}
