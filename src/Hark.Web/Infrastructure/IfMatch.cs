using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Hark.Web.Infrastructure;

/// <summary>
/// The version that the caller saw, from <c>If-Match</c>: <c>"7"</c>, <c>W/"7"</c> or <c>7</c>. Absent or <c>*</c>: null, whatever it is now. Anything else
/// is no version of ours and matches none.
/// </summary>
public sealed record IfMatch(long? Version) : IBindableFromHttpContext<IfMatch>, IEndpointParameterMetadataProvider
{
    private const long Nothing = -1;

    public static ValueTask<IfMatch?> BindAsync(HttpContext context, ParameterInfo parameter) => ValueTask.FromResult<IfMatch?>(Parse(context.Request.Headers.IfMatch));

    public static IfMatch Parse(string? header)
    {
        var text = header?.Trim();
        if (string.IsNullOrEmpty(text) || text == "*") return new IfMatch((long?)null);
        if (text.StartsWith("W/", StringComparison.Ordinal)) text = text[2..];
        return new(long.TryParse(text.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : Nothing);
    }

    /// <summary>The <c>ETag</c> of a version.</summary>
    public static string Tag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>The header is described once for all operations that take it.</summary>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
    }
}
