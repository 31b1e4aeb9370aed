using System.Text.Json;
using Hark.Domain.Common;
using Hark.Web.Testing;
using Xunit;

namespace Hark.Web.Tests.Infrastructure;

public sealed class OpenApiTests
{
    [Fact]
    public async Task Every_operation_is_described_and_says_how_it_fails()
    {
        await using var app = await AppFactory.StartAsync();
        using var client = app.Client(null);
        var document = JsonElement.Parse(await client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken));
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(p => p.Value.EnumerateObject().Where(o => o.Value.ValueKind == JsonValueKind.Object).Select(o => (Name: $"{o.Name} {p.Name}", o.Value))).ToList();
        Assert.True(operations.Count > 15);
        Assert.Empty(operations.SelectMany(o => Missing(o.Value).Select(m => $"{o.Name}: {m}")));
        Assert.Equal(operations.Count, operations.Select(o => o.Value.GetProperty("operationId").GetString()).Distinct().Count());
        var codes = document.GetProperty("components").GetProperty("schemas").GetProperty("Problem").GetProperty("properties").GetProperty("code").GetProperty("enum");
        Assert.Equal(ErrorCodes.All, codes.EnumerateArray().Select(c => c.GetString()));
    }

    [Fact]
    public async Task Every_list_says_what_is_in_it()
    {
        await using var app = await AppFactory.StartAsync();
        using var client = app.Client(null);
        var document = JsonElement.Parse(await client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken));
        Assert.Empty(ListsWithoutItems(document, ""));
    }

    private static IEnumerable<string> ListsWithoutItems(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Array)
            return element.EnumerateArray().SelectMany((e, i) => ListsWithoutItems(e, FormattableString.Invariant($"{path}/{i}")));
        if (element.ValueKind != JsonValueKind.Object) return [];
        var isList = element.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("array") && !element.TryGetProperty("items", out _);
        return element.EnumerateObject().SelectMany(p => ListsWithoutItems(p.Value, $"{path}/{p.Name}")).Concat(isList ? [path] : []);
    }

    /// <summary>What a description of an operation lacks.</summary>
    private static IEnumerable<string> Missing(JsonElement operation)
    {
        if (!operation.TryGetProperty("operationId", out _)) yield return "no name";
        if (!operation.TryGetProperty("summary", out _)) yield return "no summary";
        if (!operation.TryGetProperty("tags", out var tags) || tags.GetArrayLength() != 1) yield return "not one tag";
        if (!operation.TryGetProperty("security", out var security) || security.GetArrayLength() != 1) yield return "not one kind of key";
        var responses = operation.GetProperty("responses").EnumerateObject().ToDictionary(r => r.Name, r => r.Value);
        if (!responses.Keys.Any(s => s[0] == '2')) yield return "no success";
        foreach (var status in new[] { "400", "401", "403", "429", "500" }.Except(responses.Keys)) yield return $"no {status}";
        foreach (var (status, response) in responses.Where(r => r.Key[0] is '4' or '5'))
            if (!response.TryGetProperty("$ref", out var reference) || reference.GetString() != "#/components/responses/Problem") yield return $"{status} is no problem";
    }
}
