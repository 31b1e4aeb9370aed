using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hark.Data.Work;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Features.Outbox;
using Hark.Web.Testing;
using Xunit;

namespace Hark.Web.Tests.Outbox;

public sealed class OutboxApiTests
{
    private static readonly Dictionary<string, string> Private = new() { ["Hark:Webhooks:AllowPrivateAddresses"] = "true" };

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, object? body = null) =>
        client.PostAsJsonAsync(path, body ?? new { }, TestContext.Current.CancellationToken);

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response, HttpStatusCode expected = HttpStatusCode.OK)
    {
        Assert.Equal(expected, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    private static async Task<JsonElement> GetAsync(HttpClient client, string path) => await JsonAsync(await client.GetAsync(path));

    [Fact]
    public async Task An_endpoint_is_made_tested_and_its_deliveries_are_seen()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await AppFactory.StartAsync(settings: Private);
        var client = await app.AdminAsync();
        var made = await JsonAsync(await PostAsync(client, "/api/v1/webhooks", new { key = "crm", url = receiver.Url, topics = new[] { "case.*" } }), HttpStatusCode.Created);
        Assert.StartsWith("whsec_", made.GetProperty("secret").GetString(), StringComparison.Ordinal);
        var path = "/api/v1/webhooks/" + made.GetProperty("endpoint_id").GetString();
        Assert.False((await GetAsync(client, path)).TryGetProperty("secret", out var secret) && secret.ValueKind != JsonValueKind.Null);
        Assert.Equal("crm", (await GetAsync(client, "/api/v1/webhooks")).GetProperty("items")[0].GetProperty("key").GetString());

        var test = await JsonAsync(await PostAsync(client, path + "/test"), HttpStatusCode.Accepted);
        await app.Get<OutboxWorker>().RunOnceAsync(app.Time.GetUtcNow());
        Assert.Contains("\"type\":\"webhook.test\"", Assert.Single(receiver.Received).Body, StringComparison.Ordinal);
        var delivery = Assert.Single((await GetAsync(client, path + "/deliveries")).GetProperty("items").EnumerateArray().ToArray());
        Assert.Equal(test.GetProperty("message_id").GetString(), delivery.GetProperty("message_id").GetString());
        Assert.Equal("sent", delivery.GetProperty("state").GetString());
        Assert.True(delivery.GetProperty("attempts")[0].GetProperty("delivered").GetBoolean());
    }

    [Fact]
    public async Task Settings_of_an_endpoint_change_and_its_secret_rotates()
    {
        await using var app = await AppFactory.StartAsync();
        var client = await app.AdminAsync();
        var made = await JsonAsync(await PostAsync(client, "/api/v1/webhooks", new { key = "crm", url = "https://crm.example/hook" }), HttpStatusCode.Created);
        var path = "/api/v1/webhooks/" + made.GetProperty("endpoint_id").GetString();
        var patched = await JsonAsync(await client.PatchAsJsonAsync(path, new { topics = new[] { "signal.stored" } }));
        Assert.Equal("https://crm.example/hook", patched.GetProperty("url").GetString());
        Assert.Equal("signal.stored", patched.GetProperty("topics")[0].GetString());
        var rotated = await JsonAsync(await PostAsync(client, path + "/rotate-secret"));
        Assert.NotEqual(made.GetProperty("secret").GetString(), rotated.GetProperty("secret").GetString());
        Assert.NotEqual(JsonValueKind.Null, (await JsonAsync(await PostAsync(client, path + "/disable"))).GetProperty("disabled_at").ValueKind);
        Assert.Equal("conflict", (await JsonAsync(await PostAsync(client, path + "/test"), HttpStatusCode.Conflict)).GetProperty("code").GetString());
        var enabled = await JsonAsync(await PostAsync(client, path + "/enable"));
        Assert.False(enabled.TryGetProperty("disabled_at", out var at) && at.ValueKind != JsonValueKind.Null);
        await JsonAsync(await PostAsync(client, "/api/v1/webhooks", new { key = "crm", url = "https://other.example/" }), HttpStatusCode.Conflict);
        await using var db = app.Store.Read();
        Assert.Equal(["webhook.changed", "webhook.created", "webhook.disabled", "webhook.enabled", "webhook.secret_rotated"],
            db.AuditEntries.Where(a => a.TargetKind == "webhook").Select(a => a.Action).AsEnumerable().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_wrong_address_is_refused_by_its_place()
    {
        await using var app = await AppFactory.StartAsync();
        var client = await app.AdminAsync();
        string[] wrong = ["ftp://crm.example/", "http://crm.example/", "https://user:pass@crm.example/", "https://127.0.0.1/", "https://[::1]/",
            "https://169.254.169.254/latest", "https://localhost/", "not an address"];
        foreach (var url in wrong)
        {
            var problem = await JsonAsync(await PostAsync(client, "/api/v1/webhooks", new { key = "crm", url }), HttpStatusCode.BadRequest);
            Assert.Equal("/url", Assert.Single(problem.GetProperty("errors").EnumerateObject().ToArray()).Name);
        }
    }

    [Fact]
    public async Task Wrong_topics_and_keys_are_all_named()
    {
        await using var app = await AppFactory.StartAsync();
        var client = await app.AdminAsync();
        var body = new { key = "Bad Key", url = "https://crm.example/", topics = new[] { "case.opened", "*", "a,b" } };
        var errors = (await JsonAsync(await PostAsync(client, "/api/v1/webhooks", body), HttpStatusCode.BadRequest)).GetProperty("errors");
        Assert.Equal(["/key", "/topics/1", "/topics/2"], errors.EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task The_outbox_is_listed_read_cancelled_and_sent_again(TestStore store)
    {
        await using var app = await AppFactory.StartAsync(store);
        var client = await app.AdminAsync();
        var workspace = (await app.WorkspaceAsync()).WorkspaceId;
        var ids = new List<Guid>();
        for (var n = 0; n < 3; n++)
        {
            app.Time.Advance(TimeSpan.FromSeconds(1));
            var email = new EmailPayload { To = "jana@example.com", Subject = "s", Text = "t" };
            var message = OutboxMessages.Email(workspace, "case.reply", email, app.Time.GetUtcNow());
            await app.Store.WriteAsync(db => app.Get<OutboxQueue>().EnqueueAsync(db, [message]));
            ids.Add(message.MessageId);
        }
        await app.Get<OutboxWorker>().RunOnceAsync(app.Time.GetUtcNow());
        var page = await GetAsync(client, "/api/v1/outbox?state=pending&kind=email&limit=2");
        Assert.Equal([ids[2], ids[1]], page.GetProperty("items").EnumerateArray().Select(m => m.GetProperty("message_id").GetGuid()));
        Assert.Contains("Hark:Mail:Host", page.GetProperty("items")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
        var rest = await GetAsync(client, "/api/v1/outbox?state=pending&kind=email&limit=2&cursor=" + page.GetProperty("next_cursor").GetString());
        Assert.Equal([ids[0]], rest.GetProperty("items").EnumerateArray().Select(m => m.GetProperty("message_id").GetGuid()));

        var path = $"/api/v1/outbox/{ids[0]}";
        Assert.Equal("jana@example.com", (await GetAsync(client, path)).GetProperty("payload").GetProperty("to").GetString());
        Assert.Equal("cancelled", (await JsonAsync(await PostAsync(client, path + "/cancel"))).GetProperty("state").GetString());
        await JsonAsync(await PostAsync(client, path + "/cancel"), HttpStatusCode.Conflict);
        Assert.Equal("pending", (await JsonAsync(await PostAsync(client, path + "/resend"))).GetProperty("state").GetString());
        await app.Get<OutboxQueue>().ClaimAsync(workspace, "elsewhere", app.Time.GetUtcNow(), TimeSpan.FromMinutes(1), 10);
        Assert.Contains("being sent", (await JsonAsync(await PostAsync(client, path + "/resend"), HttpStatusCode.Conflict)).GetProperty("detail").GetString(),
            StringComparison.Ordinal);
        await using var db = app.Store.Read();
        Assert.Equal(["outbox.cancelled", "outbox.read", "outbox.resent"],
            db.AuditEntries.Where(a => a.TargetKind == "outbox_message").Select(a => a.Action).AsEnumerable().Order(StringComparer.Ordinal));
        await JsonAsync(await client.GetAsync("/api/v1/outbox?state=gone", TestContext.Current.CancellationToken), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Nothing_of_another_workspace_is_there_and_only_those_who_configure_may_look()
    {
        await using var app = await AppFactory.StartAsync();
        var other = await app.CreateWorkspaceAsync();
        var client = await app.AdminAsync();
        var made = await JsonAsync(await PostAsync(client, "/api/v1/webhooks", new { key = "crm", url = "https://crm.example/" }), HttpStatusCode.Created);
        var path = "/api/v1/webhooks/" + made.GetProperty("endpoint_id").GetString();
        var message = (await JsonAsync(await PostAsync(client, path + "/test"), HttpStatusCode.Accepted)).GetProperty("message_id").GetString();
        var stranger = app.Client(await app.CreateTokenAsync(Role.Administrator, workspaceId: other.WorkspaceId));
        foreach (var theirs in new[] { path, path + "/deliveries", "/api/v1/outbox/" + message })
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(theirs, TestContext.Current.CancellationToken)).StatusCode);
        foreach (var theirs in new[] { path + "/rotate-secret", path + "/test", path + "/disable", $"/api/v1/outbox/{message}/resend", $"/api/v1/outbox/{message}/cancel" })
            Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(stranger, theirs)).StatusCode);
        Assert.Equal(0, (await GetAsync(stranger, "/api/v1/outbox")).GetProperty("items").GetArrayLength());
        var agent = app.Client(await app.CreateTokenAsync(Role.Agent));
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.GetAsync("/api/v1/outbox", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Client(null).GetAsync("/api/v1/webhooks", TestContext.Current.CancellationToken)).StatusCode);
    }
}
