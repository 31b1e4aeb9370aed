using System.Text.Json;
using Hark.Domain.Common;
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
        Assert.All(operations, o =>
        {
            Assert.True(o.Value.TryGetProperty("operationId", out _), o.Name);
            Assert.True(o.Value.TryGetProperty("summary", out _), o.Name);
            Assert.True(o.Value.GetProperty("tags").GetArrayLength() == 1, o.Name);
            Assert.True(o.Value.GetProperty("security").GetArrayLength() == 1, o.Name);
            var responses = o.Value.GetProperty("responses").EnumerateObject().ToList();
            Assert.Contains(responses, r => r.Name[0] == '2');
            Assert.All(["400", "401", "403", "429", "500"], status => Assert.Contains(responses, r => r.Name == status));
            Assert.All(responses.Where(r => r.Name[0] is '4' or '5'), r => Assert.EndsWith("/Problem", r.Value.GetProperty("$ref").GetString(), StringComparison.Ordinal));
        });
        Assert.Equal(operations.Count, operations.Select(o => o.Value.GetProperty("operationId").GetString()).Distinct().Count());
        var codes = document.GetProperty("components").GetProperty("schemas").GetProperty("Problem").GetProperty("properties").GetProperty("code").GetProperty("enum");
        Assert.Equal(ErrorCodes.All, codes.EnumerateArray().Select(c => c.GetString()));
    }
}
