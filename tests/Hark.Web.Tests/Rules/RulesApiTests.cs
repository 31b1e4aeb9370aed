using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Testing;
using Xunit;

namespace Hark.Web.Tests.Rules;

public sealed class RulesApiTests
{
    private const string Vips = """{"rules":[{"id":"vip","name":"VIPs","enabled":true,"when":{"field":"contact.traits.vip","eq":true},"then":[{"open_case":{"severity":"critical","team":"support"}}]}]}""";

    [Fact]
    public async Task Rules_are_saved_in_versions_act_at_once_and_come_back()
    {
        await using var app = await AppFactory.StartAsync();
        using var client = await app.AdminAsync();
        using var sender = app.Client(await app.CreateSourceKeyAsync());
        var defaults = await client.GetFromJsonAsync<JsonElement>("/api/v1/rules");
        Assert.Equal(0, defaults.GetProperty("version").GetInt64());
        var saved = await PutAsync(client, Vips, "\"0\"");
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await PutAsync(client, Vips, "\"0\"")).StatusCode);

        var detractor = await Sending.SendAsync(sender, new { rating = new { scale = "nps", value = 3 } });
        Assert.Equal(JsonValueKind.Null, detractor.GetProperty("case_id").ValueKind);
        var vip = await Sending.SendAsync(sender, new { rating = new { scale = "nps", value = 9 }, contact = new { id = "v", traits = new { vip = true } } });
        var opened = await client.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{vip.GetProperty("case_id").GetString()}");
        Assert.Equal("critical", opened.GetProperty("severity").GetString());
        var signal = await client.GetFromJsonAsync<JsonElement>($"/api/v1/signals/{vip.GetProperty("signal_id").GetString()}");
        Assert.Contains(signal.GetProperty("trail").EnumerateArray(), t => t.GetProperty("by").GetString() == "rule:vip");

        Assert.Equal(HttpStatusCode.OK, (await PutAsync(client, """{"rules":[]}""", null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync("/api/v1/rules/versions/1/restore", null)).StatusCode);
        var versions = await client.GetFromJsonAsync<JsonElement>("/api/v1/rules/versions");
        Assert.Equal([3, 2, 1], versions.GetProperty("items").EnumerateArray().Select(v => v.GetProperty("version").GetInt32()));
    }

    [Fact]
    public async Task A_mistake_is_told_with_its_line_and_column()
    {
        await using var app = await AppFactory.StartAsync();
        using var client = await app.AdminAsync();
        var answer = await PutAsync(client, "{\"rules\":[\n {\"id\":\"x\",\"name\":\"X\",\"when\":{\"field\":\"scorre\",\"lt\":3},\"then\":[{\"tag\":{\"tags\":[\"a\"]}}]}]}", null);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
        var reason = errors.EnumerateObject().Single().Value[0].GetString();
        Assert.Contains("line 2, column", reason, StringComparison.Ordinal);
        Assert.Contains("score", reason, StringComparison.Ordinal);
        using var agent = app.Client(await app.CreateTokenAsync(Role.Agent));
        Assert.Equal(HttpStatusCode.Forbidden, (await PutAsync(agent, Vips, null)).StatusCode);
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task A_dry_run_tells_what_would_happen_and_does_nothing(TestStore store)
    {
        await using var app = await AppFactory.StartAsync(store);
        using var client = await app.AdminAsync();
        using var sender = app.Client(await app.CreateSourceKeyAsync());
        for (var i = 0; i < 6; i++)
            await Sending.SendAsync(sender, new { id = $"d-{i}", rating = new { scale = "nps", value = 9 }, contact = new { email = "a@example.com" }, subject = new { order = i < 3 ? "1" : "2" }, text = i == 5 ? "Dopravce ztratil balík" : null });
        var rules = JsonElement.Parse("""{"rules":[{"id":"all","name":"All","enabled":true,"when":{"field":"score","gte":80},"then":[{"open_case":{"team":"support"}}]},{"id":"words","name":"Words","enabled":true,"when":{"field":"text","contains":"ztratil"},"then":[{"tag":{"tags":["lost"]}}]}]}""");
        app.Time.Advance(TimeSpan.FromMinutes(1));
        var answer = await client.PostAsJsonAsync("/api/v1/rules/dry-run", new { rules });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var report = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((6, 6, 2, 4), (report.GetProperty("signals").GetInt32(), report.GetProperty("matched").GetInt32(), report.GetProperty("cases_opened").GetInt32(), report.GetProperty("cases_joined").GetInt32()));
        Assert.Equal([6, 1], report.GetProperty("by_rule").EnumerateArray().Select(r => r.GetProperty("matched").GetInt32()));
        Assert.Equal(0, (await client.GetFromJsonAsync<JsonElement>("/api/v1/cases")).GetProperty("items").GetArrayLength());
    }

    private static Task<HttpResponseMessage> PutAsync(HttpClient client, string json, string? ifMatch)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/rules") { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return client.SendAsync(request);
    }
}
