using Microsoft.Playwright;
using Xunit;

namespace Hark.Browser.Tests;

/// <summary>The pages before one is signed in, and those for people who err.</summary>
public sealed class AccountPagesTests(StaffApp app) : IClassFixture<StaffApp>
{
    [Theory]
    [InlineData("/sign-in", "en", ColorScheme.Light, 1440)]
    [InlineData("/sign-in", "fa", ColorScheme.Dark, 390)]
    [InlineData("/forgotten", "cs", ColorScheme.Light, 1440)]
    [InlineData("/invitation/nothing", "ru", ColorScheme.Light, 390)]
    [InlineData("/password/nothing", "bg", ColorScheme.Dark, 1440)]
    public async Task Axe_finds_nothing_before_one_is_signed_in(string path, string language, ColorScheme theme, int width)
    {
        await using var page = await app.OpenAsync(path, language, theme, width, 844, stranger: true);
        await Assertions.Expect(page.Page.Locator("html")).ToHaveAttributeAsync("lang", language);
        await Assertions.Expect(page.Page.Locator("main h1")).ToBeVisibleAsync();
        Assert.Empty(await page.AxeAsync());
    }

    /// <summary>Chromium's own authenticator stands for the finger on a sensor.</summary>
    [Fact]
    public async Task A_passkey_is_made_and_signs_in_with_one_click()
    {
        await using var page = await app.OpenAsync("/sign-in", stranger: true, host: "localhost");
        var (p, context) = (page.Page, page.Page.Context);
        var device = await context.NewCDPSessionAsync(p);
        await device.SendAsync("WebAuthn.enable");
        await device.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new { protocol = "ctap2", transport = "internal", hasResidentKey = true, hasUserVerification = true, isUserVerified = true, automaticPresenceSimulation = true },
        });
        await app.SignInAgainAsync(context);
        await p.GotoAsync("/account");
        await p.GetByLabel("Name of the passkey").FillAsync("This browser");
        await p.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(p.GetByText("Your passkeys are saved.")).ToBeVisibleAsync();
        await context.ClearCookiesAsync();
        await p.GotoAsync("/sign-in");
        await p.WaitForURLAsync("**/pulse"); // the field itself offers the passkey, and this finger always touches
        page.AssertQuiet();
    }

    [Fact]
    public async Task An_address_without_a_name_offers_no_passkey_and_says_nothing_of_it()
    {
        await using var page = await app.OpenAsync("/sign-in", stranger: true);
        await page.Page.RunAndWaitForResponseAsync(() => page.Page.ReloadAsync(), "**/sign-in/passkey/options"); // by now the button was shown
        await Assertions.Expect(page.Page.Locator("[data-passkey-button]")).ToBeHiddenAsync();
        await Assertions.Expect(page.Page.Locator("[data-passkey-problem]")).ToBeHiddenAsync();
        page.AssertQuiet();
    }

    [Theory]
    [InlineData("en", 1440)]
    [InlineData("fa", 390)]
    public async Task Axe_finds_nothing_on_a_page_that_is_not_there(string language, int width)
    {
        await using var page = await app.OpenAsync("/nothing/here", language, ColorScheme.Light, width, 844);
        Assert.Equal(404, page.First.Status);
        await Assertions.Expect(page.Page.Locator(".hk-failed h1")).ToBeVisibleAsync();
        Assert.Empty(await page.AxeAsync());
    }
}
