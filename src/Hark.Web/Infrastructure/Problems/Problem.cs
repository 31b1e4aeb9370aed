using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hark.Domain.Common;
using Microsoft.AspNetCore.WebUtilities;

namespace Hark.Web.Infrastructure.Problems;

/// <summary>An error as the API tells it: RFC 9457 <c>application/problem+json</c>.</summary>
public sealed record Problem
{
    public const string ContentType = "application/problem+json";

    /// <summary>Seconds to wait where nothing better is known.</summary>
    public const int UsualRetryAfter = 5;

    /// <summary>Always <c>about:blank</c>: the title is the status, the <see cref="Code"/> tells more.</summary>
    public string Type { get; init; } = "about:blank";
    public required string Title { get; init; }
    public required int Status { get; init; }

    /// <summary>How to repair it, in one sentence.</summary>
    public required string Detail { get; init; }

    /// <summary>From the closed list in <see cref="ErrorCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>By which the operator finds the request in logs and traces.</summary>
    [JsonPropertyName("traceId")]
    public required string TraceId { get; init; }

    /// <summary>Reasons by JSON pointer, or by name of a query parameter.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    public static int StatusOf(Error error) => error.Kind switch
    {
        ErrorKind.Invalid => error.Code == ErrorCodes.UnsupportedMediaType ? StatusCodes.Status415UnsupportedMediaType : StatusCodes.Status400BadRequest,
        ErrorKind.Unauthorised => StatusCodes.Status401Unauthorized,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Conflict => error.Code == ErrorCodes.VersionConflict ? StatusCodes.Status412PreconditionFailed : StatusCodes.Status409Conflict,
        ErrorKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorKind.Limited => StatusCodes.Status429TooManyRequests,
        ErrorKind.Unavailable => error.Code == ErrorCodes.StorageFull ? StatusCodes.Status507InsufficientStorage : StatusCodes.Status503ServiceUnavailable,
    };

    /// <summary>Status and headers that every failure has, whatever its body.</summary>
    internal static void Prepare(HttpContext context, int status, int? retryAfter)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = (retryAfter ?? UsualRetryAfter).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Answers with the problem, in place of anything that was prepared. Does nothing once the answer has begun.</summary>
    /// <param name="status">Overrides the status of the error's kind.</param>
    /// <param name="retryAfter">Seconds; 429 and 503 always carry some.</param>
    public static Task WriteAsync(HttpContext context, Error error, int? status = null, int? retryAfter = null)
    {
        if (context.Response.HasStarted) return Task.CompletedTask;
        var code = status ?? StatusOf(error);
        Prepare(context, code, retryAfter);
        context.Response.ContentType = ContentType;
        var problem = new Problem
        {
            Title = ReasonPhrases.GetReasonPhrase(code) is { Length: > 0 } phrase ? phrase : "Error",
            Status = code,
            Detail = error.Detail,
            Code = error.Code,
            TraceId = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier,
            Errors = error.Fields,
        };
        if (HttpMethods.IsHead(context.Request.Method)) return Task.CompletedTask;
        return JsonSerializer.SerializeAsync(context.Response.Body, problem, HarkJson.Options, context.RequestAborted);
    }
}
