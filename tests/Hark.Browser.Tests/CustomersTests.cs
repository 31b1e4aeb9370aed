using Microsoft.Playwright;
using Xunit;

namespace Hark.Browser.Tests;

public sealed class CustomersTests(StaffApp app) : IClassFixture<StaffApp>
{
    [Theory]
    [InlineData("en", ColorScheme.Light, 1440)]
    [InlineData("ru", ColorScheme.Dark, 1440)]
    [InlineData("fa", ColorScheme.Light, 1440)]
    [InlineData("bg", ColorScheme.Light, 390)]
    public async Task Axe_finds_nothing(string language, ColorScheme theme, int width)
    {
        await app.SendAsync([new { id = "b2b", text = "Renewal soon", rating = new { scale = "nps", value = 9 }, contact = new { id = "c-b2b", name = "Iva Malá", email = "iva@example.com" }, account = new { id = "a-1", name = "Acme", annual_value = 12000, currency = "EUR", renews_on = "2027-01-31" } }]);
        await using var page = await app.OpenAsync("/customers?view=accounts", language, theme, width, 844);
        Assert.Empty(await page.AxeAsync());
        await page.Page.Locator(".hk-person").First.ClickAsync();
        await page.Page.WaitForURLAsync("**/customers/accounts/*");
        Assert.Empty(await page.AxeAsync());
        await page.Page.Locator(".hk-entries a").First.ClickAsync();
        await page.Page.WaitForURLAsync(url => !url.Contains("accounts", StringComparison.Ordinal));
        foreach (var closed in await page.Page.Locator(".hk-side summary").AllAsync()) await closed.ClickAsync();
        Assert.Empty(await page.AxeAsync());
        await page.AssertFitsAsync();
        page.AssertQuiet();
    }

    [Fact]
    public async Task A_customer_is_found_with_the_keyboard_and_the_palette_leads_there()
    {
        await using var page = await app.OpenAsync("/customers");
        var keys = page.Page.Keyboard;
        await keys.PressAsync("/");
        await keys.TypeAsync("c-s7");
        await keys.PressAsync("Enter");
        await page.Page.WaitForURLAsync("**/customers?q=c-s7");
        await Assertions.Expect(page.Page.Locator(".hk-person")).Not.ToHaveCountAsync(0);
        await keys.PressAsync("Control+k");
        await keys.TypeAsync("Jana");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Group, new() { Name = "Customers" })).ToBeVisibleAsync();
        page.AssertQuiet();
    }
}
