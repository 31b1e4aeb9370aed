using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hark.Data.Understanding;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Testing;
using Xunit;

namespace Hark.Web.Tests.Understanding;

public sealed class LearningApiTests
{
    private static readonly string[] Things = ["jacket", "tent", "boots", "lamp", "stove", "rope", "bag", "map", "knife", "bottle"];
    private static readonly string[] Days = ["on Monday", "last week", "yesterday", "in March", "twice", "again", "as always", "this year"];

    /// <summary>Words that mean nothing to the shipped model, but something to this workspace; and topics that sources give.</summary>
    private static IEnumerable<object> Taught(int count, int from = 0) => Enumerable.Range(from, count).Select(i => (object)new
    {
        text = $"{(i % 2 == 0 ? "zorky" : "blimpo")} {Things[i % 10]} {Days[i / 2 % 8]}",
        language = "en",
        rating = new { scale = "stars", value = i % 2 == 0 ? 5 : 1 },
        topics = new[] { i % 2 == 0 ? "quality" : "support" },
    });

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task Ratings_and_topics_that_were_sent_teach_what_is_told_of_texts_without(TestStore store)
    {
        await using var app = await AppFactory.StartAsync(store);
        using var admin = await app.AdminAsync();
        using var sender = app.Client(await app.CreateSourceKeyAsync());
        await BatchAsync(sender, Taught(100));
        var learned = await LearnAsync(admin);
        Assert.Equal(["sentiment 100 champion", "topics 100 champion"], learned);
        var id = (await Sending.SendAsync(sender, new { text = "A blimpo compass", language = "en" })).GetProperty("signal_id").GetString();
        var told = await admin.GetFromJsonAsync<JsonElement>($"/api/v1/signals/{id}");
        Assert.Equal(("negative", "support", "model", "topics 1"), (told.GetProperty("sentiment").GetProperty("label").GetString(),
            told.GetProperty("topics")[0].GetProperty("key").GetString(), told.GetProperty("topics")[0].GetProperty("by").GetString(), told.GetProperty("topics")[0].GetProperty("version").GetString()));
        Assert.Contains(told.GetProperty("trail").EnumerateArray(), t => t.GetProperty("by").GetString() == "sentiment" && t.GetProperty("version").GetString() == "workspace 1");

        var models = await admin.GetFromJsonAsync<JsonElement>("/api/v1/models");
        Assert.Equal(2, models.GetProperty("items").GetArrayLength());
        var accuracy = models.GetProperty("accuracy").EnumerateArray().Single(a => a.GetProperty("task").GetString() == "sentiment");
        Assert.Equal(("en", 100), (accuracy.GetProperty("language").GetString(), accuracy.GetProperty("texts").GetInt32()));
        Assert.Equal(accuracy.GetProperty("shipped_right").GetInt32(), accuracy.GetProperty("right").GetInt32());

        Assert.Equal(HttpStatusCode.NoContent, (await admin.PostAsync("/api/v1/models/sentiment/versions/0/promote", null)).StatusCode);
        var again = await (await admin.PostAsJsonAsync("/api/v1/understand", new { text = "A blimpo compass", language = "en" })).Content.ReadFromJsonAsync<JsonElement>();
        Assert.NotEqual("negative", again.GetProperty("sentiment").GetProperty("label").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await admin.PostAsync("/api/v1/models/sentiment/versions/9/promote", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.PostAsync("/api/v1/models/sentiment/versions/1/promote", null)).StatusCode);
        await TopicsApiTests.PassAsync(app);
        await TopicsApiTests.AssertExactAsync(app);
    }

    [Fact]
    public async Task A_correction_teaches_the_next_text_that_is_like_it()
    {
        await using var app = await AppFactory.StartAsync();
        using var admin = await app.AdminAsync();
        using var sender = app.Client(await app.CreateSourceKeyAsync());
        await BatchAsync(sender, Taught(20));
        app.Time.Advance(TimeSpan.FromSeconds(1));
        var id = (await Sending.SendAsync(sender, new { text = "The straps of this rucksack squeak with every step" })).GetProperty("signal_id").GetString();
        await admin.PutAsJsonAsync($"/api/v1/signals/{id}/topics", new { topics = new[] { "noise" } });
        await app.Get<TextLearner>().StepAsync(app.WorkspaceId);
        app.Time.Advance(TimeSpan.FromSeconds(1));
        var like = (await Sending.SendAsync(sender, new { text = "The straps of my rucksack squeak terribly" })).GetProperty("signal_id").GetString();
        Assert.Equal(["noise model"], await TopicsApiTests.LabelsAsync(admin, like!));
        var other = (await Sending.SendAsync(sender, new { text = "The parcel came with a torn box" })).GetProperty("signal_id").GetString();
        Assert.DoesNotContain("noise model", await TopicsApiTests.LabelsAsync(admin, other!));
        Assert.Equal(2, await app.Get<TextLearner>().StepAsync(app.WorkspaceId));
        Assert.Equal(0, await app.Get<TextLearner>().StepAsync(app.WorkspaceId));
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task A_topic_that_a_person_took_away_is_not_found_again_in_texts_that_are_like_it(TestStore store)
    {
        await using var app = await AppFactory.StartAsync(store);
        using var admin = await app.AdminAsync();
        using var sender = app.Client(await app.CreateSourceKeyAsync());
        await TopicsApiTests.TakeStarterAsync(admin);
        var wrong = (await Sending.SendAsync(sender, new { text = "We are three couriers on bicycles and love these bags", language = "en" })).GetProperty("signal_id").GetString();
        var right = (await Sending.SendAsync(sender, new { text = "The courier never rang and left", language = "en" })).GetProperty("signal_id").GetString();
        Assert.Contains("courier phrase", await TopicsApiTests.LabelsAsync(admin, wrong!));
        Assert.True((await admin.PutAsJsonAsync($"/api/v1/signals/{wrong}/topics", new { topics = Array.Empty<string>() })).IsSuccessStatusCode);
        await app.Get<TextLearner>().StepAsync(app.WorkspaceId);
        app.Time.Advance(TimeSpan.FromSeconds(1));
        var like = (await Sending.SendAsync(sender, new { text = "We are couriers on bicycles and love your bags", language = "en" })).GetProperty("signal_id").GetString();
        Assert.DoesNotContain("courier phrase", await TopicsApiTests.LabelsAsync(admin, like!));
        var other = (await Sending.SendAsync(sender, new { text = "Your courier never rang the bell", language = "en" })).GetProperty("signal_id").GetString();
        Assert.Contains("courier phrase", await TopicsApiTests.LabelsAsync(admin, other!));
        await TopicsApiTests.PassAsync(app);
        Assert.Contains("courier phrase", await TopicsApiTests.LabelsAsync(admin, right!));
        await TopicsApiTests.AssertExactAsync(app);
    }

    [Fact]
    public async Task A_challenger_takes_over_when_it_was_as_right_on_texts_that_neither_had_seen()
    {
        await using var app = await AppFactory.StartAsync();
        using var admin = await app.AdminAsync();
        using var sender = app.Client(await app.CreateSourceKeyAsync());
        await BatchAsync(sender, Taught(60));
        await app.Get<TextLearner>().StepAsync(app.WorkspaceId);
        Assert.Equal("1 champion", await NewestAsync(admin));
        app.Time.Advance(TimeSpan.FromSeconds(1));
        await BatchAsync(sender, Taught(60, from: 100));
        await app.Get<TextLearner>().StepAsync(app.WorkspaceId);
        Assert.Equal("2 challenger", await NewestAsync(admin));
        app.Time.Advance(TimeSpan.FromSeconds(1));
        await BatchAsync(sender, Taught(TextLearner.TrialTexts, from: 300));
        await app.Get<TextLearner>().StepAsync(app.WorkspaceId);
        var states = (await admin.GetFromJsonAsync<JsonElement>("/api/v1/models")).GetProperty("items").EnumerateArray().Where(m => m.GetProperty("task").GetString() == "sentiment")
            .Select(m => $"{m.GetProperty("version").GetInt64()} {m.GetProperty("state").GetString()}").ToList();
        Assert.Contains("2 champion", states);
        Assert.Contains("1 retired", states);
    }

    [Fact]
    public async Task A_rating_that_the_words_contradict_is_flagged()
    {
        await using var app = await AppFactory.StartAsync();
        using var admin = await app.AdminAsync();
        using var sender = app.Client(await app.CreateSourceKeyAsync());
        var id = (await Sending.SendAsync(sender, new { text = "Terrible, rude staff and a broken product, never again!", rating = new { scale = "csat", value = 5 } })).GetProperty("signal_id").GetString();
        var fine = (await Sending.SendAsync(sender, new { text = "Terrible, rude staff and a broken product, never again!", rating = new { scale = "csat", value = 1 } })).GetProperty("signal_id").GetString();
        Assert.Contains("contradictory", await TagsAsync(admin, id!));
        Assert.DoesNotContain("contradictory", await TagsAsync(admin, fine!));
    }

    [Fact]
    public async Task Only_who_configures_may_have_it_learn_and_little_teaches_nothing()
    {
        await using var app = await AppFactory.StartAsync();
        using var analyst = app.Client(await app.CreateTokenAsync(Role.Agent));
        Assert.Equal(HttpStatusCode.Forbidden, (await analyst.PostAsync("/api/v1/models/learn", null)).StatusCode);
        using var admin = await app.AdminAsync();
        Assert.Equal(["sentiment 0 -", "topics 0 -"], await LearnAsync(admin));
    }

    private static async Task<List<string>> LearnAsync(HttpClient admin)
    {
        var answer = await admin.PostAsync("/api/v1/models/learn", null);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return [.. (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items").EnumerateArray().Select(i => string.Create(CultureInfo.InvariantCulture,
            $"{i.GetProperty("task").GetString()} {i.GetProperty("lessons").GetInt32()} {(i.GetProperty("model") is { ValueKind: JsonValueKind.Object } m ? m.GetProperty("state").GetString() : "-")}"))];
    }

    private static async Task BatchAsync(HttpClient sender, IEnumerable<object> signals)
    {
        var answer = await sender.PostAsJsonAsync("/api/v1/signals/batch", signals);
        Assert.Empty((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("rejected").EnumerateArray());
    }

    private static async Task<string> NewestAsync(HttpClient admin) => (await admin.GetFromJsonAsync<JsonElement>("/api/v1/models")).GetProperty("items").EnumerateArray()
        .First(m => m.GetProperty("task").GetString() == "sentiment") is var newest ? string.Create(CultureInfo.InvariantCulture, $"{newest.GetProperty("version").GetInt64()} {newest.GetProperty("state").GetString()}") : "";

    private static async Task<List<string?>> TagsAsync(HttpClient admin, string id) => [.. (await admin.GetFromJsonAsync<JsonElement>($"/api/v1/signals/{id}")).GetProperty("tags").EnumerateArray().Select(t => t.GetString())];
}
