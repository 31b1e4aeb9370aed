using System.Globalization;
using Hark.Web.Infrastructure.Auth;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Hark.Web.Infrastructure.OpenApi;

/// <summary>Adds to every operation the problems it can answer with, and the key that it asks for.</summary>
internal static class OperationProblems
{
    public static Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var guarded = metadata.OfType<IAuthorizeData>().Any() && !metadata.OfType<IAllowAnonymous>().Any();
        operation.Responses ??= [];
        foreach (var status in Statuses(operation, context.Description.HttpMethod, guarded))
            operation.Responses.TryAdd(status.ToString(CultureInfo.InvariantCulture), new OpenApiResponseReference(DocumentParts.ProblemResponse, context.Document));
        operation.Description ??= operation.Summary + ".";
        if (guarded && context.Document is { } document)
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SchemeOf(metadata), document)] = [] }];
        return Task.CompletedTask;
    }

    private static IEnumerable<int> Statuses(OpenApiOperation operation, string? method, bool guarded)
    {
        yield return StatusCodes.Status400BadRequest;
        if (guarded)
        {
            yield return StatusCodes.Status401Unauthorized;
            yield return StatusCodes.Status403Forbidden;
        }
        if (operation.Parameters?.Any(p => p.In == ParameterLocation.Path) == true) yield return StatusCodes.Status404NotFound;
        if (method is not "GET") yield return StatusCodes.Status409Conflict;
        if (operation.RequestBody is not null)
        {
            yield return StatusCodes.Status413PayloadTooLarge;
            yield return StatusCodes.Status415UnsupportedMediaType;
        }
        yield return StatusCodes.Status429TooManyRequests;
        yield return StatusCodes.Status500InternalServerError;
        yield return StatusCodes.Status503ServiceUnavailable;
        if (method is not "GET") yield return StatusCodes.Status507InsufficientStorage;
    }

    private static string SchemeOf(IEnumerable<object> metadata) =>
        metadata.OfType<IAuthorizeData>().Any(a => a.Policy == Policies.Send) ? DocumentParts.SourceKey : DocumentParts.Token;
}
