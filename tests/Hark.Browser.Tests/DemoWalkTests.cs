using System.Text.RegularExpressions;
using Hark.Screens;
using Microsoft.Playwright;
using Xunit;

namespace Hark.Browser.Tests;

/// <summary>What a new user does first, from the demo's greeting on. Nobody else works meanwhile: what moves is this person's doing.</summary>
public sealed partial class DemoWalkTests
{
    private const string Reply = "I am sorry. The second payment goes back to your card today.";

    [Fact]
    public async Task A_new_user_finds_the_worst_problem_of_the_week_answers_its_customer_resolves_the_case_and_sees_the_curve_move()
    {
        var browser = await Chromium.GetAsync();
        await using var demo = await DemoProcess.StartAsync("--Hark:Roles=web");
        await using var context = await browser.NewContextAsync(new() { BaseURL = demo.Address, Locale = "en", ViewportSize = new() { Width = 1440, Height = 900 } });
        await using var watched = new WatchedPage(await context.NewPageAsync(), demo.Address);
        var page = watched.Page;
        await page.GotoAsync("/");
        await page.GetByLabel("E-mail").FillAsync(demo.Email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(demo.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();

        // Two clicks from Pulse to the courier that fails: where is it, and of what.
        await page.GetByRole(AriaRole.Link, new() { Name = "Where is it?", Exact = true }).First.ClickAsync();
        await page.GetByRole(AriaRole.Group, new() { Name = "Ask about" }).GetByRole(AriaRole.Link, new() { Name = "Late delivery" }).ClickAsync();
        await Assertions.Expect(page.Locator(".hk-finding").First).ToContainTextAsync("balkan-trans", new() { IgnoreCase = true });
        await page.GetByRole(AriaRole.Link, new() { Name = "Pulse", Exact = true }).First.ClickAsync();

        // Pulse says what is worst, in what is seen without scrolling, and leads to who waits longest because of it.
        var worst = page.GetByRole(AriaRole.Region, new() { Name = "Paid twice: what hurts most" });
        await Assertions.Expect(worst).ToBeInViewportAsync(new() { Ratio = 1 });
        var (before, open) = await ClocksAsync(page);
        var words = await worst.Locator(".hk-words").InnerTextAsync();
        await worst.GetByRole(AriaRole.Link, new() { Name = "Answer the first" }).ClickAsync();
        await page.WaitForURLAsync(CasePath());
        await Assertions.Expect(page.Locator("#case-title")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#pane").GetByText(words, new() { Exact = true }).First).ToBeVisibleAsync();

        await page.Locator("#reply-text").FillAsync(Reply);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#case-story").GetByText(Reply)).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Resolve" }).First.ClickAsync();
        await page.Locator("#resolve-dialog").GetByLabel("Why did it happen?").FillAsync("payment provider sent the confirmation twice");
        await page.Locator("#resolve-dialog").GetByLabel("Compensated").CheckAsync();
        await page.Locator("#resolve-dialog").GetByRole(AriaRole.Button, new() { Name = "Resolve" }).ClickAsync();
        await Assertions.Expect(page.Locator(".hk-case-head .hk-chip").First).ToHaveTextAsync("Resolved");

        await page.GetByRole(AriaRole.Link, new() { Name = "Pulse" }).ClickAsync();
        await Assertions.Expect(worst).ToBeVisibleAsync();
        var (after, openAfter) = await ClocksAsync(page);
        Assert.Equal(open - 1, openAfter);
        Assert.Equal(2, before.Zip(after).Count(curve => curve.First != curve.Second)); // acknowledged and closed
        await Assertions.Expect(worst.GetByText(words, new() { Exact = true })).ToBeHiddenAsync(); // somebody else is the first now
        watched.AssertQuiet();
    }

    /// <summary>The curves as they are drawn, and how many of their cases are open.</summary>
    private static async Task<(IReadOnlyList<string> Curves, int Open)> ClocksAsync(IPage page)
    {
        var panel = page.Locator("section[aria-labelledby=h-clocks]");
        var curves = await panel.Locator("path.line").EvaluateAllAsync<string[]>("all => all.map(p => p.getAttribute('d'))");
        return (curves, int.Parse(OpenOnes().Match(await panel.InnerTextAsync()).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"/inbox/\d+")]
    private static partial Regex CasePath();

    [GeneratedRegex(@"open ones, (\d+)")]
    private static partial Regex OpenOnes();
}
