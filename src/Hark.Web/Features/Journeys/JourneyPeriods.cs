using Hark.Domain.Common;
using NodaTime;

namespace Hark.Web.Features.Journeys;

/// <summary>The stretches of time that the map speaks of, in the workspace's zone, widened to whole hours.</summary>
/// <param name="Share">How much of the year has passed, 0 to 1.</param>
internal sealed record JourneyPeriods(int Year, DateTimeOffset LastYear, DateTimeOffset ThisYear, DateTimeOffset Recent, DateTimeOffset To, double Share)
{
    /// <summary>Health and volume are those of thirteen weeks.</summary>
    public const int RecentDays = 91;

    public static JourneyPeriods Of(string zone, DateTimeOffset now)
    {
        var rules = DateTimeZoneProviders.Tzdb[zone];
        var today = Instant.FromDateTimeOffset(now).InZone(rules).Date;
        var (start, end) = (Start(new LocalDate(today.Year, 1, 1)), Start(new LocalDate(today.Year + 1, 1, 1)));
        return new(today.Year, Start(new LocalDate(today.Year - 1, 1, 1)), start, Start(today.PlusDays(1 - RecentDays)), now.HourStart().AddHours(1), (now - start) / (end - start));

        DateTimeOffset Start(LocalDate day) => rules.AtStartOfDay(day).ToDateTimeOffset().ToUniversalTime().HourStart();
    }
}
