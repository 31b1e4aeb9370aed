using Microsoft.Playwright;
using Xunit;

namespace Hark.Browser.Tests;

/// <summary>The pages before one is signed in, and those for people who err.</summary>
public sealed class AccountPagesTests(StaffApp app) : IClassFixture<StaffApp>
{
    [Theory]
    [InlineData("/sign-in", "en", ColorScheme.Light, 1440)]
    [InlineData("/sign-in", "fa", ColorScheme.Dark, 390)]
    [InlineData("/forgotten", "cs", ColorScheme.Light, 1440)]
    [InlineData("/invitation/nothing", "ru", ColorScheme.Light, 390)]
    [InlineData("/password/nothing", "bg", ColorScheme.Dark, 1440)]
    public async Task Axe_finds_nothing_before_one_is_signed_in(string path, string language, ColorScheme theme, int width)
    {
        await using var page = await app.OpenAsync(path, language, theme, width, 844, stranger: true);
        await Assertions.Expect(page.Page.Locator("html")).ToHaveAttributeAsync("lang", language);
        await Assertions.Expect(page.Page.Locator("main h1")).ToBeVisibleAsync();
        Assert.Empty(await page.AxeAsync());
    }

    [Theory]
    [InlineData("en", 1440)]
    [InlineData("fa", 390)]
    public async Task Axe_finds_nothing_on_a_page_that_is_not_there(string language, int width)
    {
        await using var page = await app.OpenAsync("/nothing/here", language, ColorScheme.Light, width, 844);
        Assert.Equal(404, page.First.Status);
        await Assertions.Expect(page.Page.Locator(".hk-failed h1")).ToBeVisibleAsync();
        Assert.Empty(await page.AxeAsync());
    }
}
