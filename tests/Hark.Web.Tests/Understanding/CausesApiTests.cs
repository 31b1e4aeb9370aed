using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Testing;
using Xunit;

namespace Hark.Web.Tests.Understanding;

public sealed class CausesApiTests
{
    private const string Board = "/api/v1/topics/courier/causes";

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task A_chain_is_begun_changed_agreed_on_removed_and_brought_back(TestStore store)
    {
        await using var app = await AppFactory.StartAsync(store);
        using var admin = await app.AdminAsync();
        using var sender = app.Client(await app.CreateSourceKeyAsync());
        var signal = (await Sending.SendAsync(sender, new { text = "The courier never rang", topics = new[] { "courier" } })).GetProperty("signal_id").GetString();

        var begun = await ReadAsync(await admin.PostAsJsonAsync(Board, new { whys = new[] { new { text = "Nobody rings", signals = new[] { signal } } } }), HttpStatusCode.Created);
        var path = $"{Board}/{begun.GetProperty("chain_id").GetString()}";
        var why = begun.GetProperty("whys")[0].GetProperty("why_id").GetString();
        var agreed = await ReadAsync(await SaveAsync(admin, path, 1, new { state = "agreed", whys = new object[] { new { why_id = why, text = "Nobody rings", signals = new[] { signal } }, new { text = "Drivers are paid by the parcel" } } }));
        Assert.Equal(2, agreed.GetProperty("version").GetInt64());

        // Whoever saw the first version changes nothing.
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await SaveAsync(admin, path, 1, new { whys = new[] { new { text = "Another" } } })).StatusCode);
        var board = await admin.GetFromJsonAsync<JsonElement>(Board);
        var chain = Assert.Single(board.GetProperty("items").EnumerateArray());
        Assert.Equal(["Nobody rings", "Drivers are paid by the parcel"], chain.GetProperty("whys").EnumerateArray().Select(w => w.GetProperty("text").GetString()));
        Assert.Equal(signal, chain.GetProperty("whys")[0].GetProperty("evidence")[0].GetProperty("signal_id").GetString());

        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync(path)).StatusCode);
        Assert.Empty((await admin.GetFromJsonAsync<JsonElement>(Board)).GetProperty("items").EnumerateArray());
        Assert.Equal(HttpStatusCode.NotFound, (await admin.DeleteAsync(path)).StatusCode);
        var back = await ReadAsync(await admin.PostAsync($"{path}/versions/2/restore", null));
        Assert.Equal((4, "agreed"), (back.GetProperty("version").GetInt64(), back.GetProperty("state").GetString()));
        Assert.Equal([4, 3, 2, 1], (await admin.GetFromJsonAsync<JsonElement>($"{path}/versions")).GetProperty("items").EnumerateArray().Select(v => v.GetProperty("version").GetInt32()));
        var audit = (await admin.GetFromJsonAsync<JsonElement>("/api/v1/audit")).GetProperty("items").EnumerateArray().Select(a => a.GetProperty("action").GetString());
        Assert.Subset(audit.ToHashSet(), new HashSet<string?> { "cause_chain.begun", "cause_chain.changed", "cause_chain.removed", "cause_chain.rolled_back" });
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task Of_two_who_change_the_same_version_at_once_one_wins_and_the_other_is_told(TestStore store)
    {
        await using var app = await AppFactory.StartAsync(store);
        using var admin = await app.AdminAsync();
        var begun = await ReadAsync(await admin.PostAsJsonAsync(Board, new { whys = new[] { new { text = "Nobody rings" } } }), HttpStatusCode.Created);
        var path = $"{Board}/{begun.GetProperty("chain_id").GetString()}";
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => SaveAsync(admin, path, 1, new { whys = new[] { new { text = $"Person {i}" } } })));
        Assert.Equal(1, answers.Count(a => a.StatusCode == HttpStatusCode.OK));
        Assert.Equal(5, answers.Count(a => a.StatusCode == HttpStatusCode.PreconditionFailed));
        Assert.Equal(2, (await admin.GetFromJsonAsync<JsonElement>(Board)).GetProperty("items")[0].GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Evidence_of_other_teams_is_counted_not_named_and_stays_when_they_change_the_chain()
    {
        await using var app = await AppFactory.StartAsync();
        using var admin = await app.AdminAsync();
        using var sender = app.Client(await app.CreateSourceKeyAsync());
        var team = await app.CreateTeamAsync("shops");
        using var lead = app.Client(await app.CreateTokenAsync(Role.TeamLead, null, null, team.TeamId));
        using var viewer = app.Client(await app.CreateTokenAsync(Role.Viewer));
        var signal = (await Sending.SendAsync(sender, new { text = "A secret", topics = new[] { "courier" } })).GetProperty("signal_id").GetString();
        var begun = await ReadAsync(await admin.PostAsJsonAsync(Board, new { whys = new[] { new { text = "Nobody rings", signals = new[] { signal } } } }), HttpStatusCode.Created);
        var path = $"{Board}/{begun.GetProperty("chain_id").GetString()}";

        var theirs = (await lead.GetFromJsonAsync<JsonElement>(Board)).GetProperty("items")[0].GetProperty("whys")[0];
        Assert.Equal((0, 1), (theirs.GetProperty("evidence").GetArrayLength(), theirs.GetProperty("unseen").GetInt32()));
        Assert.Equal(HttpStatusCode.BadRequest, (await SaveAsync(lead, path, 1, new { whys = new[] { new { text = "Mine", signals = new[] { signal } } } })).StatusCode);
        await ReadAsync(await SaveAsync(lead, path, 1, new { whys = new[] { new { why_id = theirs.GetProperty("why_id").GetString(), text = "Nobody ever rings" } } }));
        Assert.Equal(signal, (await admin.GetFromJsonAsync<JsonElement>(Board)).GetProperty("items")[0].GetProperty("whys")[0].GetProperty("evidence")[0].GetProperty("signal_id").GetString());

        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.PostAsJsonAsync(Board, new { whys = new[] { new { text = "x" } } })).StatusCode);
        using var agent = app.Client(await app.CreateTokenAsync(Role.Agent));
        Assert.Equal(HttpStatusCode.Forbidden, (await SaveAsync(agent, path, 2, new { state = "agreed", whys = new[] { new { text = "x" } } })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.PostAsJsonAsync(Board, new { whys = Array.Empty<object>() })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await SaveAsync(admin, $"{Board}/{Guid.Empty}", 1, new { whys = new[] { new { text = "x" } } })).StatusCode);
    }

    private static Task<HttpResponseMessage> SaveAsync(HttpClient client, string path, long version, object body)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("If-Match", FormattableString.Invariant($"\"{version}\""));
        return client.SendAsync(request);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, HttpStatusCode expected = HttpStatusCode.OK)
    {
        Assert.True(answer.StatusCode == expected, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
