using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hark.Data.Workspaces;
using Hark.Domain.Workspaces;
using Hark.Web.Testing;
using Microsoft.AspNetCore.Routing;
using Xunit;

namespace Hark.Web.Tests.Infrastructure;

public sealed class AuthTests(AppFixture fixture) : IClassFixture<AppFixture>
{
    private readonly AppFactory _app = fixture.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task<HttpStatusCode> GetAsync(string path, string? key)
    {
        using var client = _app.Client(key);
        using var answer = await client.GetAsync(path, Cancellation);
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal("Bearer", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
        }
        return answer.StatusCode;
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("hark_pt_0000000000000000000000000000000000000000000")]
    public async Task A_wrong_key_is_401(string? key) => Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync("/api/v1/me", key));

    [Fact]
    public async Task Another_scheme_is_401()
    {
        using var client = _app.Client(null);
        client.DefaultRequestHeaders.Authorization = new("Basic", "YTpi");
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/me", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_revoked_token_is_401_at_once()
    {
        var token = await _app.CreateTokenAsync();
        Assert.Equal(HttpStatusCode.OK, await GetAsync("/api/v1/me", token));
        var found = _app.Get<WorkspaceSnapshots>().KnownKey(KeyText.Hash(token))!.Value;
        await _app.Get<KeyAdmin>().RevokeAsync(found.Workspace.WorkspaceId, found.Key.KeyId, _ => true, Actor.System("test"), Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync("/api/v1/me", token));
    }

    [Fact]
    public async Task A_token_ends_at_its_time()
    {
        var member = await _app.CreateMemberAsync(Role.Agent);
        var token = (await _app.Get<KeyAdmin>().CreateTokenAsync(member.WorkspaceId, member.MemberId, KeyScope.Read, "short", _app.Time.GetUtcNow().AddHours(1),
            Actor.System("test"), Cancellation)).Value.Text;
        _app.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(HttpStatusCode.OK, await GetAsync("/api/v1/me", token));
        _app.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync("/api/v1/me", token));
    }

    [Fact]
    public async Task A_disabled_member_is_401_and_may_come_back()
    {
        var token = await _app.CreateTokenAsync(Role.Agent);
        var member = _app.Get<WorkspaceSnapshots>().KnownKey(KeyText.Hash(token))!.Value.Key.MemberId!.Value;
        using var admin = await _app.AdminAsync();
        (await admin.PatchAsJsonAsync($"/api/v1/members/{member}", new { disabled = true }, Cancellation)).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync("/api/v1/me", token));
        (await admin.PatchAsJsonAsync($"/api/v1/members/{member}", new { disabled = false }, Cancellation)).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.OK, await GetAsync("/api/v1/me", token));
    }

    [Theory]
    [InlineData(Role.Administrator, KeyScope.Admin, 200, 200)]
    [InlineData(Role.Administrator, KeyScope.Write, 200, 403)]
    [InlineData(Role.Administrator, KeyScope.Read, 200, 403)]
    [InlineData(Role.ProgrammeOwner, KeyScope.Admin, 200, 403)]
    [InlineData(Role.Analyst, KeyScope.Write, 200, 403)]
    [InlineData(Role.Viewer, KeyScope.Read, 200, 403)]
    public async Task Scope_and_role_both_have_to_allow(Role role, KeyScope scope, int read, int admin)
    {
        var token = await _app.CreateTokenAsync(role, scope);
        Assert.Equal(read, (int)await GetAsync("/api/v1/sources", token));
        Assert.Equal(admin, (int)await GetAsync("/api/v1/audit", token));
    }

    [Fact]
    public async Task A_source_key_only_sends() => Assert.Equal(HttpStatusCode.Forbidden, await GetAsync("/api/v1/sources", await _app.CreateSourceKeyAsync()));

    [Fact]
    public async Task A_token_shrinks_with_its_members_role()
    {
        var token = await _app.CreateTokenAsync(Role.ProgrammeOwner);
        var found = _app.Get<WorkspaceSnapshots>().KnownKey(KeyText.Hash(token))!.Value;
        await _app.Get<MemberAdmin>().UpdateAsync(found.Workspace.WorkspaceId, found.Key.MemberId!.Value, m => m with { Role = Role.Viewer }, Actor.System("test"), Cancellation);
        using var client = _app.Client(token);
        var me = await client.GetFromJsonAsync<JsonElement>("/api/v1/me", Cancellation);
        Assert.Equal("read", me.GetProperty("scope").GetString());
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsJsonAsync("/api/v1/sources", new { name = "x" }, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_token_makes_no_wider_token_than_itself()
    {
        using var client = _app.Client(await _app.CreateTokenAsync(Role.Administrator, KeyScope.Write));
        using var wider = await client.PostAsJsonAsync("/api/v1/tokens", new { name = "x", scope = "admin" }, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, wider.StatusCode);
        using var same = await client.PostAsJsonAsync("/api/v1/tokens", new { name = "x", scope = "write" }, Cancellation);
        Assert.Equal(HttpStatusCode.Created, same.StatusCode);
    }

    [Fact]
    public async Task Another_workspaces_things_are_not_there()
    {
        var other = await _app.CreateWorkspaceAsync();
        await _app.CreateSourceKeyAsync("theirs", workspaceId: other.WorkspaceId);
        var theirs = (await _app.Get<WorkspaceSnapshots>().GetAsync(other.WorkspaceId, Cancellation)).SourceByName["theirs"].SourceId;
        var theirMember = await _app.CreateMemberAsync(Role.Agent, other.WorkspaceId);
        using var admin = await _app.AdminAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync($"/api/v1/sources/{theirs}", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.PatchAsJsonAsync($"/api/v1/sources/{theirs}", new { name = "mine" }, Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync($"/api/v1/sources/{theirs}/keys", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.PostAsJsonAsync($"/api/v1/sources/{theirs}/keys", new { name = "x" }, Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.PatchAsJsonAsync($"/api/v1/members/{theirMember.MemberId}", new { name = "x" }, Cancellation)).StatusCode);
        var theirToken = await _app.CreateTokenAsync(workspaceId: other.WorkspaceId);
        using var client = _app.Client(theirToken);
        var list = await client.GetFromJsonAsync<JsonElement>("/api/v1/sources", Cancellation);
        Assert.Equal("theirs", Assert.Single(list.GetProperty("items").EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Wrong_keys_from_one_address_are_slowed_down_and_good_keys_are_not()
    {
        await using var app = await AppFactory.StartAsync(settings: new Dictionary<string, string> { ["Hark:Limits:FailedAuthenticationsPerMinute"] = "2" });
        using var good = await app.AdminAsync();
        using var bad = app.Client("hark_pt_0000000000000000000000000000000000000000000");
        for (var i = 0; i < 2; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await bad.GetAsync("/api/v1/me", Cancellation)).StatusCode);
        using var limited = await bad.GetAsync("/api/v1/me", Cancellation);
        Assert.Equal(HttpStatusCode.TooManyRequests, limited.StatusCode);
        Assert.True(limited.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Equal(HttpStatusCode.OK, (await good.GetAsync("/api/v1/me", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_token_that_asks_too_often_is_told_when_to_come_back()
    {
        await using var app = await AppFactory.StartAsync(settings: new Dictionary<string, string> { ["Hark:Limits:TokenPerSecond"] = "1" });
        using var client = await app.AdminAsync();
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 20; i++) answers.Add(await client.GetAsync("/api/v1/me", Cancellation));
        var limited = answers.First(a => a.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.True(limited.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live", Cancellation)).StatusCode);
    }

    [Fact]
    public void Every_api_endpoint_asks_for_a_key()
    {
        var open = _app.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText?.StartsWith("/api/v1", StringComparison.Ordinal) == true && Hark.Web.Infrastructure.ApiRoutes.PolicyOf(e.Metadata) is null);
        Assert.Empty(open.Select(e => e.RoutePattern.RawText));
    }
}
