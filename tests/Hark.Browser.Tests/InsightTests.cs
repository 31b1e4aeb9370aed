using Microsoft.Playwright;
using Xunit;

namespace Hark.Browser.Tests;

public sealed class InsightTests(StaffApp app) : IClassFixture<StaffApp>
{
    [Theory]
    [InlineData("/pulse/where", "en", ColorScheme.Light, 1440)]
    [InlineData("/pulse/where", "fa", ColorScheme.Dark, 390)]
    [InlineData("/pulse/drivers?target=score", "cs", ColorScheme.Light, 390)]
    [InlineData("/pulse/quality", "en", ColorScheme.Light, 1440)]
    [InlineData("/pulse/quality", "fa", ColorScheme.Dark, 390)]
    [InlineData("/pulse/control", "en", ColorScheme.Dark, 1440)]
    [InlineData("/pulse/control?metric=count", "bg", ColorScheme.Light, 390)]
    [InlineData("/pulse/weighted", "ru", ColorScheme.Light, 390)]
    [InlineData("/pulse/risk", "sk", ColorScheme.Light, 390)]
    [InlineData("/settings/language-model", "fa", ColorScheme.Dark, 390)]
    public async Task Axe_finds_nothing(string path, string language, ColorScheme theme, int width)
    {
        await using var page = await app.OpenAsync(path, language, theme, width, 844);
        Assert.Equal(200, page.First.Status);
        Assert.Empty(await page.AxeAsync());
        page.AssertQuiet();
    }

    [Fact]
    public async Task Pulse_leads_to_where_it_is()
    {
        await using var page = await app.OpenAsync("/pulse");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Where is it?", Exact = true }).First.ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = "Where is it concentrated?" })).ToBeVisibleAsync();
        page.AssertQuiet();
    }
}
