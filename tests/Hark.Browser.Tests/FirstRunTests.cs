using Hark.Web.Testing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Hark.Browser.Tests;

/// <summary>A new installation, by keyboard alone: the administrator is made, a second step is turned on and asked for.</summary>
public sealed class FirstRunTests
{
    private const string Email = "first@example.com", Password = "correct horse battery";

    [Fact]
    public async Task The_first_administrator_sets_up_and_signs_in_with_two_steps_by_keyboard()
    {
        await using var app = await AppFactory.StartAsync(kestrel: true, settings: new Dictionary<string, string> { ["environment"] = "Production" });
        await using var first = await OpenAsync(app, "/setup", "en", 1440);
        Assert.Empty(await first.AxeAsync());
        await first.TypeAsync("Your company", "Vesna");
        await first.TypeAsync("Name", "Jana Malá");
        await first.TypeAsync("E-mail", Email);
        await first.TypeAsync("Password", Password);
        await first.Page.Keyboard.PressAsync("Enter");
        await first.Page.WaitForURLAsync("**/pulse", new() { WaitUntil = WaitUntilState.Commit });
        await first.Page.GotoAsync("/account");
        await first.Page.Locator("form:has(input[value=authenticator-start]) button").PressAsync("Enter");
        var key = await first.Page.Locator(".hk-secret").TextContentAsync() ?? "";
        Assert.Empty(await first.AxeAsync());
        await first.Page.Locator("form:has(input[value=authenticator-confirm]) input[name=code]").FillAsync(app.CodeOf(key));
        await first.Page.Keyboard.PressAsync("Enter");
        await Expect(first.Page.Locator(".hk-codes")).ToBeVisibleAsync();
        first.AssertQuiet();

        await using var phone = await OpenAsync(app, "/setup", "fa", 390);
        Assert.EndsWith("/sign-in", phone.Page.Url, StringComparison.Ordinal); // there is an administrator now
        await phone.Page.GetByRole(AriaRole.Textbox).First.FillAsync(Email);
        await phone.Page.Locator("input[type=password]").FillAsync(Password);
        await phone.Page.Keyboard.PressAsync("Enter");
        await phone.Page.WaitForURLAsync("**/sign-in/second");
        Assert.Empty(await phone.AxeAsync());
        await Expect(phone.Page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        await phone.Page.Keyboard.TypeAsync(app.CodeOf(key, 1)); // the field has the focus
        await phone.Page.Keyboard.PressAsync("Enter");
        await phone.Page.WaitForURLAsync("**/pulse", new() { WaitUntil = WaitUntilState.Commit });
        phone.AssertQuiet();
    }

    private static async Task<WatchedPage> OpenAsync(AppFactory app, string path, string language, int width)
    {
        var address = app.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        var context = await (await Chromium.GetAsync()).NewContextAsync(new() { BaseURL = address, Locale = language, ViewportSize = new() { Width = width, Height = 844 } });
        var page = new WatchedPage(await context.NewPageAsync(), address);
        page.First = await page.Page.GotoAsync(path) ?? throw new InvalidOperationException("No answer.");
        return page;
    }
}
