using System.Reflection;
using Hark.Domain.Common;
using Microsoft.AspNetCore.Http.Metadata;

namespace Hark.Web.Infrastructure.Problems;

/// <summary>The answer of an endpoint that failed in an expected way.</summary>
/// <param name="retryAfter">Seconds, for 429 and 503.</param>
public sealed class ProblemResult(Error error, int? retryAfter = null) : IResult, IStatusCodeHttpResult, IEndpointMetadataProvider
{
    public Error Error => error;
    public int? StatusCode => Problem.StatusOf(error);

    public Task ExecuteAsync(HttpContext httpContext) => Problem.WriteAsync(httpContext, error, retryAfter: retryAfter);

    /// <summary>Nothing: which problems an operation can answer with is added to all of them alike by the API description.</summary>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
    }
}

/// <summary>From results of use cases to HTTP answers.</summary>
public static class ResultHttp
{
    public static ProblemResult ToProblem(this Error error, int? retryAfter = null) => new(error, retryAfter);

    /// <summary>200 with the mapped value, or the problem.</summary>
    public static IResult ToOk<T, TBody>(this Result<T> result, Func<T, TBody> body) =>
        result.Error is { } error ? error.ToProblem() : TypedResults.Ok(body(result.Value));

    /// <inheritdoc cref="ToOk{T,TBody}"/>
    public static IResult ToOk<T>(this Result<T> result) => result.ToOk(v => v);

    /// <summary>201 with the mapped value and where it is, or the problem.</summary>
    public static IResult ToCreated<T, TBody>(this Result<T> result, Func<T, string> location, Func<T, TBody> body) =>
        result.Error is { } error ? error.ToProblem() : TypedResults.Created(location(result.Value), body(result.Value));

    /// <summary>204, or the problem.</summary>
    public static IResult ToNoContent<T>(this Result<T> result) => result.Error is { } error ? error.ToProblem() : TypedResults.NoContent();
}
