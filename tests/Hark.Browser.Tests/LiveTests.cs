using Microsoft.Playwright;
using Xunit;

namespace Hark.Browser.Tests;

public sealed class LiveTests(StaffApp app) : IClassFixture<StaffApp>
{
    [Fact]
    public async Task A_new_signal_changes_an_open_page()
    {
        await using var page = await app.OpenAsync("/pulse");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Link, new() { Name = "Signals: 120", Exact = false })).ToBeVisibleAsync();
        await Assertions.Expect(page.Page.Locator("[data-live-status]")).ToHaveAttributeAsync("data-state", "live");
        await app.SendAsync([StaffApp.Signal("live-1", 9, "checkout")]);
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Link, new() { Name = "Signals: 121", Exact = false })).ToBeVisibleAsync(new() { Timeout = 15_000 });
        page.AssertQuiet();
    }
}
