using Microsoft.Playwright;
using Xunit;

namespace Hark.Browser.Tests;

public sealed class ThemesTests(StaffApp app) : IClassFixture<StaffApp>
{
    [Theory]
    [InlineData("en", ColorScheme.Light, 1440)]
    [InlineData("fa", ColorScheme.Dark, 1440)]
    [InlineData("cs", ColorScheme.Light, 390)]
    public async Task Axe_finds_nothing(string language, ColorScheme theme, int width)
    {
        await app.TakeTaxonomyAsync();
        foreach (var path in (string[])["/themes", "/themes/packaging", "/settings/models"])
        {
            await using var page = await app.OpenAsync(path, language, theme, width, 844);
            Assert.Empty(await page.AxeAsync());
            Assert.InRange(await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, width);
            page.AssertQuiet();
        }
    }

    [Fact]
    public async Task A_topic_is_corrected_and_the_next_comment_like_it_gets_it()
    {
        await app.TakeTaxonomyAsync();
        await app.SendAsync([StaffApp.Signal("straps", 2, "support", "The straps of this rucksack squeak with every step")]);
        await using var page = await app.OpenAsync("/signals?q=straps");
        await page.Page.Locator(".hk-words").First.ClickAsync();
        await page.Page.WaitForURLAsync("**/signals/*-*");
        await page.Page.GetByRole(AriaRole.Combobox, new() { Name = "Add a topic" }).SelectOptionAsync("quality");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await page.Page.WaitForURLAsync("**/signals/*?done=corrected");
        await app.LearnAsync();
        await app.SendAsync([StaffApp.Signal("straps-2", 3, "support", "The straps of my rucksack squeak terribly")]);
        await page.Page.GotoAsync(app.Address + "/signals?q=terribly");
        await Assertions.Expect(page.Page.Locator(".hk-verb .hk-chip").First).ToHaveTextAsync("Quality");
        page.AssertQuiet();
    }
}
