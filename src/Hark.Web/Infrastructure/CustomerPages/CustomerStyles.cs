using System.Security.Cryptography;

namespace Hark.Web.Infrastructure.CustomerPages;

/// <summary>The one style sheet of customer pages. It is part of the program, so that it is there however the program was started; its address names its content.</summary>
internal static class CustomerStyles
{
    private static readonly byte[] Css = Read();

    public static string Path { get; } = $"/assets/customer.{Convert.ToHexStringLower(SHA256.HashData(Css))[..12]}.css";

    public static void MapCustomerStyles(this IEndpointRouteBuilder app) => app.MapMethods(Path, ["GET", "HEAD"], (HttpContext context) =>
    {
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Bytes(Css, "text/css; charset=utf-8");
    }).AllowAnonymous().ExcludeFromDescription();

    private static byte[] Read()
    {
        using var stream = typeof(CustomerStyles).Assembly.GetManifestResourceStream("customer.css")!;
        var css = new byte[stream.Length];
        stream.ReadExactly(css);
        return css;
    }
}
