using System.Text.Json;
using System.Text.Json.Nodes;
using Hark.Domain.Common;
using Hark.Web.Infrastructure.Problems;

namespace Hark.Web.Infrastructure;

/// <summary>Changes part of a record by JSON Merge Patch (RFC 7396): what is absent stays, <c>null</c> takes a value away.</summary>
public static class MergePatch
{
    public const string ContentType = "application/merge-patch+json";

    /// <returns>The changed record; <c>invalid_input</c> for unknown fields, wrong types and nulls where a value is needed.</returns>
    public static Result<T> Apply<T>(T current, JsonElement patch) where T : notnull
    {
        if (patch.ValueKind != JsonValueKind.Object) return Error.Invalid("", "must be a JSON object with the fields to change");
        var merged = JsonSerializer.SerializeToNode(current, HarkJson.Options)!.AsObject();
        foreach (var field in patch.EnumerateObject())
            merged[field.Name] = field.Value.ValueKind == JsonValueKind.Null ? null : JsonNode.Parse(field.Value.GetRawText());
        try
        {
            return merged.Deserialize<T>(HarkJson.Options)!;
        }
        catch (JsonException e)
        {
            return JsonProblems.From(e);
        }
    }
}
