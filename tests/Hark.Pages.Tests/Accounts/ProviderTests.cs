using System.Net;
using Hark.Data.Workspaces;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Testing;
using Xunit;
using static Hark.Web.Testing.AccountsApp;

namespace Hark.Pages.Tests.Accounts;

/// <summary>Signing in by OpenID Connect, against a provider that is really asked.</summary>
public sealed class ProviderTests : IAsyncLifetime
{
    private const string Failed = "/sign-in?problem=provider";
    private OpenIdServer _provider = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _provider = await OpenIdServer.StartAsync();

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    private async Task<AppFactory> AppAsync(TestStore store = TestStore.Sqlite)
    {
        var app = await StartAsync(store, ("Hark:SignIn:Corp:Authority", _provider.Authority), ("Hark:SignIn:Corp:ClientId", OpenIdServer.ClientId),
            ("Hark:SignIn:Corp:ClientSecret", OpenIdServer.ClientSecret), ("Hark:SignIn:Corp:Domains", "corp.example"), ("Hark:SignIn:Corp:Role", "agent"));
        _provider.Time = app.Time;
        await app.PersonAsync(Role.Administrator, Cancellation);
        return app;
    }

    /// <summary>From the button to the page that opens in the end.</summary>
    private static async Task<Answer> GoAsync(Browser browser, string query = "")
    {
        var challenge = await browser.GetAsync("/sign-in/with/corp" + query, Cancellation);
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var answer = await http.GetAsync(challenge.Location, Cancellation);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return await browser.GetAsync(answer.Headers.Location!.PathAndQuery, Cancellation);
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task Somebody_of_a_listed_domain_becomes_a_member_and_stays_the_same(TestStore store)
    {
        await using var app = await AppAsync(store);
        using var browser = new Browser(app);
        Assert.Equal("/account", (await GoAsync(browser, "?return=/account")).Location);
        Assert.True((await browser.GetAsync("/account", Cancellation)).Says("somebody@corp.example"));
        var member = (await app.WorkspaceAsync()).MemberByEmail["somebody@corp.example"];
        Assert.Equal((Role.Agent, "Some Body"), (member.Role, member.Name));

        _provider.Email = "renamed@corp.example"; // the same person under a new address
        using var later = new Browser(app);
        await GoAsync(later);
        Assert.True((await later.GetAsync("/account", Cancellation)).Says("somebody@corp.example"));
        Assert.Equal(2, (await app.WorkspaceAsync()).Members.Count);
    }

    [Fact]
    public async Task A_member_is_linked_by_the_verified_address()
    {
        await using var app = await AppAsync();
        var member = await app.PersonAsync(Role.Analyst, Cancellation);
        _provider.Email = member.Email;
        using var browser = new Browser(app);
        await GoAsync(browser);
        Assert.True((await browser.GetAsync("/account", Cancellation)).Says(member.Email));
        Assert.Contains("member.provider_linked", await app.AuditAsync(Cancellation));
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task An_account_is_removed_unless_it_is_the_only_way_in(TestStore store)
    {
        await using var app = await AppAsync(store);
        using var browser = new Browser(app);
        await GoAsync(browser);
        await browser.GetAsync("/account", Cancellation);
        var refused = await browser.SubmitAsync("providers", new() { ["provider"] = "corp" }, Cancellation);
        Assert.True(refused.Says("This is your only way to sign in"));
        var member = (await app.WorkspaceAsync()).MemberByEmail["somebody@corp.example"];
        await app.Get<MemberAdmin>().SetPasswordAsync(member.WorkspaceId, member.MemberId, "correct horse battery", Actor.System("test"), Cancellation);
        var removed = await browser.SubmitInAsync("/account", "providers", new() { ["provider"] = "corp" }, Cancellation);
        Assert.Equal("/account?done=provider#providers", removed.Location);
        Assert.Contains("member.provider_unlinked", await app.AuditAsync(Cancellation));
        Assert.False((await browser.GetAsync("/account", Cancellation)).Says("Accounts that sign you in"));
    }

    [Theory]
    [InlineData("unverified")]
    [InlineData("other domain")]
    [InlineData("wrong nonce")]
    public async Task Nobody_else_comes_in(string why)
    {
        await using var app = await AppAsync();
        if (why == "unverified") _provider.Verified = false;
        if (why == "other domain") _provider.Email = "somebody@evil.example";
        if (why == "wrong nonce") _provider.WrongNonce = "another";
        using var browser = new Browser(app);
        Assert.Equal(Failed, (await GoAsync(browser)).Location);
        Assert.Single((await app.WorkspaceAsync()).Members);
        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/account", Cancellation)).Status);
    }

    [Fact]
    public async Task An_answer_that_this_browser_did_not_ask_for_is_refused()
    {
        await using var app = await AppAsync();
        using var browser = new Browser(app);
        using var victim = new Browser(app);
        var challenge = await browser.GetAsync("/sign-in/with/corp", Cancellation);
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var answer = await http.GetAsync(challenge.Location, Cancellation);
        Assert.Equal(Failed, (await victim.GetAsync(answer.Headers.Location!.PathAndQuery, Cancellation)).Location);
        Assert.Equal(Failed, (await browser.GetAsync("/sign-in/from/corp?code=x&state=y", Cancellation)).Location);
    }

    [Fact]
    public async Task A_provider_that_is_down_keeps_nobody_from_the_sign_in_page()
    {
        await using var app = await AppAsync();
        await _provider.DisposeAsync();
        using var browser = new Browser(app);
        Assert.Equal(Failed, (await browser.GetAsync("/sign-in/with/corp", Cancellation)).Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(Failed, Cancellation)).Status);
    }
}
