using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Features.Signals;
using Hark.Web.Testing;
using Xunit;

namespace Hark.Web.Tests.Signals;

public sealed class ReadingSignalsTests
{
    private static readonly object Full = new
    {
        id = "order-1",
        occurred_at = "2026-03-01T10:00:00Z",
        channel = "email",
        touchpoint = "delivery",
        rating = new { scale = "nps", value = 3 },
        text = "Balík přišel pozdě",
        language = "cs",
        contact = new { id = "c-17", email = "jana@example.com", name = "Jana" },
        account = new { id = "a-3", name = "Acme", annual_value = 12000, currency = "EUR" },
        subject = new { order = "81723", sku = "K-11" },
        consent = new { contact_back = true },
        tags = new[] { "reveal" },
        topics = new[] { "delivery" },
        attributes = new { delivery_days = 11, express = false },
        answers = new[] { new { question = "why", value = "late" } },
    };

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task A_signal_is_shown_as_it_was_sent_with_what_was_made_of_it(TestStore store)
    {
        await using var app = await AppFactory.StartAsync(store);
        using var sender = app.Client(await app.CreateSourceKeyAsync("survey"));
        var sent = await (await sender.PostAsJsonAsync("/api/v1/signals", Full)).Content.ReadFromJsonAsync<JsonElement>();
        using var client = await app.AdminAsync();
        var signal = await client.GetFromJsonAsync<JsonElement>($"/api/v1/signals/{sent.GetProperty("signal_id").GetString()}");
        Assert.Equal(("order-1", "survey", "2026-03-01T10:00:00Z", "email", 30.0, "Balík přišel pozdě"), (signal.GetProperty("id").GetString(), signal.GetProperty("source").GetString(),
            signal.GetProperty("occurred_at").GetString(), signal.GetProperty("channel").GetString(), signal.GetProperty("score").GetDouble(), signal.GetProperty("text").GetString()));
        Assert.Equal(("nps", 3.0), (signal.GetProperty("rating").GetProperty("scale").GetString(), signal.GetProperty("rating").GetProperty("value").GetDouble()));
        Assert.Equal(("c-17", "jana@example.com", "Acme", "81723"), (signal.GetProperty("contact").GetProperty("id").GetString(), signal.GetProperty("contact").GetProperty("email").GetString(),
            signal.GetProperty("account").GetProperty("name").GetString(), signal.GetProperty("subject").GetProperty("order").GetString()));
        Assert.Equal((11.0, false, "late", "delivery", "source"), (signal.GetProperty("attributes").GetProperty("delivery_days").GetDouble(), signal.GetProperty("attributes").GetProperty("express").GetBoolean(),
            signal.GetProperty("answers")[0].GetProperty("value").GetString(), signal.GetProperty("topics")[0].GetProperty("key").GetString(), signal.GetProperty("topics")[0].GetProperty("by").GetString()));
        Assert.Equal(sent.GetProperty("case_id").GetString(), signal.GetProperty("case_id").GetString());
        var audit = await client.GetFromJsonAsync<JsonElement>("/api/v1/audit?action=signal.read");
        Assert.Equal(sent.GetProperty("signal_id").GetString(), audit.GetProperty("items")[0].GetProperty("target_id").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/api/v1/signals/{Guid.Empty}")).StatusCode);
    }

    [Fact]
    public async Task The_list_is_paged_filtered_and_searched()
    {
        await using var app = await AppFactory.StartAsync();
        using var sender = app.Client(await app.CreateSourceKeyAsync());
        await sender.PostAsJsonAsync("/api/v1/signals", Full);
        for (var i = 0; i < 6; i++) await sender.PostAsJsonAsync("/api/v1/signals", new { text = $"fine {i}", rating = new { scale = "csat", value = 5 } });
        await app.Get<SearchIndexWorker>().RunOnceAsync(app.Time.GetUtcNow());
        using var client = await app.AdminAsync();
        var first = await client.GetFromJsonAsync<JsonElement>("/api/v1/signals?limit=4");
        var second = await client.GetFromJsonAsync<JsonElement>($"/api/v1/signals?limit=4&cursor={first.GetProperty("next_cursor").GetString()}");
        Assert.Equal((4, 3, JsonValueKind.Null), (first.GetProperty("items").GetArrayLength(), second.GetProperty("items").GetArrayLength(), second.GetProperty("next_cursor").ValueKind));
        Assert.Equal("order-1", second.GetProperty("items")[2].GetProperty("id").GetString()); // it occurred first
        Assert.Equal(7, first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).Select(i => i.GetProperty("signal_id").GetString()).Distinct().Count());
        foreach (var query in new[] { "q=prisel", "contact=c-17", "contact=jana@example.com", "account=a-3", "topic=delivery", "tag=reveal", "sku=K-11", "score_max=40", "language=CS", "to=2026-03-02", "channel=email&channel=call", "channel=email,call" })
            Assert.Equal("order-1", Assert.Single((await client.GetFromJsonAsync<JsonElement>($"/api/v1/signals?{query}")).GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
        foreach (var wrong in new[] { "limit=0", "limit=501", "limit=x", "cursor=abc", "q=%3F", "touchpiont=x", "from=2026-03-02&to=2026-03-01", "kind=rude", "source=nope" })
            Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync($"/api/v1/signals?{wrong}")).StatusCode);
    }

    [Fact]
    public async Task Agents_see_only_what_belongs_to_their_teams()
    {
        await using var app = await AppFactory.StartAsync();
        var team = await app.CreateTeamAsync("care");
        using var sender = app.Client(await app.CreateSourceKeyAsync("survey"));
        var sent = await (await sender.PostAsJsonAsync("/api/v1/signals", new { text = "secret", rating = new { scale = "nps", value = 10 } })).Content.ReadFromJsonAsync<JsonElement>();
        using var agent = app.Client(await app.CreateTokenAsync(Role.Agent, teams: team.TeamId));
        Assert.Equal(0, (await agent.GetFromJsonAsync<JsonElement>("/api/v1/signals")).GetProperty("items").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await agent.GetAsync($"/api/v1/signals/{sent.GetProperty("signal_id").GetString()}")).StatusCode);
        Assert.Equal(1, (await agent.GetFromJsonAsync<JsonElement>("/api/v1/metrics?metric=count")).GetProperty("rows")[0].GetProperty("n").GetInt32());
    }

    [Fact]
    public async Task Another_workspace_is_not_there()
    {
        await using var app = await AppFactory.StartAsync();
        using var sender = app.Client(await app.CreateSourceKeyAsync());
        var sent = await (await sender.PostAsJsonAsync("/api/v1/signals", Full)).Content.ReadFromJsonAsync<JsonElement>();
        var other = await app.CreateWorkspaceAsync();
        using var stranger = app.Client(await app.CreateTokenAsync(workspaceId: other.WorkspaceId));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/api/v1/signals/{sent.GetProperty("signal_id").GetString()}")).StatusCode);
        Assert.Equal(0, (await stranger.GetFromJsonAsync<JsonElement>("/api/v1/signals")).GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await stranger.GetFromJsonAsync<JsonElement>("/api/v1/metrics?metric=count")).GetProperty("rows")[0].GetProperty("n").GetInt32());
    }
}
