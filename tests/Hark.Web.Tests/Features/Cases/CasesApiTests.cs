using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Features.Cases;
using Hark.Web.Testing;
using Xunit;

namespace Hark.Web.Tests.Features.Cases;

public sealed class SqliteCasesApi : CasesApiTests
{
    protected override TestStore Kind => TestStore.Sqlite;
}

public sealed class PostgreSqlCasesApi : CasesApiTests
{
    protected override TestStore Kind => TestStore.PostgreSql;
}

/// <summary>Every operation on cases, over HTTP, on signals that came in over HTTP.</summary>
public abstract class CasesApiTests : IAsyncLifetime
{
    private AppFactory _app = null!;
    private HttpClient _admin = null!, _sender = null!;
    private int _signals;

    protected abstract TestStore Kind { get; }
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await AppFactory.StartAsync(Kind);
        _admin = await _app.AdminAsync();
        _sender = _app.Client(await _app.CreateSourceKeyAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task The_whole_way_of_a_case()
    {
        var id = await OpenAsync();
        Assert.Equal("acknowledged", State(await ActAsync(id, "acknowledge")));
        Assert.Equal("case_state", await ProblemAsync(_admin, id, "acknowledge", null, HttpStatusCode.Conflict));
        Assert.Equal("in_progress", State(await ActAsync(id, "start")));
        var replied = await ActAsync(id, "reply", new { text = "We look into it", wait = true });
        Assert.True(replied.GetProperty("sent").GetBoolean());
        Assert.Equal("waiting", State(replied));
        var clocks = (await GetAsync(id)).GetProperty("clocks").EnumerateArray().ToList();
        var resolve = clocks.Single(k => k.GetProperty("kind").GetString() == "resolve");
        Assert.Equal(("paused", JsonValueKind.Null, 2), (resolve.GetProperty("state").GetString(), resolve.GetProperty("due_at").ValueKind, resolve.GetProperty("segments").GetArrayLength()));
        Assert.Equal("waiting_for_customer", resolve.GetProperty("segments")[1].GetProperty("reason").GetString());
        Assert.Equal("in_progress", State(await ActAsync(id, "customer-reply", new { text = "Thanks" })));
        Assert.Equal("critical", (await ActAsync(id, "severity", new { severity = "critical" })).GetProperty("severity").GetString());
        await ActAsync(id, "note", new { text = "checked with the courier" });
        var resolved = await ActAsync(id, "resolve", new { root_cause = "courier", outcome = "fixed" });
        Assert.Equal(("resolved", "asked", true), (State(resolved), resolved.GetProperty("verification").GetString(), resolved.GetProperty("sent").GetBoolean()));
        Assert.True((await ActAsync(id, "ask")).GetProperty("sent").GetBoolean());
        var denied = await ActAsync(id, "verify", new { solved = false, comment = "still late" });
        Assert.Equal(("in_progress", 2), (State(denied), denied.GetProperty("round").GetInt32()));
        await ActAsync(id, "resolve", new { root_cause = "courier", outcome = "compensated" });
        Assert.Equal("verified", State(await ActAsync(id, "verify", new { solved = true })));
        Assert.Equal("in_progress", State(await ActAsync(id, "reopen", new { reason = "they called again" })));

        var details = await GetAsync(id);
        Assert.Equal("It came late", details.GetProperty("signals")[0].GetProperty("text").GetString());
        Assert.Equal("jana@example.com", details.GetProperty("contact").GetProperty("email").GetString());
        Assert.Equal([true, false], details.GetProperty("questions").EnumerateArray().Select(q => !q.GetProperty("solved").GetBoolean()));
        var kinds = details.GetProperty("timeline").EnumerateArray().Select(e => e.GetProperty("kind").GetString()!).ToList();
        Assert.Equal("opened", kinds[0]);
        Assert.Equal(["verified", "reopened"], kinds[^2..]);
        Assert.Equal(kinds, await TimelineAsync(id));
    }

    [Fact]
    public async Task Snooze_assign_call_backs_and_merges()
    {
        var team = await _app.CreateTeamAsync("returns");
        var agent = await _app.CreateMemberAsync(Role.Agent, null, team.TeamId);
        var (id, other) = (await OpenAsync(), await OpenAsync());
        Assert.Equal(JsonValueKind.String, (await ActAsync(id, "snooze", new { until = _app.Time.GetUtcNow().AddDays(1) })).GetProperty("snoozed_until").ValueKind);
        Assert.Equal(JsonValueKind.Null, (await ActAsync(id, "wake")).GetProperty("snoozed_until").ValueKind);
        var assigned = await ActAsync(id, "assign", new { team = "returns", assignee = agent.Email });
        Assert.Equal(("returns", agent.Name), (assigned.GetProperty("team").GetString(), assigned.GetProperty("assignee").GetProperty("name").GetString()));
        Assert.Equal("waiting", State(await ActAsync(id, "wait")));

        var slot = new { slot_start = _app.Time.GetUtcNow().AddHours(1), slot_end = _app.Time.GetUtcNow().AddHours(2), phone = "+420601000000" };
        foreach (var end in (string[])["done", "missed", "cancel"])
        {
            Assert.True((await ActAsync(other, "call-backs", slot)).GetProperty("sent").GetBoolean());
            var call = (await GetAsync(other)).GetProperty("call_backs").EnumerateArray().Single(b => b.GetProperty("state").GetString() == "requested").GetProperty("call_back_id").GetGuid();
            await ActAsync(other, $"call-backs/{call}/{end}", new { note = "as agreed" });
        }
        Assert.Equal(["cancelled", "done", "missed"], (await GetAsync(other)).GetProperty("call_backs").EnumerateArray().Select(b => b.GetProperty("state").GetString()!).Order());

        Assert.Equal("merged", State(await ActAsync(id, "merge", new { into = other })));
        Assert.Equal(2, (await GetAsync(other)).GetProperty("signals").GetArrayLength());
        Assert.Contains("snoozed", await TimelineAsync(other)); // what happened on the other case is told here
        Assert.Equal("waiting", State(await ActAsync(id, "unmerge")));
        Assert.Equal(1, (await GetAsync(other)).GetProperty("signal_count").GetInt32());
    }

    [Fact]
    public async Task If_match_guards_and_the_etag_tells_the_version()
    {
        var id = await OpenAsync();
        using var got = await _admin.GetAsync($"/api/v1/cases/{id}", Cancellation);
        var tag = got.Headers.ETag!.Tag;
        Assert.Equal("version_conflict", await ProblemAsync(_admin, id, "acknowledge", null, HttpStatusCode.PreconditionFailed, "\"99\""));
        Assert.Equal("version_conflict", await ProblemAsync(_admin, id, "acknowledge", null, HttpStatusCode.PreconditionFailed, "\"rubbish\""));
        using var done = await SendAsync(_admin, id, "acknowledge", null, tag);
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.NotEqual(tag, done.Headers.ETag!.Tag);
        Assert.Equal("version_conflict", await ProblemAsync(_admin, id, "start", null, HttpStatusCode.PreconditionFailed, tag));
        using var any = await SendAsync(_admin, id, "start", null, "*");
        Assert.Equal(HttpStatusCode.OK, any.StatusCode);
    }

    [Fact]
    public async Task Resolving_needs_a_root_cause_and_an_outcome()
    {
        var id = await OpenAsync();
        using var empty = await SendAsync(_admin, id, "resolve", new { });
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        var errors = (await empty.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("errors");
        Assert.Equal(["/outcome", "/root_cause"], errors.EnumerateObject().Select(e => e.Name).Order());
        await ProblemAsync(_admin, id, "resolve", new { root_cause = "x", outcome = "gone" }, HttpStatusCode.BadRequest);
        await ProblemAsync(_admin, id, "note", new { text = " " }, HttpStatusCode.BadRequest);
        await ProblemAsync(_admin, id, "snooze", new { until = _app.Time.GetUtcNow().AddDays(-1) }, HttpStatusCode.BadRequest);
        await ProblemAsync(_admin, id, "assign", new { team = "nowhere" }, HttpStatusCode.BadRequest);
        await ProblemAsync(_admin, id, "merge", new { into = id }, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Other_teams_other_workspaces_readers_and_strangers_are_kept_out()
    {
        var (mine, theirs) = (await _app.CreateTeamAsync("mine"), await _app.CreateTeamAsync("theirs"));
        var id = await OpenAsync();
        await ActAsync(id, "assign", new { team = "theirs" });
        var agent = _app.Client(await _app.CreateTokenAsync(Role.Agent, teams: mine.TeamId));
        var colleague = _app.Client(await _app.CreateTokenAsync(Role.Agent, teams: theirs.TeamId));
        var foreigner = _app.Client(await _app.CreateTokenAsync(workspaceId: (await _app.CreateWorkspaceAsync()).WorkspaceId));
        foreach (var client in (HttpClient[])[agent, foreigner])
        {
            foreach (var path in (string[])["", "/timeline"]) Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/api/v1/cases/{id}{path}", Cancellation)).StatusCode);
            Assert.Equal("not_found", await ProblemAsync(client, id, "acknowledge", null, HttpStatusCode.NotFound));
            Assert.Equal("not_found", await ProblemAsync(client, id, "merge", new { into = id }, HttpStatusCode.NotFound));
            Assert.Empty(await ListAsync(client, ""));
        }
        Assert.Equal([id], await ListAsync(colleague, ""));
        var reader = _app.Client(await _app.CreateTokenAsync(Role.Analyst));
        Assert.Equal([id], await ListAsync(reader, ""));
        using var refused = await SendAsync(reader, id, "acknowledge", null);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await _sender.GetAsync("/api/v1/cases", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _app.Client(null).GetAsync("/api/v1/cases", Cancellation)).StatusCode);
        Assert.Equal("not_found", await ProblemAsync(_admin, Guid.CreateVersion7(_app.Time.GetUtcNow()), "acknowledge", null, HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task The_list_filters_and_pages()
    {
        var ids = new List<Guid> { await OpenAsync(), await OpenAsync(), await OpenAsync() };
        await ActAsync(ids[0], "acknowledge");
        await ActAsync(ids[1], "resolve", new { root_cause = "courier", outcome = "fixed" });
        Assert.Equal([ids[0]], await ListAsync(_admin, "?state=acknowledged&assignee=me"));
        Assert.Equal([ids[1]], await ListAsync(_admin, "?state=closed"));
        Assert.Equal(2, (await ListAsync(_admin, "?state=open&source=web&channel=web&breached=false&snoozed=false")).Count);
        Assert.Empty(await ListAsync(_admin, "?severity=routine&due_before=2001-01-01T00:00:00Z"));
        Assert.Equal([ids[2]], await ListAsync(_admin, "?q=3&state=open"));
        Assert.Equal([ids[2]], await ListAsync(_admin, "?assignee=none"));
        var seen = new List<Guid>();
        for (var cursor = ""; cursor is not null;)
        {
            var page = await _admin.GetFromJsonAsync<JsonElement>($"/api/v1/cases?limit=1&cursor={cursor}", Cancellation);
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("case_id").GetGuid()));
            cursor = page.GetProperty("next_cursor").GetString();
        }
        Assert.Equal(ids.Order(), seen.Order());
        foreach (var bad in (string[])["?state=odd", "?team=odd", "?assignee=odd", "?severity=odd", "?source=odd", "?channel=odd", "?limit=0", "?limit=501", "?cursor=x", "?due_before=odd"])
            Assert.Equal(HttpStatusCode.BadRequest, (await _admin.GetAsync("/api/v1/cases" + bad, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task The_workers_run_over_all_workspaces()
    {
        var id = await OpenAsync();
        await ActAsync(id, "snooze", new { until = _app.Time.GetUtcNow().AddHours(2) });
        _app.Time.Advance(TimeSpan.FromHours(3));
        Assert.True((await _app.Get<ClockSweepWorker>().RunOnceAsync(_app.Time.GetUtcNow(), Cancellation)).Done > 0);
        Assert.Equal(1, (await _app.Get<CaseTimersWorker>().RunOnceAsync(_app.Time.GetUtcNow(), Cancellation)).Done);
        var kinds = await TimelineAsync(id);
        Assert.Contains("clock_breached", kinds);
        Assert.Contains("woken", kinds);
        Assert.Equal([id], await ListAsync(_admin, "?breached=true"));
    }

    /// <summary>A detractor's signal about an order of its own: it opens a case by the rules of a new workspace.</summary>
    private async Task<Guid> OpenAsync()
    {
        var number = ++_signals;
        using var sent = await _sender.PostAsJsonAsync("/api/v1/signals", new
        {
            id = $"s-{number}",
            channel = "web",
            rating = new { scale = "nps", value = 2 },
            text = "It came late",
            contact = new { id = "c-1", email = "jana@example.com", name = "Jana" },
            subject = new { order = $"o-{number}" },
        }, Cancellation);
        Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
        return (await sent.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("case_id").GetGuid();
    }

    private async Task<JsonElement> ActAsync(Guid id, string action, object? body = null)
    {
        using var response = await SendAsync(_admin, id, action, body);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{action}: {(int)response.StatusCode} {text}");
        return JsonElement.Parse(text);
    }

    private static async Task<string?> ProblemAsync(HttpClient client, Guid id, string action, object? body, HttpStatusCode expected, string? ifMatch = null)
    {
        using var response = await SendAsync(client, id, action, body, ifMatch);
        Assert.Equal(expected, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("code").GetString();
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, Guid id, string action, object? body, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/cases/{id}/{action}") { Content = body is null ? null : JsonContent.Create(body) };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await client.SendAsync(request, Cancellation);
    }

    private Task<JsonElement> GetAsync(Guid id) => _admin.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{id}", Cancellation);

    private async Task<List<string>> TimelineAsync(Guid id) =>
        [.. (await _admin.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{id}/timeline?limit=500", Cancellation)).GetProperty("items").EnumerateArray().Select(e => e.GetProperty("kind").GetString()!)];

    private static async Task<List<Guid>> ListAsync(HttpClient client, string query) =>
        [.. (await client.GetFromJsonAsync<JsonElement>("/api/v1/cases" + query, Cancellation)).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("case_id").GetGuid())];

    private static string? State(JsonElement c) => c.GetProperty("state").GetString();
}
