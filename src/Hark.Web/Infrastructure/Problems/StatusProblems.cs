using Hark.Domain.Common;
using Hark.Web.Infrastructure.Staff;

namespace Hark.Web.Infrastructure.Problems;

/// <summary>Words for answers that the framework gives as a bare status: no such route, wrong method, and the like.</summary>
public static class StatusProblems
{
    public static Error Of(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => new(ErrorKind.Unauthorised, ErrorCodes.Unauthorised, "Send a key: Authorization: Bearer followed by the key."),
        StatusCodes.Status403Forbidden => new(ErrorKind.Forbidden, ErrorCodes.Forbidden, "This key may not do that."),
        StatusCodes.Status404NotFound => new(ErrorKind.NotFound, ErrorCodes.NotFound, "There is nothing at this address."),
        StatusCodes.Status405MethodNotAllowed => new(ErrorKind.Invalid, ErrorCodes.MethodNotAllowed, "This address does not take that method; the Allow header names those it takes."),
        StatusCodes.Status408RequestTimeout => new(ErrorKind.Invalid, ErrorCodes.Timeout, "The body came too slowly; send it again."),
        StatusCodes.Status413PayloadTooLarge => new(ErrorKind.TooLarge, ErrorCodes.TooLarge, "The body is larger than this address takes; send less at once."),
        StatusCodes.Status415UnsupportedMediaType => new(ErrorKind.Invalid, ErrorCodes.UnsupportedMediaType, "Send the body with Content-Type: application/json."),
        StatusCodes.Status429TooManyRequests => new(ErrorKind.Limited, ErrorCodes.RateLimited, "Too many requests; wait as long as Retry-After says."),
        StatusCodes.Status503ServiceUnavailable => new(ErrorKind.Unavailable, ErrorCodes.Unavailable, "The server cannot answer just now; try again shortly."),
        >= 500 => new(ErrorKind.Unavailable, ErrorCodes.Internal, "Something failed on our side."),
        _ => new(ErrorKind.Invalid, ErrorCodes.InvalidInput, "The request could not be understood."),
    };

    /// <summary>Gives every bare error status a body: a problem, or the page that says it.</summary>
    public static void UseStatusProblems(this IApplicationBuilder app) =>
        app.UseStatusCodePages(c => FailedPages.WriteAsync(c.HttpContext, Of(c.HttpContext.Response.StatusCode), c.HttpContext.Response.StatusCode));
}
