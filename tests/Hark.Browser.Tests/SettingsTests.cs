using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Hark.Browser.Tests;

public sealed class SettingsTests(StaffApp app) : IClassFixture<StaffApp>
{
    [Theory]
    [InlineData("/settings/sources", "en", 1440)]
    [InlineData("/settings/rules", "en", 1440)]
    [InlineData("/settings/clocks", "en", 1440)]
    [InlineData("/settings/documents/rules", "cs", 1440)]
    [InlineData("/settings/webhooks", "en", 1440)]
    [InlineData("/settings/outbox", "en", 1440)]
    [InlineData("/settings/about", "ru", 1440)]
    [InlineData("/settings/workspace", "en", 1440)]
    [InlineData("/settings/privacy", "bg", 390)]
    [InlineData("/settings/ownership", "en", 1440)]
    [InlineData("/settings/ownership", "fa", 390)]
    [InlineData("/settings/promises", "en", 1440)]
    [InlineData("/settings/ladders", "sk", 390)]
    [InlineData("/settings/targets", "fa", 390)]
    [InlineData("/settings/rules/detractors", "fa", 390)]
    [InlineData("/settings/imports", "en", 1440)]
    [InlineData("/settings/members", "en", 390)]
    [InlineData("/settings/audit", "en", 390)]
    [InlineData("/account", "en", 1440)]
    [InlineData("/account", "fa", 390)]
    public async Task Axe_finds_nothing(string path, string language, int width)
    {
        await using var page = await app.OpenAsync(path, language, ColorScheme.Light, width, 900);
        foreach (var fold in await page.Page.Locator("main details > summary").AllAsync()) await fold.ClickAsync();
        Assert.Empty(await page.AxeAsync());
        await page.AssertFitsAsync();
        page.AssertQuiet();
    }

    [Fact]
    public async Task A_rule_is_moved_by_keyboard()
    {
        await using var page = await app.OpenAsync("/settings/rules");
        var names = page.Page.Locator("[data-order] [data-key]");
        var (first, count) = (await names.First.GetAttributeAsync("data-key"), await names.CountAsync());
        Assert.True(count > 1);
        var down = await page.Page.Locator("button[value=down]").First.GetAttributeAsync("aria-label");
        await page.TabToAsync(down!);
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(names.Nth(1)).ToHaveAttributeAsync("data-key", first!);
        page.AssertQuiet();
    }

    [Fact]
    public async Task Targets_are_set_and_days_reported_by_keyboard()
    {
        await using var page = await app.OpenAsync("/settings/targets");
        await page.TypeAsync("Within", "3h");
        await page.TypeAsync("What is counted", "came back");
        await page.TabToAsync("Save");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page.GetByText("Saved.")).ToBeVisibleAsync();
        await Expect(page.Page.GetByLabel("Within").First).ToHaveValueAsync("3h");
        await page.TypeAsync("Day; sum; count", "2026-02-01; 41; 100");
        await page.TabToAsync("Report");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page.GetByText("1 day stored.")).ToBeVisibleAsync();
        page.AssertQuiet();
    }
}
