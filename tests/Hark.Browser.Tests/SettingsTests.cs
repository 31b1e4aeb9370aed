using Microsoft.Playwright;
using Xunit;

namespace Hark.Browser.Tests;

public sealed class SettingsTests(StaffApp app) : IClassFixture<StaffApp>
{
    [Theory]
    [InlineData("/settings/sources", "en", 1440)]
    [InlineData("/settings/rules", "en", 1440)]
    [InlineData("/settings/rules", "fa", 390)]
    [InlineData("/settings/clocks", "en", 1440)]
    [InlineData("/settings/documents/rules", "cs", 1440)]
    [InlineData("/settings/documents/calendars", "en", 390)]
    [InlineData("/settings/webhooks", "en", 1440)]
    [InlineData("/settings/outbox", "en", 1440)]
    [InlineData("/settings/about", "ru", 1440)]
    [InlineData("/settings/workspace", "en", 1440)]
    [InlineData("/settings/privacy", "bg", 390)]
    [InlineData("/settings/ownership", "en", 1440)]
    [InlineData("/settings/ownership", "fa", 390)]
    [InlineData("/settings/promises", "en", 1440)]
    [InlineData("/settings/ladders", "sk", 390)]
    [InlineData("/settings/rules/detractors", "en", 1440)]
    [InlineData("/settings/rules/passives", "fa", 390)]
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
        page.AssertQuiet();
    }
}
