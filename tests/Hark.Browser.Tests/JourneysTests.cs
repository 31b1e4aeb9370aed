using Microsoft.Playwright;
using Xunit;

namespace Hark.Browser.Tests;

public sealed class JourneysTests(StaffApp app) : IClassFixture<StaffApp>
{
    [Theory]
    [InlineData("en", ColorScheme.Light, 1440)]
    [InlineData("sk", ColorScheme.Dark, 1440)]
    [InlineData("fa", ColorScheme.Light, 1440)]
    [InlineData("cs", ColorScheme.Dark, 390)]
    public async Task Axe_finds_nothing(string language, ColorScheme theme, int width)
    {
        await using var page = await app.OpenAsync("/journeys", language, theme, width, 844);
        Assert.Empty(await page.AxeAsync());
        await page.Page.GotoAsync("/journeys?edit=1");
        await page.Page.Locator(".hk-moves summary").First.ClickAsync();
        Assert.Empty(await page.AxeAsync());
        await page.AssertFitsAsync();
        page.AssertQuiet();
    }

    [Fact]
    public async Task Touchpoints_are_moved_by_drag_and_by_keyboard()
    {
        await using var page = await app.OpenAsync("/journeys?edit=1");
        var (support, renewal) = (page.Page.Locator("[data-stage=support]"), page.Page.Locator("[data-stage=renewal]"));
        foreach (var name in new[] { "delivery", "checkout" })
        {
            await support.GetByRole(AriaRole.Combobox).FillAsync(name);
            await support.GetByRole(AriaRole.Combobox).PressAsync("Enter");
            await Assertions.Expect(support.Locator($"[data-key={name}]")).ToBeVisibleAsync();
        }
        await support.GetByRole(AriaRole.Button, new() { Name = "Move earlier: Checkout" }).FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(support.Locator(".hk-touchpoint").First).ToHaveAttributeAsync("data-key", "checkout");
        await support.Locator("[data-key=delivery]").DragToAsync(renewal.Locator(".hk-touchpoints"));
        await Assertions.Expect(renewal.Locator("[data-key=delivery]")).ToBeVisibleAsync();
        await page.Page.GotoAsync("/journeys");
        await Assertions.Expect(page.Page.Locator("section", new() { Has = page.Page.GetByRole(AriaRole.Heading, new() { Name = "Renewal" }) }).GetByText("Delivery")).ToBeVisibleAsync();
        page.AssertQuiet();
    }
}
