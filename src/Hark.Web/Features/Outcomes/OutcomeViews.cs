using System.Globalization;
using Hark.Data.Outcomes;
using Hark.Domain.Common;
using Hark.Domain.Targets;

namespace Hark.Web.Features.Outcomes;

/// <summary>Days of an outcome as they are reported.</summary>
public sealed record ReportedDays(IReadOnlyList<ReportedDay> Days)
{
    /// <summary>Reads lines of day, sum and count with a comma, semicolon or tab between: <c>2026-11-01; 418; 1000</c>. A line of headings may come first.</summary>
    public static Result<ReportedDays> Parse(string text)
    {
        var (days, errors) = (new List<ReportedDay>(), new InputErrors());
        foreach (var (i, line) in text.ReplaceLineEndings("\n").Split('\n').Index())
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (ParseLine(line) is { } day) days.Add(day);
            else if (i > 0 || line.Any(char.IsAsciiDigit)) errors.Add(string.Create(CultureInfo.InvariantCulture, $"/days/{i}"), "is not a day, a sum and a count, such as 2026-11-01; 418; 1000");
        }
        return errors.Any ? Error.Invalid(errors) : new ReportedDays(days);
    }

    private static ReportedDay? ParseLine(string line)
    {
        var fields = line.Split([';', '\t', ','], StringSplitOptions.TrimEntries);
        return fields.Length == 3
            && DateOnly.TryParseExact(fields[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && double.TryParse(fields[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var sum)
            && long.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? new(day, sum, count) : null;
    }
}

/// <param name="Stored">Days that were reported.</param>
public sealed record ReportedView(int Stored);

/// <summary>An outcome and its number.</summary>
/// <param name="From">The first of its days; null while nothing was reported.</param>
/// <param name="To">The last of its days.</param>
/// <param name="N">Those counted.</param>
/// <param name="Before">The number of the 91 days before.</param>
/// <param name="Change">Now less before, with its interval.</param>
public sealed record OutcomeView(OutcomeKind Outcome, string? About, double Per, string? Unit, OutcomeTarget? Target, DateOnly? From, DateOnly? To, double? Value, double? Low, double? High, long N,
    double? Before, EstimateView? Change)
{
    public static OutcomeView Of(OutcomeFigure f) => new(f.Outcome.Kind, f.Outcome.About, f.Outcome.Per, f.Outcome.Unit, f.Outcome.Target, f.From, f.To, f.Now?.Value, f.Now?.Low, f.Now?.High, f.N,
        f.Before?.Value, f.Difference is { } d ? new EstimateView(d.Value, d.Low, d.High) : null);
}

/// <summary>A value with its 95 % interval.</summary>
public sealed record EstimateView(double Value, double? Low, double? High);
