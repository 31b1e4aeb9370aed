using System.Globalization;

namespace Hark.Web.Features.Inbox;

/// <summary>Moments as our own pages send them back.</summary>
internal static class Moments
{
    /// <summary>Null for nothing, and for what is no moment.</summary>
    public static DateTimeOffset? Read(string? text) =>
        DateTimeOffset.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
}
