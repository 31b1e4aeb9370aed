using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Hark.Browser.Tests;

public sealed class InboxTests(StaffApp app) : IClassFixture<StaffApp>
{
    private const long MostBytes = 200_000;

    private static readonly LocatorAssertionsToBeVisibleOptions Patient = new() { Timeout = 15_000 };

    [Theory]
    [InlineData("en", ColorScheme.Light, 1440)]
    [InlineData("en", ColorScheme.Dark, 1440)]
    [InlineData("fa", ColorScheme.Light, 1440)]
    [InlineData("cs", ColorScheme.Light, 390)]
    public async Task Axe_finds_nothing_in_list_and_case(string language, ColorScheme theme, int width)
    {
        await using var page = await app.OpenAsync("/inbox?view=all", language, theme, width, 844);
        await Assertions.Expect(page.Page.Locator("html")).ToHaveAttributeAsync("dir", language == "fa" ? "rtl" : "ltr");
        if (width < 720)
        {
            Assert.Empty(await page.AxeAsync());
            await page.Page.Locator("a.hk-item").First.ClickAsync();
        }
        await Assertions.Expect(page.Page.Locator("#case-title")).ToBeVisibleAsync();
        Assert.Empty(await page.AxeAsync());
        await page.AssertFitsAsync();
        page.AssertQuiet();
    }

    [Fact]
    public async Task The_first_view_is_light()
    {
        await using var page = await app.OpenAsync("/inbox?view=all");
        await Assertions.Expect(page.Page.Locator("#case-title")).ToBeVisibleAsync();
        Assert.InRange(await page.WeightAsync(), 1, MostBytes);
    }

    [Fact]
    public async Task A_case_is_worked_on_by_keyboard_alone_and_a_resolution_taken_back()
    {
        await using var page = await app.OpenAsync("/inbox?view=all");
        var (p, keys) = (page.Page, page.Page.Keyboard);
        await Assertions.Expect(p.Locator("#case-title")).ToBeVisibleAsync();
        await keys.PressAsync("j");
        await p.WaitForURLAsync(new Regex(@"/inbox/\d+"));
        await keys.PressAsync("n");
        await Assertions.Expect(p.Locator("#reply-text")).ToBeFocusedAsync();
        await keys.TypeAsync("The courier admits it");
        await keys.PressAsync("Control+Enter");
        await Assertions.Expect(p.Locator("#case-story").GetByText("The courier admits it")).ToBeVisibleAsync();
        await Assertions.Expect(p.Locator("#reply-text")).ToHaveValueAsync("");
        await keys.PressAsync("Escape");
        await keys.PressAsync("e");
        await Assertions.Expect(p.Locator("#root-cause")).ToBeFocusedAsync();
        await keys.TypeAsync("courier");
        await p.Locator("#resolve-dialog").GetByLabel("Compensated").CheckAsync();
        await keys.PressAsync("Enter");
        await Assertions.Expect(p.Locator("#resolve-dialog")).ToBeHiddenAsync();
        await Assertions.Expect(p.Locator(".hk-case-head .hk-chip").First).ToHaveTextAsync("Resolved");
        await keys.PressAsync("z");
        await Assertions.Expect(p.Locator(".hk-case-head .hk-chip").First).Not.ToHaveTextAsync("Resolved");
        await keys.PressAsync("Control+k");
        await Assertions.Expect(p.GetByRole(AriaRole.Option, new() { Name = "Resolve" })).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await keys.PressAsync("?");
        await Assertions.Expect(p.GetByRole(AriaRole.Dialog, new() { Name = "Keys" }).GetByText("Put aside")).ToBeVisibleAsync();
        page.AssertQuiet();
    }

    [Fact]
    public async Task What_is_typed_while_a_case_is_on_its_way_lands_in_no_other()
    {
        await using var page = await app.OpenAsync("/inbox?view=all");
        var (p, keys) = (page.Page, page.Page.Keyboard);
        await Assertions.Expect(p.Locator("#case-title")).ToBeVisibleAsync();
        var gate = new TaskCompletionSource();
        await p.RouteAsync("**/pane*", async route =>
        {
            await gate.Task;
            await route.ContinueAsync();
        });
        await keys.PressAsync("j");
        await Assertions.Expect(p.Locator("#pane")).ToHaveJSPropertyAsync("inert", true);
        await keys.PressAsync("n");
        await keys.TypeAsync("do not");
        await Assertions.Expect(p.Locator("#reply-text")).ToHaveValueAsync("");
        await keys.PressAsync("n");
        gate.SetResult();
        await Assertions.Expect(p.Locator("#reply-text")).ToBeFocusedAsync();
        await Assertions.Expect(p.Locator("#reply").GetByRole(AriaRole.Button, new() { Name = "Note", Exact = true })).ToHaveAttributeAsync("aria-pressed", "true");
        await keys.TypeAsync("Look at this");
        await Assertions.Expect(p.Locator("#reply-text")).ToHaveValueAsync("Look at this");
    }

    [Fact]
    public async Task Saved_replies_steps_and_many_cases_at_once_by_keyboard()
    {
        await using var page = await app.OpenAsync("/inbox?view=all&touchpoint=checkout");
        var (p, keys) = (page.Page, page.Page.Keyboard);
        await Assertions.Expect(p.Locator("#case-title")).ToBeVisibleAsync();
        await keys.PressAsync("r");
        await keys.TypeAsync("/sor");
        await Assertions.Expect(p.Locator("#reply-suggest [role=option]")).ToHaveCountAsync(1);
        await keys.PressAsync("Enter");
        await Assertions.Expect(p.Locator("#reply-text")).ToHaveValueAsync("Dear Jana Malá, I am sorry.");
        await p.Locator("#reply-text").FillAsync("");
        await keys.PressAsync("Escape");
        await p.GetByRole(AriaRole.Checkbox, new() { Name = "Say sorry" }).ClickAsync();
        await Assertions.Expect(p.GetByRole(AriaRole.Checkbox, new() { Name = "Say sorry" })).ToBeCheckedAsync();
        await p.Locator("a.hk-item").First.FocusAsync();
        await keys.PressAsync("x");
        await p.Locator("a.hk-item").Nth(1).FocusAsync();
        await keys.PressAsync("x");
        await Assertions.Expect(p.GetByText("2 chosen")).ToBeVisibleAsync();
        Assert.Empty(await page.AxeAsync());
        await p.GetByLabel("Do with all of them…").SelectOptionAsync(new SelectOptionValue { Label = "Mine, and critical" });
        await p.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Assertions.Expect(p.GetByText("2 cases changed.")).ToBeVisibleAsync();
        await p.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(p.GetByText("2 cases are as they were")).ToBeVisibleAsync();
        page.AssertQuiet();
    }

    [Fact]
    public async Task Dozens_of_cases_are_changed_in_parts_and_taken_back_together()
    {
        await app.SendAsync(Enumerable.Range(0, 50).Select(i => StaffApp.Signal($"dozens-{i}", 0, "support", "Again nobody answered")));
        await using var page = await app.OpenAsync("/inbox?view=all");
        var parts = 0;
        page.Page.Response += (_, r) => { if (r.Url.EndsWith("/inbox/bulk", StringComparison.Ordinal)) parts++; };
        await page.Page.Locator(".hk-pick").First.CheckAsync();
        await page.Page.Locator("[data-pick-all]").ClickAsync();
        var chosen = await page.Page.Locator(".hk-pick:checked").CountAsync(); // what came in since the page opened is chosen, too
        Assert.InRange(chosen, 41, 500);
        await page.Page.Locator("#bulk select[name=do]").SelectOptionAsync(new SelectOptionValue { Index = 1 }); // to oneself
        await page.Page.Locator("#bulk .btn-primary").ClickAsync();
        Assert.StartsWith($"{chosen} cases changed.", await page.Page.Locator(".hk-toast").First.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal((chosen + 19) / 20, parts);
        await Assertions.Expect(page.Page.Locator("#bulk")).ToBeHiddenAsync();
        await page.Page.Locator(".hk-toast [data-undo]").ClickAsync();
        await Assertions.Expect(page.Page.Locator(".hk-toast").Last).ToContainTextAsync($"{chosen} cases are as they were", new() { Timeout = 30_000 });
        page.AssertQuiet();
    }

    [Theory]
    [InlineData("/settings/snippets")]
    [InlineData("/settings/macros")]
    [InlineData("/settings/playbooks")]
    public async Task Axe_finds_nothing_in_the_settings_of_the_desk(string path)
    {
        await using var page = await app.OpenAsync(path);
        await page.Page.Locator(".hk-sections summary").First.ClickAsync();
        Assert.Empty(await page.AxeAsync());
        page.AssertQuiet();
    }

    [Fact]
    public async Task New_work_is_announced_and_nothing_moves_under_the_pointer()
    {
        await using var clock = app.RunClock();
        await using var page = await app.OpenAsync("/inbox?view=all&touchpoint=delivery");
        var p = page.Page;
        await Assertions.Expect(p.Locator("#case-title")).ToBeVisibleAsync();
        var first = p.Locator("#lines > li").First;
        await first.HoverAsync();
        var before = await first.GetAttributeAsync("data-number");
        await app.SendAsync([StaffApp.Signal("new-1", 0, "delivery", "Nobody rang")]);
        await Assertions.Expect(p.GetByRole(AriaRole.Button, new() { Name = "1 new" })).ToBeVisibleAsync(Patient);
        Assert.Equal(before, await first.GetAttributeAsync("data-number"));
        await p.GetByRole(AriaRole.Button, new() { Name = "1 new" }).ClickAsync();
        await Assertions.Expect(p.Locator("#lines").GetByText("Nobody rang")).ToBeVisibleAsync();
        page.AssertQuiet();
    }

    [Fact]
    public async Task A_draft_is_kept_when_the_session_ends_while_one_types()
    {
        await using var page = await app.OpenAsync("/inbox?view=all");
        var p = page.Page;
        await Assertions.Expect(p.Locator("#case-title")).ToBeVisibleAsync();
        await p.Locator("#reply-text").FillAsync("A long and careful answer");
        var here = new Uri(p.Url).PathAndQuery;
        await p.Context.ClearCookiesAsync();
        await p.Keyboard.PressAsync("Control+Enter"); // not a click: the notice that one writes may have met the end of the session first, and the button is gone then
        await Assertions.Expect(p).ToHaveURLAsync(new Regex("/sign-in")); // the answer to either may lead there first, and the other then breaks it off
        await app.SignInAgainAsync(p.Context);
        await p.GotoAsync(here);
        await Assertions.Expect(p.Locator("#reply-text")).ToHaveValueAsync("A long and careful answer");
    }

    [Fact]
    public async Task A_colleague_who_writes_is_seen_and_their_change_announced()
    {
        await using var clock = app.RunClock();
        await using var mine = await app.OpenAsync("/inbox?view=all");
        await Assertions.Expect(mine.Page.Locator("#case-title")).ToBeVisibleAsync();
        await using var theirs = await app.OpenAsync(new Uri(mine.Page.Url).PathAndQuery, colleague: true);
        await theirs.Page.Locator("#reply").GetByRole(AriaRole.Button, new() { Name = "Note", Exact = true }).ClickAsync();
        await theirs.Page.Locator("#reply-text").PressSequentiallyAsync("I know this one");
        await Assertions.Expect(mine.Page.GetByText("is writing a note on this case")).ToBeVisibleAsync(Patient);
        await mine.Page.Locator("#reply-text").FillAsync("Half an answer");
        await theirs.Page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(mine.Page.Locator("#case-story").GetByText("I know this one")).ToBeVisibleAsync(Patient);
        await Assertions.Expect(mine.Page.GetByText("New since you looked")).ToBeVisibleAsync();
        await Assertions.Expect(mine.Page.Locator("#reply-text")).ToHaveValueAsync("Half an answer");
        mine.AssertQuiet();
    }

    [Fact]
    public async Task A_lost_connection_is_said_and_caught_up_with()
    {
        await app.SendAsync([StaffApp.Signal("lost-0", 0, "returns", "Sent before")]); // a touchpoint of its own: the list shows its first lines only, and what is new is due last
        await using var page = await app.OpenAsync("/inbox?view=all&touchpoint=returns");
        var p = page.Page;
        await p.RouteAsync("**/live", r => r.AbortAsync());
        await p.ReloadAsync();
        await Assertions.Expect(p.Locator("#case-title")).ToBeVisibleAsync();
        await Assertions.Expect(p.GetByText("Connection lost, trying again").First).ToBeVisibleAsync(Patient);
        await app.SendAsync([StaffApp.Signal("lost-1", 0, "returns", "Sent while away")]);
        await Assertions.Expect(p.Locator("#lines").GetByText("Sent while away")).ToBeHiddenAsync();
        await p.UnrouteAsync("**/live");
        await Assertions.Expect(p.Locator("#lines").GetByText("Sent while away")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await Assertions.Expect(p.GetByText("Connection lost, trying again").First).ToBeHiddenAsync();
    }
}
