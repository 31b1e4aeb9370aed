using System.Data.Common;
using System.Net.Sockets;
using System.Text.Json;
using Hark.Data.Store;
using Hark.Domain.Common;
using Hark.Web.Infrastructure.Paging;
using Hark.Web.Infrastructure.Staff;
using Microsoft.AspNetCore.Diagnostics;

namespace Hark.Web.Infrastructure.Problems;

/// <summary>The last word on exceptions: bad requests and a troubled store have answers of their own, everything else is a bug, logged and kept from the caller.</summary>
internal sealed class ProblemExceptionHandler(ISqlDialect dialect, ILogger<ProblemExceptionHandler> log) : IExceptionHandler
{
    private const int ClientClosedRequest = 499;

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            if (!httpContext.Response.HasStarted) httpContext.Response.StatusCode = ClientClosedRequest;
            return true;
        }
        var (error, status) = Describe(exception);
        await FailedPages.WriteAsync(httpContext, error, status);
        return true;
    }

    private (Error, int?) Describe(Exception exception)
    {
        if (exception is BadHttpRequestException bad) return BadRequest(bad);
        if (exception is BadCursorException) return (BadCursorException.Error, null);
        if (dialect.IsStorageFull(exception))
        {
            log.LogError(exception, "The storage is full");
            return (new Error(ErrorKind.Unavailable, ErrorCodes.StorageFull, "The server has no room to store this; free space, then send it again."), null);
        }
        if (dialect.IsTransient(exception) || IsUnreachable(exception))
        {
            log.LogWarning(exception, "The store cannot be reached");
            return (new Error(ErrorKind.Unavailable, ErrorCodes.Unavailable, "The store cannot be reached just now; send it again shortly."), null);
        }
        log.LogError(exception, "Unexpected failure");
        return (new Error(ErrorKind.Unavailable, ErrorCodes.Internal, "Something failed on our side and was logged; the trace id finds it."),
            StatusCodes.Status500InternalServerError);
    }

    private static bool IsUnreachable(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
            if (exception is DbException { IsTransient: true } or SocketException) return true;
        return false;
    }

    private static (Error, int?) BadRequest(BadHttpRequestException bad) => bad.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => (StatusProblems.Of(bad.StatusCode), null),
        StatusCodes.Status408RequestTimeout => (StatusProblems.Of(bad.StatusCode), bad.StatusCode),
        StatusCodes.Status415UnsupportedMediaType => (StatusProblems.Of(bad.StatusCode), null),
        _ when bad.InnerException is JsonException json => (JsonProblems.From(json), null),
        _ => (new Error(ErrorKind.Invalid, ErrorCodes.InvalidInput, Sentence(bad.Message)), null),
    };

    /// <summary>The framework's own words name the parameter, but also our types and what a developer should do; those are left out.</summary>
    private static string Sentence(string message)
    {
        if (message.Contains("no body was provided", StringComparison.Ordinal)) return "A JSON body is required.";
        if (message.Split('"') is not [var start, var parameter, ..]) return "The request could not be read; check its path, parameters and body.";
        var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Split(' ')[^1]);
        return start.StartsWith("Required parameter", StringComparison.Ordinal)
            ? $"The parameter {name} is required." : $"The parameter {name} has a value that it cannot take.";
    }
}
