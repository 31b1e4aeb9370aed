using Hark.Data.Queries;
using Microsoft.OpenApi;

namespace Hark.Web.Infrastructure;

/// <summary>Between a request's query string and <see cref="QueryParameters"/>.</summary>
internal static class QueryStrings
{
    public static QueryParameters Parameters(this HttpRequest request) =>
        new(request.Query.ToDictionary(q => q.Key, q => (IReadOnlyList<string>)[.. q.Value.OfType<string>()], StringComparer.Ordinal));

    /// <summary>Describes parameters that are read by hand, because they depend on each other or may be repeated.</summary>
    public static RouteHandlerBuilder WithParameters(this RouteHandlerBuilder route, params IEnumerable<QueryParameter> parameters) =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters ??= [];
            foreach (var p in parameters)
            {
                var text = new OpenApiSchema { Type = JsonSchemaType.String };
                operation.Parameters.Add(new OpenApiParameter
                {
                    Name = p.Name,
                    In = ParameterLocation.Query,
                    Required = p.Required,
                    Description = p.Description,
                    Schema = p.Repeats ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = text } : text,
                });
            }
            return Task.CompletedTask;
        });
}

/// <summary>One parameter as the API describes it.</summary>
/// <param name="Repeats">May be given several times; any of the values will do.</param>
internal sealed record QueryParameter(string Name, string Description, bool Required = false, bool Repeats = false);
