using System.Text.Json.Nodes;
using Hark.Domain.Common;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Hark.Web.Infrastructure.OpenApi;

/// <summary>Describes the types that <see cref="HarkJson"/> writes in its own way, which the framework cannot see into.</summary>
internal static class SchemaShapes
{
    public static Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        var declared = context.JsonTypeInfo.Type;
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        var orNull = type != declared ? JsonSchemaType.Null : 0;
        if (type.IsEnum)
        {
            schema.Type = JsonSchemaType.String | orNull;
            schema.Enum = [.. NamesOf(type).Select(n => (JsonNode)n)];
            if (orNull != 0) schema.Enum.Add(JsonNullSentinel.JsonNull);
        }
        else if (type == typeof(DateTimeOffset))
        {
            schema.Type = JsonSchemaType.String | orNull;
            schema.Format = "date-time";
        }
        return Task.CompletedTask;
    }

    private static IReadOnlyList<string> NamesOf(Type type) =>
        (IReadOnlyList<string>)typeof(EnumNames<>).MakeGenericType(type).GetProperty(nameof(EnumNames<>.All))!.GetValue(null)!;
}
