using Hark.Web.Infrastructure.Localisation;

namespace Hark.Web.Features.Customers;

/// <summary>Money and days, as pages of customers write them.</summary>
internal static class CustomerTexts
{
    public static string Money(Texts t, decimal? value, string? currency) => value is { } v ? $"{t.Number((double)v, v == Math.Floor(v) ? 0 : 2)}\u00a0{currency}" : "–";

    /// <summary>A day without a time; noon in UTC is the same day in all zones that matter for a date.</summary>
    public static string Day(Texts t, DateOnly? day) => day is { } d ? t.Date(new DateTimeOffset(d, new TimeOnly(12, 0), TimeSpan.Zero)) : "–";
}
