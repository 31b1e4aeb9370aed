using System.Globalization;
using Hark.Domain.Common;
using NodaTime;
using NodaTime.Text;

namespace Hark.Data.Queries;

/// <summary>
/// The parameters of a query as they were sent, read one by one. Everything wrong is collected by parameter name, and a parameter that nobody asked for is an
/// error too: a misspelt filter must not silently widen the answer.
/// </summary>
public sealed class QueryParameters(IReadOnlyDictionary<string, IReadOnlyList<string>> values)
{
    public const int MostValues = 100, LongestValue = 500;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public InputErrors Errors { get; } = new();

    /// <summary>The one value, or null where it was not sent or is empty.</summary>
    public string? One(string name)
    {
        var all = Many(name);
        if (all.Count > 1) Errors.Add(name, "may be given once");
        return all.Count == 0 ? null : all[0];
    }

    /// <summary>All values of a parameter that may be repeated, without repetitions. Empty ones count as not sent.</summary>
    /// <param name="split">Values may also be joined by commas: for vocabularies in which no value has one.</param>
    public IReadOnlyList<string> Many(string name, bool split = false)
    {
        _known.Add(name);
        if (!values.TryGetValue(name, out var sent)) return [];
        var list = sent.SelectMany(v => split ? v.Split(',') : [v]).Select(v => v.Trim()).Where(v => v.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (Refusal(list) is not { } refusal) return list;
        Errors.Add(name, refusal);
        return [];
    }

    private static string? Refusal(List<string> values)
    {
        if (values.Count > MostValues) return $"takes up to {MostValues} values";
        return values.Exists(v => v.Length > LongestValue || v.Contains('\0', StringComparison.Ordinal))
            ? $"takes texts of up to {LongestValue} characters without control characters" : null;
    }

    /// <summary>A finite number, or null.</summary>
    public double? Number(string name)
    {
        if (One(name) is not { } text) return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)) return number;
        Errors.Add(name, "must be a number");
        return null;
    }

    /// <summary>A time with its zone, or a date, which means its beginning in <paramref name="zone"/>.</summary>
    public DateTimeOffset? Time(string name, string zone)
    {
        if (One(name) is not { } text) return null;
        if (LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var date } && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is { } rules)
            return date.AtStartOfDayInZone(rules).ToDateTimeOffset().Trim();
        // A plus sign that was not escaped arrives as a space.
        if (OffsetDateTimePattern.Rfc3339.Parse(text.Replace(' ', '+')) is { Success: true, Value: var time }) return time.ToDateTimeOffset().Trim();
        Errors.Add(name, "must be a time such as 2026-11-22T06:14:00Z or a date such as 2026-11-22");
        return null;
    }

    /// <summary>Refuses what was sent under names that were never asked for. Call last.</summary>
    public void RefuseUnknown()
    {
        foreach (var name in values.Keys.Where(n => !_known.Contains(n)))
            Errors.Add(name, $"is not a parameter here{Suggestion.Hint(name, _known)}");
    }

    /// <summary>What is wrong, or null.</summary>
    public Error? Error => Errors.Any ? Domain.Common.Error.Invalid(Errors, "The query has errors; each is named by its parameter.") : null;
}
