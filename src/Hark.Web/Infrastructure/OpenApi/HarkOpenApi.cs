using Microsoft.OpenApi;

namespace Hark.Web.Infrastructure.OpenApi;

/// <summary>The description of the API at <c>/openapi/v1.json</c>.</summary>
public static class HarkOpenApi
{
    internal static IServiceCollection AddHarkOpenApi(this IServiceCollection services) => services.AddOpenApi("v1", o =>
    {
        o.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        o.ShouldInclude = d => d.RelativePath?.StartsWith(ApiRoutes.Prefix[1..], StringComparison.Ordinal) == true;
        o.AddSchemaTransformer(SchemaShapes.TransformAsync);
        o.AddOperationTransformer(OperationProblems.TransformAsync);
        o.AddDocumentTransformer(DocumentParts.TransformAsync);
    });

    internal static void MapHarkOpenApi(this WebApplication app) => app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
}
