using System.Data.Common;
using System.Net.Sockets;
using System.Text.Json;
using Hark.Data.Store;
using Hark.Domain.Common;
using Hark.Web.Infrastructure.Paging;
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
        await Problem.WriteAsync(httpContext, error, status);
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

    /// <summary>The framework's own words on a parameter name it, but also our types; those are left out.</summary>
    private static string Sentence(string message)
    {
        var name = message.Split('"');
        return message.StartsWith("Failed to bind parameter", StringComparison.Ordinal) && name.Length > 2
            ? $"The parameter {JsonNamingPolicy.SnakeCaseLower.ConvertName(name[1].Split(' ')[^1])} has a value that it cannot take."
            : message.StartsWith("Required parameter", StringComparison.Ordinal) && name.Length > 2
                ? $"{(message.Contains("body", StringComparison.Ordinal) ? "A JSON body" : $"The parameter {JsonNamingPolicy.SnakeCaseLower.ConvertName(name[1].Split(' ')[^1])}")} is required."
                : "The request could not be read; check its path, parameters and body.";
    }
}
