using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Testing;
using Xunit;

namespace Hark.Web.Tests.Settings;

public sealed class SettingsApiTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<JsonElement> JsonAsync(Task<HttpResponseMessage> request, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await request;
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(answer.StatusCode == expected, $"{(int)answer.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task A_source_is_made_changed_and_given_keys(TestStore store)
    {
        await using var app = await AppFactory.StartAsync(store);
        using var admin = await app.AdminAsync();
        var made = await JsonAsync(admin.PostAsJsonAsync("/api/v1/sources", new { name = "Kiosk", channel = "kiosk", owner_team = "support", retention_days = 90 }, Cancellation),
            HttpStatusCode.Created);
        var path = $"/api/v1/sources/{made.GetProperty("source_id").GetString()}";
        var changed = await JsonAsync(admin.PatchAsJsonAsync(path, new { touchpoint = "checkout", retention_days = (int?)null }, Cancellation));
        Assert.Equal("checkout", changed.GetProperty("touchpoint").GetString());
        Assert.Equal(JsonValueKind.Null, changed.GetProperty("retention_days").ValueKind);
        Assert.Equal("support", changed.GetProperty("owner_team").GetString());
        var seen = await JsonAsync(admin.GetAsync(path, Cancellation));
        Assert.Equal(changed.GetRawText(), seen.GetRawText());
        await JsonAsync(admin.PatchAsJsonAsync(path, new { name = (string?)null }, Cancellation), HttpStatusCode.BadRequest);

        var key = await JsonAsync(admin.PostAsJsonAsync(path + "/keys", new { name = "till 4" }, Cancellation), HttpStatusCode.Created);
        using var sender = app.Client(key.GetProperty("key").GetString());
        Assert.Equal(HttpStatusCode.Forbidden, (await sender.GetAsync(path, Cancellation)).StatusCode);
        await JsonAsync(admin.DeleteAsync($"{path}/keys/{key.GetProperty("key_id").GetString()}", Cancellation), HttpStatusCode.NoContent);
        Assert.Equal(HttpStatusCode.Unauthorized, (await sender.GetAsync(path, Cancellation)).StatusCode);
        var keys = await JsonAsync(admin.GetAsync(path + "/keys", Cancellation));
        var listed = Assert.Single(keys.GetProperty("items").EnumerateArray());
        Assert.NotEqual(JsonValueKind.Null, listed.GetProperty("revoked_at").ValueKind);
        Assert.False(listed.TryGetProperty("key", out _));
    }

    [Fact]
    public async Task Teams_and_members_are_kept()
    {
        await using var app = await AppFactory.StartAsync();
        using var admin = await app.AdminAsync();
        var team = await JsonAsync(admin.PostAsJsonAsync("/api/v1/teams", new { key = "delivery", name = "Delivery" }, Cancellation), HttpStatusCode.Created);
        var member = await JsonAsync(admin.PostAsJsonAsync("/api/v1/members",
            new { email = "Eva@Example.com", name = "Eva", role = "agent", languages = new[] { "cs" }, password = "a long password" }, Cancellation), HttpStatusCode.Created);
        Assert.Equal("eva@example.com", member.GetProperty("email").GetString());
        var id = member.GetProperty("member_id").GetString();
        var path = $"/api/v1/teams/{team.GetProperty("team_id").GetString()}";
        await JsonAsync(admin.PutAsJsonAsync(path + "/members", new { members = new[] { new { member_id = id, lead = true } } }, Cancellation));
        var renamed = await JsonAsync(admin.PatchAsJsonAsync(path, new { name = "Couriers", email = "couriers@example.com" }, Cancellation));
        Assert.True(Assert.Single(renamed.GetProperty("members").EnumerateArray()).GetProperty("lead").GetBoolean());
        await JsonAsync(admin.PutAsJsonAsync(path + "/members", new { members = new[] { new { member_id = Guid.Empty, lead = true } } }, Cancellation), HttpStatusCode.BadRequest);
        var list = await JsonAsync(admin.GetAsync("/api/v1/members", Cancellation));
        var eva = list.GetProperty("items").EnumerateArray().Single(m => m.GetProperty("member_id").GetString() == id);
        Assert.Equal("delivery", Assert.Single(eva.GetProperty("teams").EnumerateArray()).GetString());
        Assert.DoesNotContain("password", list.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        await using var app = await AppFactory.StartAsync();
        using var admin = await app.AdminAsync();
        var me = (await JsonAsync(admin.GetAsync("/api/v1/me", Cancellation))).GetProperty("member_id").GetString();
        await JsonAsync(admin.PatchAsJsonAsync($"/api/v1/members/{me}", new { disabled = true }, Cancellation), HttpStatusCode.Conflict);
        await app.CreateMemberAsync(Role.Administrator);
        await JsonAsync(admin.PatchAsJsonAsync($"/api/v1/members/{me}", new { role = "viewer" }, Cancellation));
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task Lists_are_paged_without_gaps_or_repeats(TestStore store)
    {
        await using var app = await AppFactory.StartAsync(store);
        using var admin = await app.AdminAsync();
        for (var i = 0; i < 7; i++)
            await JsonAsync(admin.PostAsJsonAsync("/api/v1/sources", new { name = FormattableString.Invariant($"s{i}") }, Cancellation), HttpStatusCode.Created);
        foreach (var (path, key) in new[] { ("/api/v1/sources", "source_id"), ("/api/v1/audit", "entry_id") })
        {
            var whole = await IdsAsync(admin, path + "?limit=500", key);
            Assert.Equal(whole, await IdsAsync(admin, path + "?limit=3", key));
            Assert.Equal(whole.Count, whole.Distinct().Count());
            Assert.True(whole.Count >= 7);
        }
    }

    [Fact]
    public async Task Every_change_is_in_the_audit_log_with_its_hand_and_without_secrets()
    {
        await using var app = await AppFactory.StartAsync();
        using var admin = await app.AdminAsync();
        var me = (await JsonAsync(admin.GetAsync("/api/v1/me", Cancellation))).GetProperty("member_id").GetString();
        var source = await JsonAsync(admin.PostAsJsonAsync("/api/v1/sources", new { name = "a" }, Cancellation), HttpStatusCode.Created);
        var id = source.GetProperty("source_id").GetString();
        app.Time.Advance(TimeSpan.FromSeconds(1));
        var key = await JsonAsync(admin.PostAsJsonAsync($"/api/v1/sources/{id}/keys", new { name = "k" }, Cancellation), HttpStatusCode.Created);
        app.Time.Advance(TimeSpan.FromSeconds(1));
        await JsonAsync(admin.PostAsJsonAsync("/api/v1/members", new { email = "x@example.com", name = "x", role = "agent", password = "geheimgeheim" }, Cancellation),
            HttpStatusCode.Created);
        var log = await JsonAsync(admin.GetAsync($"/api/v1/audit?actor_id={me}", Cancellation));
        Assert.Equal(["member.created", "key.created", "source.created"], log.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("action").GetString()));
        Assert.DoesNotContain("geheim", log.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(key.GetProperty("key").GetString()!, log.GetRawText(), StringComparison.Ordinal);
        var one = await JsonAsync(admin.GetAsync($"/api/v1/audit?target_kind=source&target_id={id}", Cancellation));
        Assert.Equal("source.created", Assert.Single(one.GetProperty("items").EnumerateArray()).GetProperty("action").GetString());
    }

    private static async Task<List<string>> IdsAsync(HttpClient client, string path, string key)
    {
        var ids = new List<string>();
        for (string? cursor = null; ;)
        {
            var page = await JsonAsync(client.GetAsync(path + (cursor is null ? "" : "&cursor=" + cursor), Cancellation));
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty(key).GetString()!));
            cursor = page.GetProperty("next_cursor").GetString();
            if (cursor is null) return ids;
        }
    }
}
