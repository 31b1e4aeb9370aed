using System.Net;
using System.Text.RegularExpressions;
using Hark.Data.Accounts;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Testing;
using Xunit;
using static Hark.Web.Testing.AccountsApp;

namespace Hark.Pages.Tests.Accounts;

public sealed partial class SignInTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task The_first_person_sets_Hark_up_and_nobody_after(TestStore store)
    {
        await using var app = await StartAsync(store);
        using var first = new Browser(app);
        using var late = new Browser(app);
        Assert.Equal("/setup", (await first.GetAsync("/pulse", Cancellation)).Location);
        Assert.DoesNotContain("role=\"alert\"", (await first.GetAsync("/setup", Cancellation)).Html, StringComparison.Ordinal);
        await late.GetAsync("/setup", Cancellation);
        var fields = new Dictionary<string, string> { ["workspace"] = "Javor Home", ["name"] = "Jana", ["email"] = "Jana@Example.com", ["password"] = Password };
        var made = await first.SubmitAsync("setup", fields, Cancellation);
        Assert.Equal((HttpStatusCode.Found, "/pulse"), (made.Status, made.Location));
        Assert.Equal(HttpStatusCode.OK, (await first.GetAsync("/pulse", Cancellation)).Status);
        Assert.Equal("/sign-in", (await late.SubmitAsync("setup", new(fields) { ["email"] = "late@example.com" }, Cancellation)).Location);
        Assert.Equal("/sign-in", (await late.GetAsync("/setup", Cancellation)).Location);
        var workspace = await app.WorkspaceAsync();
        Assert.Equal(("Javor Home", "jana@example.com", Role.Administrator), (workspace.Workspace.Name, Assert.Single(workspace.Members).Email, workspace.Members[0].Role));
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task A_session_that_is_ended_is_over_at_the_next_request(TestStore store)
    {
        await using var app = await StartAsync(store);
        var (browser, member) = await app.SignedInAsync(Role.Agent, Cancellation);
        using var _ = browser;
        using var other = new Browser(app);
        app.Time.Advance(TimeSpan.FromSeconds(1)); // ids are in order of time
        await other.SignInAsync(member.Email, Password, Cancellation);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/account", Cancellation)).Status);
        await browser.GetAsync("/account", Cancellation);
        var theirs = (await app.Get<MemberSessions>().ListAsync(member.WorkspaceId, member.MemberId, Cancellation))[0];
        await browser.SubmitAsync("sessions", new() { ["session"] = theirs.SessionId.ToString() }, Cancellation);
        Assert.Equal("/sign-in?return=%2Faccount", (await other.GetAsync("/account", Cancellation)).Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account", Cancellation)).Status);
        Assert.Contains("session.revoked", await app.AuditAsync(Cancellation));
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task Five_wrong_passwords_lock_an_account_for_a_quarter_of_an_hour(TestStore store)
    {
        await using var app = await StartAsync(store);
        var member = await app.PersonAsync(Role.Administrator, Cancellation);
        using var browser = new Browser(app);
        for (var i = 0; i < SignInTries.Most; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await browser.SignInAsync(member.Email, "a wrong password", Cancellation)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.SignInAsync(member.Email, Password, Cancellation)).Status);
        app.Time.Advance(SignInTries.LockedFor - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.SignInAsync(member.Email, Password, Cancellation)).Status);
        app.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Found, (await browser.SignInAsync(member.Email, Password, Cancellation)).Status);
        var audit = await app.AuditAsync(Cancellation);
        Assert.Equal((1, 6), (audit.Count(a => a == "sign_in.locked"), audit.Count(a => a == "sign_in.failed")));
        Assert.Contains("session.started", audit);
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task Guesses_sent_at_once_get_no_more_checks_than_guesses_in_a_row(TestStore store)
    {
        await using var app = await StartAsync(store);
        var member = await app.PersonAsync(Role.Administrator, Cancellation);
        var tries = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => app.Get<SignInTries>().BeginAsync(member.WorkspaceId, member.MemberId, Cancellation)));
        Assert.Equal((SignInTries.Most - 1, 1, 20 - SignInTries.Most), (tries.Count(t => t == Try.Open), tries.Count(t => t == Try.Last), tries.Count(t => t == Try.Locked)));
    }

    [Fact]
    public async Task Nobody_learns_from_the_answer_whose_address_it_is()
    {
        await using var app = await StartAsync();
        var member = await app.PersonAsync(Role.Administrator, Cancellation);
        var disabled = await app.PersonAsync(Role.Agent, Cancellation);
        await app.Get<Hark.Data.Workspaces.MemberAdmin>().UpdateAsync(disabled.WorkspaceId, disabled.MemberId, m => m with { Disabled = true }, Actor.System("test"), Cancellation);
        var locked = await app.PersonAsync(Role.Agent, Cancellation);
        using var browser = new Browser(app);
        for (var i = 0; i < SignInTries.Most; i++) await browser.SignInAsync(locked.Email, "a wrong password", Cancellation);
        var answers = new List<string>();
        foreach (var (email, password) in ((string, string)[])[(member.Email, "a wrong password"), ("nobody@example.com", "a wrong password"), (disabled.Email, Password), (locked.Email, Password)])
        {
            var answer = await browser.SignInAsync(email, password, Cancellation);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
            answers.Add(Token().Replace(answer.Html, "").Replace(email, "", StringComparison.Ordinal));
        }
        Assert.Single(answers.Distinct());
        answers.Clear();
        foreach (var email in (string[])[member.Email, "nobody@example.com", disabled.Email])
        {
            await browser.GetAsync("/forgotten", Cancellation);
            answers.Add(Token().Replace((await browser.SubmitAsync("forgotten", new() { ["email"] = email }, Cancellation)).Html, ""));
        }
        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task One_address_may_not_try_without_end()
    {
        await using var app = await AppFactory.StartAsync(settings: new Dictionary<string, string> { ["Hark:Limits:SignInsPerMinute"] = "3" });
        await app.PersonAsync(Role.Administrator, Cancellation);
        using var browser = new Browser(app);
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await browser.SignInAsync($"nobody{i}@example.com", "a wrong password", Cancellation)).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.SignInAsync("another@example.com", "a wrong password", Cancellation)).Status);
    }

    [Theory]
    [InlineData("/account?x=1", "/account?x=1")]
    [InlineData("https://evil.example/", "/pulse")]
    [InlineData("//evil.example/", "/pulse")]
    [InlineData("/\\evil.example/", "/pulse")]
    [InlineData("/\t/evil.example", "/pulse")]
    [InlineData("javascript:alert(1)", "/pulse")]
    [InlineData("/sign-in", "/pulse")]
    public async Task After_signing_in_only_pages_of_ours_are_opened(string wanted, string opened)
    {
        await using var app = await StartAsync();
        var member = await app.PersonAsync(Role.Administrator, Cancellation);
        using var browser = new Browser(app);
        Assert.Equal(opened, (await browser.SignInAsync(member.Email, Password, Cancellation, "?return=" + Uri.EscapeDataString(wanted))).Location);
    }

    [Fact]
    public async Task A_post_without_the_pages_token_is_refused()
    {
        await using var app = await StartAsync();
        var (browser, member) = await app.SignedInAsync(Role.Administrator, Cancellation);
        using var _ = browser;
        foreach (var (path, fields) in ((string, Dictionary<string, string>)[])
        [
            ("/account", new() { ["_handler"] = "profile", ["name"] = "Mallory" }), ("/settings/members", new() { ["_handler"] = "member", ["id"] = member.MemberId.ToString(), ["role"] = "viewer", ["what"] = "role" }),
            ("/sign-out", []), ("/sign-in", new() { ["_handler"] = "sign-in", ["email"] = member.Email, ["password"] = Password }),
        ])
        {
            var answer = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) }, Cancellation);
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        }
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/account/passkeys/options", null, Cancellation, token: false)).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account", Cancellation)).Status);
        Assert.DoesNotContain("Mallory", (await app.WorkspaceAsync()).Members.Select(m => m.Name));
    }

    [Fact]
    public async Task The_cookie_opens_nothing_of_the_API()
    {
        await using var app = await StartAsync();
        var (browser, _) = await app.SignedInAsync(Role.Administrator, Cancellation);
        using var __ = browser;
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/v1/me", Cancellation)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.PostAsync("/api/v1/sources", new { name = "x" }, Cancellation)).Status);
    }

    [Fact]
    public async Task A_script_of_a_browser_that_is_signed_out_is_told_401_and_a_person_is_led_to_the_page()
    {
        await using var app = await StartAsync();
        await app.PersonAsync(Role.Administrator, Cancellation);
        using var browser = new Browser(app);
        Assert.Equal("/sign-in?return=%2Fpulse%3Fday%3D1", (await browser.GetAsync("/pulse?day=1", Cancellation)).Location);
        var request = new HttpRequestMessage(HttpMethod.Get, "/pulse");
        request.Headers.Add("HX-Request", "true");
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.SendAsync(request, Cancellation)).Status);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_not_only_the_cookie()
    {
        await using var app = await StartAsync();
        var (browser, _) = await app.SignedInAsync(Role.Administrator, Cancellation);
        using var __ = browser;
        await browser.GetAsync("/account", Cancellation);
        var cookies = new Dictionary<string, string>(browser.Cookies);
        Assert.Equal(HttpStatusCode.Found, (await browser.PostAsync("/sign-out", null, Cancellation)).Status);
        foreach (var (name, value) in cookies) browser.Cookies[name] = value;
        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/account", Cancellation)).Status);
    }

    [Fact]
    public async Task A_session_not_used_for_long_is_over_and_one_that_is_used_goes_on()
    {
        await using var app = await StartAsync();
        var (browser, _) = await app.SignedInAsync(Role.Administrator, Cancellation);
        using var __ = browser;
        for (var i = 0; i < 4; i++)
        {
            app.Time.Advance(MemberSessions.UsualIdle - TimeSpan.FromMinutes(1));
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account", Cancellation)).Status);
        }
        app.Time.Advance(MemberSessions.UsualIdle);
        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/account", Cancellation)).Status);
    }

    [GeneratedRegex("(?:value|content)=\"CfDJ8[^\"]*\"")]
    private static partial Regex Token();
}
