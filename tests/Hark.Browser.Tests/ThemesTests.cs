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

    [Fact]
    public async Task Two_people_ask_why_at_once_and_each_sees_what_the_other_wrote()
    {
        await app.TakeTaxonomyAsync();
        await using var one = await app.OpenAsync("/themes/courier");
        await using var other = await app.OpenAsync("/themes/courier");
        await Assertions.Expect(other.Page.Locator("[data-live-status]")).ToHaveAttributeAsync("data-state", "live");
        await Assertions.Expect(one.Page.Locator("#h-effect")).ToBeVisibleAsync();
        await one.Page.GetByLabel("Why does it happen?").FillAsync("Nobody rings the bell");
        await other.Page.EvaluateAsync("document.querySelectorAll('#causes details').forEach(d => d.open = false)"); // an open form waits until it is closed
        await one.Page.Locator("#causes").GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).First.ClickAsync();
        await Assertions.Expect(one.Page.Locator(".hk-five")).ToContainTextAsync("Nobody rings the bell");
        await Assertions.Expect(other.Page.Locator(".hk-five")).ToContainTextAsync("Nobody rings the bell");
        Assert.Empty(await other.AxeAsync());
        one.AssertQuiet();
        other.AssertQuiet();
    }
}
