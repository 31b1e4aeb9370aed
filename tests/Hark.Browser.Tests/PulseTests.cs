using Microsoft.Playwright;
using Xunit;

namespace Hark.Browser.Tests;

public sealed class PulseTests(StaffApp app) : IClassFixture<StaffApp>
{
    /// <summary>All that comes with the first view, compressed.</summary>
    private const long MostBytes = 200_000;

    [Theory]
    [InlineData("en", ColorScheme.Light, 1440)]
    [InlineData("en", ColorScheme.Dark, 1440)]
    [InlineData("fa", ColorScheme.Light, 1440)]
    [InlineData("cs", ColorScheme.Light, 390)]
    public async Task Axe_finds_nothing(string language, ColorScheme theme, int width)
    {
        await using var page = await app.OpenAsync("/pulse", language, theme, width, 844);
        await Assertions.Expect(page.Page.Locator("html")).ToHaveAttributeAsync("dir", language == "fa" ? "rtl" : "ltr");
        Assert.Empty(await page.AxeAsync());
        await page.AssertFitsAsync();
        page.AssertQuiet();
    }

    [Fact]
    public async Task The_page_shows_its_numbers_and_comes_from_this_host_alone()
    {
        await using var page = await app.OpenAsync("/pulse");
        Assert.Equal(200, page.First.Status);
        var policy = await page.First.HeaderValueAsync("content-security-policy");
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        await Assertions.Expect(page.Page.Locator(".hk-fig").Filter(new() { HasText = "Signals" }).GetByText("120", new() { Exact = true })).ToBeVisibleAsync();
        page.AssertQuiet();
    }

    [Fact]
    public async Task The_first_view_is_light()
    {
        await using var page = await app.OpenAsync("/pulse");
        await page.Page.WaitForFunctionAsync("() => document.readyState === 'complete'");
        Assert.InRange(await page.WeightAsync(), 1, MostBytes);
    }

    [Fact]
    public async Task A_person_gets_about_with_the_keyboard()
    {
        await using var page = await app.OpenAsync("/pulse");
        var keys = page.Page.Keyboard;
        await keys.PressAsync("Tab");
        await Assertions.Expect(page.Page.GetByText("Skip to content")).ToBeFocusedAsync();
        await keys.PressAsync("Control+k");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Option, new() { Name = "Pulse" })).ToHaveAttributeAsync("aria-selected", "true");
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Escape");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Combobox)).ToBeHiddenAsync();
        await keys.PressAsync("?");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keys" })).ToBeVisibleAsync();
        page.AssertQuiet();
    }

    [Fact]
    public async Task The_period_is_in_the_address_and_a_wrong_one_is_explained()
    {
        await using var page = await app.OpenAsync("/pulse");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "30 days" }).ClickAsync();
        await page.Page.WaitForURLAsync("**/pulse?period=30d");
        await page.Page.GotoAsync("/pulse?period=never");
        await Assertions.Expect(page.Page.GetByText("must be one of")).ToBeVisibleAsync();
        page.AssertQuiet();
    }

    [Fact]
    public async Task A_theme_and_a_language_are_chosen_and_kept()
    {
        await using var page = await app.OpenAsync("/pulse");
        await page.Page.Locator(".hk-me-menu summary").ClickAsync();
        await page.Page.Locator(".hk-me-menu").GetByRole(AriaRole.Button, new() { Name = "Čeština" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator("html")).ToHaveAttributeAsync("lang", "cs");
        await page.Page.Locator(".hk-me-menu summary").ClickAsync();
        await page.Page.Locator(".hk-me-menu").GetByRole(AriaRole.Button, new() { Name = "Tmavý" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator("html")).ToHaveAttributeAsync("data-bs-theme", "dark");
        page.AssertQuiet();
    }
}
