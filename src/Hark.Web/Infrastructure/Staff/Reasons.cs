using Hark.Domain.Common;

namespace Hark.Web.Infrastructure.Staff;

/// <summary>What is wrong with an address that somebody changed by hand.</summary>
internal static class ReasonsOfErrors
{
    /// <summary>One sentence for each parameter, in the API's English.</summary>
    public static string Reasons(this Error error) => string.Join(" ", error.Fields?.Select(f => $"{f.Key} {string.Join(", ", f.Value)}.") ?? [error.Detail]);
}
