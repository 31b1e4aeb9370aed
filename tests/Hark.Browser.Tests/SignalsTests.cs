using Microsoft.Playwright;
using Xunit;

namespace Hark.Browser.Tests;

public sealed class SignalsTests(StaffApp app) : IClassFixture<StaffApp>
{
    private const long MostBytes = 200_000;

    [Theory]
    [InlineData("en", ColorScheme.Light, 1440)]
    [InlineData("en", ColorScheme.Dark, 1440)]
    [InlineData("fa", ColorScheme.Dark, 1440)]
    [InlineData("cs", ColorScheme.Light, 390)]
    public async Task Axe_finds_nothing(string language, ColorScheme theme, int width)
    {
        await using var page = await app.OpenAsync("/signals?channel=web&show=score", language, theme, width, 844);
        Assert.Empty(await page.AxeAsync());
        await page.Page.Locator(".hk-words").First.ClickAsync();
        await page.Page.WaitForURLAsync("**/signals/*-*");
        if (width > 1000) await page.Page.Locator(".hk-correct summary").First.ClickAsync();
        Assert.Empty(await page.AxeAsync());
        await page.AssertFitsAsync();
        page.AssertQuiet();
    }

    [Fact]
    public async Task A_person_searches_and_asks_why_with_the_keyboard()
    {
        await using var page = await app.OpenAsync("/signals");
        Assert.InRange(await page.WeightAsync(), 1, MostBytes);
        var keys = page.Page.Keyboard;
        await keys.PressAsync("/");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
        await keys.TypeAsync("brok");
        await keys.PressAsync("Enter");
        await page.Page.WaitForURLAsync("**/signals?q=brok");
        await Assertions.Expect(page.Page.GetByText("30 signals from 30 people")).ToBeVisibleAsync();
        var why = page.Page.Locator(".hk-why summary").First;
        await why.FocusAsync();
        await keys.PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator(".hk-why .hk-trail").First).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await Assertions.Expect(page.Page.Locator(".hk-why .hk-trail").First).ToBeHiddenAsync();
        page.AssertQuiet();
    }

    [Fact]
    public async Task Older_ones_are_fetched_below_and_none_comes_twice()
    {
        await using var page = await app.OpenAsync("/signals");
        await Assertions.Expect(page.Page.Locator(".hk-words")).ToHaveCountAsync(30);
        for (var shown = 60; shown <= 120; shown += 30)
        {
            await page.Page.GetByRole(AriaRole.Button, new() { Name = "Show older ones" }).ClickAsync();
            await Assertions.Expect(page.Page.Locator(".hk-words")).ToHaveCountAsync(shown);
        }
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Show older ones" })).ToHaveCountAsync(0);
        var links = await page.Page.Locator(".hk-words").EvaluateAllAsync<string[]>("all => all.map(a => a.getAttribute('href'))");
        Assert.Equal(120, links.Distinct().Count());
        page.AssertQuiet();
    }

    [Fact]
    public async Task A_facet_narrows_and_a_chip_takes_it_back()
    {
        await using var page = await app.OpenAsync("/signals");
        await page.Page.Locator(".hk-facet").Filter(new() { HasText = "Touchpoint" }).GetByRole(AriaRole.Link, new() { Name = "Checkout" }).ClickAsync();
        await page.Page.WaitForURLAsync("**/signals?touchpoint=checkout");
        await Assertions.Expect(page.Page.GetByText("40 signals from 40 people")).ToBeVisibleAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Remove Touchpoint: Checkout" }).ClickAsync();
        await page.Page.WaitForURLAsync("**/signals");
        await Assertions.Expect(page.Page.GetByText("120 signals from 120 people")).ToBeVisibleAsync();
        page.AssertQuiet();
    }
}
