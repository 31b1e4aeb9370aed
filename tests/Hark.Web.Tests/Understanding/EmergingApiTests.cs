using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hark.Data.Understanding;
using Hark.Testing;
using Hark.Web.Testing;
using Xunit;

namespace Hark.Web.Tests.Understanding;

public sealed class EmergingApiTests
{
    private static readonly string[] News = ["The new loyalty card never works at the till", "My loyalty card was refused again", "Why do loyalty cards not work since Monday", "The loyalty card reader says error", "Two loyalty cards and neither works", "The assistant could not read my loyalty card"];

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task What_many_say_lately_is_proposed_and_becomes_a_topic(TestStore store)
    {
        await using var app = await AppFactory.StartAsync(store);
        using var admin = await app.AdminAsync();
        using var sender = app.Client(await app.CreateSourceKeyAsync());
        var now = app.Time.GetUtcNow();
        var usual = Enumerable.Range(0, 900).Select(i => new { text = $"The delivery was quick and the courier was kind {i}", language = "en", occurred_at = now.AddDays(i < 80 ? -3 : -40) });
        var news = News.Select(text => new { text, language = "en", occurred_at = now.AddDays(-2) });
        await sender.PostAsJsonAsync("/api/v1/signals/batch", usual.Concat(news));
        await app.Get<TopicDiscovery>().RunAsync(app.WorkspaceId);
        var proposal = Assert.Single((await ListAsync(admin, "open")).EnumerateArray());
        Assert.Equal(("en", 6), (proposal.GetProperty("language").GetString(), proposal.GetProperty("texts").GetInt32()));
        var term = proposal.GetProperty("term").GetString();

        var decided = await admin.PostAsJsonAsync("/api/v1/topics/emerging/decide", new { term, language = "en", name = "Loyalty card" });
        Assert.True(decided.IsSuccessStatusCode, await decided.Content.ReadAsStringAsync());
        await TopicsApiTests.PassAsync(app);
        var topics = await admin.GetFromJsonAsync<JsonElement>("/api/v1/topics");
        var made = Assert.Single(topics.GetProperty("items").EnumerateArray());
        Assert.Equal(("Loyalty card", 6), (made.GetProperty("name").GetString(), made.GetProperty("count").GetInt64()));
        await app.Get<TopicDiscovery>().RunAsync(app.WorkspaceId);
        Assert.Equal(0, (await ListAsync(admin, "open")).GetArrayLength());
        Assert.Equal(1, (await ListAsync(admin, "accepted")).GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await admin.PostAsJsonAsync("/api/v1/topics/emerging/decide", new { term, language = "en" })).StatusCode);
        await TopicsApiTests.AssertExactAsync(app);
    }

    private static async Task<JsonElement> ListAsync(HttpClient client, string state) => (await client.GetFromJsonAsync<JsonElement>($"/api/v1/topics/emerging?state={state}")).GetProperty("items");
}
