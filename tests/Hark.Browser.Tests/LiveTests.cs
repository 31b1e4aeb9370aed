using Microsoft.Playwright;
using Xunit;

namespace Hark.Browser.Tests;

public sealed class LiveTests(StaffApp app) : IClassFixture<StaffApp>
{
    [Fact]
    public async Task A_new_signal_changes_an_open_page()
    {
        await using var page = await app.OpenAsync("/pulse");
        await Assertions.Expect(page.Page.Locator(".hk-fig").Filter(new() { HasText = "Signals" }).GetByText("120", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.Page.Locator("[data-live-status]")).ToHaveAttributeAsync("data-state", "live");
        await app.SendAsync([StaffApp.Signal("live-1", 9, "checkout")]);
        await Assertions.Expect(page.Page.Locator(".hk-fig").Filter(new() { HasText = "Signals" }).GetByText("121", new() { Exact = true })).ToBeVisibleAsync(new() { Timeout = 15_000 });
        page.AssertQuiet();
    }
}
