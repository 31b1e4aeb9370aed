using System.Globalization;
using Hark.Domain.Common;

namespace Hark.Web.Features.Customers;

/// <summary>Where a page of a timeline begins, in the address as UTC ticks.</summary>
internal static class TimelinePlace
{
    /// <summary>What is no time begins at the newest.</summary>
    public static DateTimeOffset Read(string? before, DateTimeOffset now) =>
        long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new DateTimeOffset(ticks, TimeSpan.Zero).Trim() : now.AddDays(1);
}
