using System.Net;
using System.Text;
using System.Text.Json;
using Hark.Data.Messages;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Features.Accounts.Identity;
using Hark.Web.Testing;
using Xunit;
using static Hark.Web.Testing.AccountsApp;

namespace Hark.Pages.Tests.Accounts;

/// <summary>Second factors, passkeys, new passwords.</summary>
public sealed class ProofTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>RFC 6238, appendix B, SHA-1, the last six digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1234567890, "005924")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code)
    {
        Assert.Equal(code, AuthenticatorCodes.CodeOf("12345678901234567890"u8, seconds / AuthenticatorCodes.StepSeconds));
        Assert.Equal("12345678901234567890", Encoding.ASCII.GetString(AuthenticatorCodes.Decode("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")));
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task With_two_steps_on_a_password_is_not_enough_and_every_code_works_once(TestStore store)
    {
        await using var app = await StartAsync(store);
        var (browser, member) = await app.SignedInAsync(Role.Administrator, Cancellation);
        using var _ = browser;
        var (key, codes) = await app.TurnOnTwoStepsAsync(browser, Cancellation);
        Assert.Equal(AccountManager.RecoveryCodes, codes.Count);

        using var other = new Browser(app);
        Assert.Equal("/sign-in/second", (await other.SignInAsync(member.Email, Password, Cancellation)).Location);
        Assert.Equal(HttpStatusCode.Found, (await other.GetAsync("/account", Cancellation)).Status);
        app.Time.Advance(TimeSpan.FromSeconds(60));
        var code = app.CodeOf(key);
        Assert.Equal(HttpStatusCode.Unauthorized, (await StepAsync(other, app.CodeOf(key, steps: 9))).Status);
        Assert.Equal("/pulse", (await StepAsync(other, code)).Location);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/account", Cancellation)).Status);

        using var thief = new Browser(app);
        await thief.SignInAsync(member.Email, Password, Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, (await StepAsync(thief, code)).Status);
        Assert.Equal("/pulse", (await StepAsync(thief, codes[0].ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal))).Location);
        using var second = new Browser(app);
        await second.SignInAsync(member.Email, Password, Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, (await StepAsync(second, codes[0])).Status);
        Assert.Contains("recovery_code.used", await app.AuditAsync(Cancellation));
    }

    [Fact]
    public async Task Codes_cannot_be_guessed_at_will()
    {
        await using var app = await StartAsync();
        var (browser, member) = await app.SignedInAsync(Role.Administrator, Cancellation);
        using var _ = browser;
        var (key, _) = await app.TurnOnTwoStepsAsync(browser, Cancellation);
        app.Time.Advance(TimeSpan.FromMinutes(1));
        using var other = new Browser(app);
        await other.SignInAsync(member.Email, Password, Cancellation);
        for (var i = 0; i < 4; i++) await StepAsync(other, "000000");
        Assert.Equal(HttpStatusCode.Unauthorized, (await StepAsync(other, app.CodeOf(key))).Status);
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task A_passkey_is_made_and_signs_in_without_a_password(TestStore store)
    {
        await using var app = await StartAsync(store);
        var (browser, member) = await app.SignedInAsync(Role.Administrator, Cancellation);
        using var _ = browser;
        using var authenticator = new SoftwareAuthenticator();
        await browser.GetAsync("/account", Cancellation);
        var options = await browser.PostAsync("/account/passkeys/options", null, Cancellation);
        Assert.Equal(HttpStatusCode.OK, options.Status);
        var made = await browser.PostAsync("/account/passkeys", new { credential = authenticator.Make(options.Html), name = "Laptop" }, Cancellation);
        Assert.Equal(HttpStatusCode.OK, made.Status);
        Assert.True((await browser.GetAsync("/account", Cancellation)).Says("Laptop"));

        using var other = new Browser(app);
        await other.GetAsync("/sign-in", Cancellation);
        var ask = await other.PostAsync("/sign-in/passkey/options", null, Cancellation);
        var credential = authenticator.Use(ask.Html);
        var went = await other.PostAsync("/sign-in/passkey", new { credential, @return = "/account" }, Cancellation);
        Assert.Equal("/account", JsonElement.Parse(went.Html).GetProperty("location").GetString());
        Assert.True((await other.GetAsync("/account", Cancellation)).Says(member.Email));

        // The same answer again, and an answer to another challenge.
        using var thief = new Browser(app);
        await thief.GetAsync("/sign-in", Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, (await thief.PostAsync("/sign-in/passkey", new { credential }, Cancellation)).Status);
        await thief.PostAsync("/sign-in/passkey/options", null, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, (await thief.PostAsync("/sign-in/passkey", new { credential }, Cancellation)).Status);

        await browser.GetAsync("/account", Cancellation);
        await browser.SubmitAsync("passkeys", new() { ["what"] = "remove" }, Cancellation);
        ask = await thief.PostAsync("/sign-in/passkey/options", null, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, (await thief.PostAsync("/sign-in/passkey", new { credential = authenticator.Use(ask.Html) }, Cancellation)).Status);
    }

    [Fact]
    public async Task A_passkey_of_another_site_is_refused()
    {
        await using var app = await StartAsync();
        var (browser, _) = await app.SignedInAsync(Role.Administrator, Cancellation);
        using var __ = browser;
        using var authenticator = new SoftwareAuthenticator("https://evil.example");
        await browser.GetAsync("/account", Cancellation);
        var options = await browser.PostAsync("/account/passkeys/options", null, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/account/passkeys", new { credential = authenticator.Make(options.Html), name = "x" }, Cancellation)).Status);
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task A_forgotten_password_is_set_anew_by_a_link_that_works_once(TestStore store)
    {
        await using var app = await StartAsync(store);
        var (browser, member) = await app.SignedInAsync(Role.Administrator, Cancellation);
        using var _ = browser;
        using var other = new Browser(app);
        await other.GetAsync("/forgotten", Cancellation);
        await other.SubmitAsync("forgotten", new() { ["email"] = member.Email.ToUpperInvariant() }, Cancellation);
        var link = await app.LinkAsync(MessageTopics.PasswordReset, Cancellation);
        await other.GetAsync(link, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, (await other.SubmitAsync("new-password", new() { ["password"] = "short" }, Cancellation)).Status);
        Assert.Equal("/sign-in?done=password", (await other.SubmitAsync("new-password", new() { ["password"] = "another good password" }, Cancellation)).Location);
        Assert.Equal(HttpStatusCode.Gone, (await other.GetAsync(link, Cancellation)).Status);
        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/account", Cancellation)).Status); // signed out everywhere
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.SignInAsync(member.Email, Password, Cancellation)).Status);
        Assert.Equal("/pulse", (await other.SignInAsync(member.Email, "another good password", Cancellation)).Location);
    }

    [Fact]
    public async Task A_link_to_a_new_password_works_for_an_hour()
    {
        await using var app = await StartAsync();
        var member = await app.PersonAsync(Role.Administrator, Cancellation);
        using var browser = new Browser(app);
        await browser.GetAsync("/forgotten", Cancellation);
        await browser.SubmitAsync("forgotten", new() { ["email"] = member.Email }, Cancellation);
        var link = await app.LinkAsync(MessageTopics.PasswordReset, Cancellation);
        app.Time.Advance(LinkTokens.ValidFor - TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(link, Cancellation)).Status);
        app.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(HttpStatusCode.Gone, (await browser.GetAsync(link, Cancellation)).Status);
    }

    [Fact]
    public async Task Changing_the_password_asks_for_the_old_one_and_ends_other_sessions()
    {
        await using var app = await StartAsync();
        var (browser, member) = await app.SignedInAsync(Role.Administrator, Cancellation);
        using var _ = browser;
        using var other = new Browser(app);
        await other.SignInAsync(member.Email, Password, Cancellation);
        await browser.GetAsync("/account", Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SubmitAsync("password", new() { ["current"] = "a wrong password", ["next"] = "another good password" }, Cancellation)).Status);
        Assert.Equal(HttpStatusCode.Found, (await browser.SubmitAsync("password", new() { ["current"] = Password, ["next"] = "another good password" }, Cancellation)).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account", Cancellation)).Status);
        Assert.Equal(HttpStatusCode.Found, (await other.GetAsync("/account", Cancellation)).Status);
    }

    private static async Task<Answer> StepAsync(Browser browser, string code)
    {
        await browser.GetAsync("/sign-in/second", Cancellation);
        return await browser.SubmitAsync("second", new() { ["code"] = code }, Cancellation);
    }
}
