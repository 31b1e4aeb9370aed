using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hark.Data.Aggregates;
using Hark.Data.Understanding;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Testing;
using Xunit;

namespace Hark.Web.Tests.Understanding;

public sealed class TopicsApiTests
{
    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task Topics_are_found_corrected_and_counted(TestStore store)
    {
        await using var app = await AppFactory.StartAsync(store);
        using var admin = await app.AdminAsync();
        using var sender = app.Client(await app.CreateSourceKeyAsync());
        await TakeStarterAsync(admin);
        var first = await Sending.SendAsync(sender, new { text = "The courier never rang", topics = new[] { "weather" } });
        await Sending.SendAsync(sender, new { text = "Qwertz asdf", rating = new { scale = "csat", value = 5 } });
        var id = first.GetProperty("signal_id").GetString();
        Assert.Equal(["weather source", "courier phrase", "delivery phrase"], await LabelsAsync(admin, id!));
        Assert.Equal((1, 1, 1), await CountsAsync(admin));

        var answer = await admin.PutAsJsonAsync($"/api/v1/signals/{id}/topics", new { topics = new[] { "staff", "courier" } });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["staff person", "courier phrase"], await LabelsAsync(admin, id!));
        Assert.Equal((0, 1, 1), await CountsAsync(admin));
        var audit = (await admin.GetFromJsonAsync<JsonElement>("/api/v1/audit")).GetProperty("items").EnumerateArray().Select(a => a.GetProperty("action").GetString());
        Assert.Contains("signal.corrected", audit);
        var not = (await admin.GetFromJsonAsync<JsonElement>("/api/v1/signals?topic=not_understood")).GetProperty("items").EnumerateArray();
        Assert.Equal("Qwertz asdf", Assert.Single(not).GetProperty("text").GetString());
        await AssertExactAsync(app);
    }

    [Fact]
    public async Task A_role_that_only_reads_may_not_correct_and_a_signal_that_is_not_there_is_not_found()
    {
        await using var app = await AppFactory.StartAsync();
        using var sender = app.Client(await app.CreateSourceKeyAsync());
        var id = (await Sending.SendAsync(sender, new { text = "Late" })).GetProperty("signal_id").GetString();
        using var agent = app.Client(await app.CreateTokenAsync(Role.Agent));
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.PutAsJsonAsync($"/api/v1/signals/{id}/topics", new { topics = new[] { "x" } })).StatusCode);
        using var admin = await app.AdminAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await admin.PutAsJsonAsync($"/api/v1/signals/{Guid.Empty}/topics", new { topics = new[] { "x" } })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.PutAsJsonAsync($"/api/v1/signals/{id}/topics", new { topics = new[] { "a,b" } })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync("/api/v1/taxonomy/starters/zoo")).StatusCode);
    }

    [Fact]
    public async Task What_a_person_corrected_stays_when_the_source_sends_again()
    {
        await using var app = await AppFactory.StartAsync();
        using var admin = await app.AdminAsync();
        using var sender = app.Client(await app.CreateSourceKeyAsync());
        await TakeStarterAsync(admin);
        var id = (await Sending.SendAsync(sender, new { id = "s-1", text = "The courier never rang", topics = new[] { "weather" } })).GetProperty("signal_id").GetString();
        await admin.PutAsJsonAsync($"/api/v1/signals/{id}/topics", new { topics = new[] { "staff" } });
        await Sending.SendAsync(sender, new { id = "s-1", text = "The courier never rang, twice", topics = new[] { "price" } });
        Assert.Equal(["staff person"], await LabelsAsync(admin, id!));
        await AssertExactAsync(app);
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task An_edit_of_the_taxonomy_is_applied_to_what_is_stored_and_numbers_stay_exact(TestStore store)
    {
        await using var app = await AppFactory.StartAsync(store);
        using var admin = await app.AdminAsync();
        using var sender = app.Client(await app.CreateSourceKeyAsync());
        var ids = new List<string>();
        foreach (var text in (string[])["The courier never rang", "The straps squeak", "Qwertz"])
            ids.Add((await Sending.SendAsync(sender, new { text, topics = text == "Qwertz" ? new[] { "courier" } : [] })).GetProperty("signal_id").GetString()!);
        await admin.PutAsJsonAsync($"/api/v1/signals/{ids[1]}/topics", new { topics = new[] { "mine" } });
        await PassAsync(app);
        Assert.Empty(await LabelsAsync(admin, ids[0]));

        await TakeStarterAsync(admin);
        Assert.Equal(3, await PassAsync(app));
        Assert.Equal(["courier phrase", "delivery phrase"], await LabelsAsync(admin, ids[0]));
        Assert.Equal(["mine person"], await LabelsAsync(admin, ids[1]));
        await AssertExactAsync(app);

        var merged = JsonNode.Parse((await admin.GetFromJsonAsync<JsonElement>("/api/v1/taxonomy")).GetProperty("document").GetRawText())!;
        merged["topics"]!.AsArray().Single(t => (string?)t!["key"] == "courier")!["merged_into"] = "tracking";
        var saved = await admin.PutAsync("/api/v1/taxonomy", new StringContent(merged.ToJsonString(), System.Text.Encoding.UTF8, "application/json"));
        Assert.True(saved.IsSuccessStatusCode, await saved.Content.ReadAsStringAsync());
        await PassAsync(app);
        Assert.Equal(["tracking source"], await LabelsAsync(admin, ids[2]));
        await admin.PostAsync("/api/v1/taxonomy/versions/1/restore", null);
        await PassAsync(app);
        Assert.Equal(["courier source"], await LabelsAsync(admin, ids[2]));
        await AssertExactAsync(app);
        Assert.Equal(0, await app.Get<UnderstandAgain>().StepAsync(app.WorkspaceId));
    }

    [Fact]
    public async Task Personal_data_is_masked_before_it_is_stored_where_the_workspace_asks_for_it()
    {
        await using var app = await AppFactory.StartAsync();
        using var admin = await app.AdminAsync();
        using var sender = app.Client(await app.CreateSourceKeyAsync());
        var saved = await admin.PutAsJsonAsync("/api/v1/understanding", new { languages = new[] { "cs", "en" }, mask = new[] { "email", "iban" } });
        Assert.True(saved.IsSuccessStatusCode, await saved.Content.ReadAsStringAsync());
        var id = (await Sending.SendAsync(sender, new { text = "Write to me@example.com", answers = new[] { new { question = "account", value = "CZ6508000000192000145399" } } })).GetProperty("signal_id").GetString();
        var read = await admin.GetFromJsonAsync<JsonElement>($"/api/v1/signals/{id}");
        Assert.Equal(("Write to [email]", "[iban]"), (read.GetProperty("text").GetString(), read.GetProperty("answers")[0].GetProperty("value").GetString()));
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.PutAsJsonAsync("/api/v1/understanding", new { mask = new[] { "shoe_size" } })).StatusCode);
        var told = await (await admin.PostAsJsonAsync("/api/v1/understand", new { text = "Balík prišiel o dva dni neskôr" })).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("cs", told.GetProperty("language").GetProperty("code").GetString());
    }

    internal static async Task TakeStarterAsync(HttpClient admin)
    {
        var starter = await admin.GetStringAsync("/api/v1/taxonomy/starters/webshop");
        var saved = await admin.PutAsync("/api/v1/taxonomy", new StringContent(starter, System.Text.Encoding.UTF8, "application/json"));
        Assert.True(saved.IsSuccessStatusCode, await saved.Content.ReadAsStringAsync());
    }

    internal static async Task<List<string>> LabelsAsync(HttpClient client, string id) =>
        [.. (await client.GetFromJsonAsync<JsonElement>($"/api/v1/signals/{id}")).GetProperty("topics").EnumerateArray().Select(t => $"{t.GetProperty("key").GetString()} {t.GetProperty("by").GetString()}")];

    internal static async Task AssertExactAsync(AppFactory app)
    {
        var found = new List<string>();
        await app.Get<AggregateRebuild>().CheckAsync(await app.WorkspaceAsync(), d => found.Add(d.ToString()));
        Assert.Empty(found);
    }

    internal static async Task<int> PassAsync(AppFactory app)
    {
        var texts = 0;
        for (var step = 1; step > 0;) texts += step = await app.Get<UnderstandAgain>().StepAsync(app.WorkspaceId);
        return texts;
    }

    private static async Task<(long Delivery, long Courier, long Not)> CountsAsync(HttpClient client)
    {
        var topics = await client.GetFromJsonAsync<JsonElement>("/api/v1/topics");
        long Of(string key) => topics.GetProperty("items").EnumerateArray().Single(t => t.GetProperty("key").GetString() == key).GetProperty("count").GetInt64();
        return (Of("delivery"), Of("courier"), topics.GetProperty("not_understood").GetInt64());
    }
}
