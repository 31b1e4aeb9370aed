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
        Shape(schema, context.JsonTypeInfo.Type);
        // The framework leaves out the items of a list whose element it cannot see into.
        if (schema.Type?.HasFlag(JsonSchemaType.Array) == true && schema.Items is null && context.JsonTypeInfo.ElementType is { } element)
            schema.Items = Shape(new OpenApiSchema(), element);
        return Task.CompletedTask;
    }

    private static OpenApiSchema Shape(OpenApiSchema schema, Type declared)
    {
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
        return schema;
    }

    private static IReadOnlyList<string> NamesOf(Type type) =>
        (IReadOnlyList<string>)typeof(EnumNames<>).MakeGenericType(type).GetProperty(nameof(EnumNames<>.All))!.GetValue(null)!;
}
