using Microsoft.Playwright;
using Xunit;

namespace Hark.Browser.Tests;

/// <summary>
/// Whatever a customer writes into whatever field, and a colleague into theirs, is text: no page runs it. A browser that runs any of it fails the test by what it
/// complains about, by a dialog, or by the mark that every payload tries to leave.
/// </summary>
public sealed class HostileTextTests(StaffApp app) : IClassFixture<StaffApp>
{
    private static readonly string[] Payloads =
    [
        "<script>window.hit=1</script>", "\"><img src=x onerror=\"window.hit=1\">", "'><svg onload=window.hit=1>", "</textarea><script>window.hit=1</script>", "</title><script>window.hit=1</script>",
        "<iframe srcdoc=\"<script>parent.hit=1</script>\">", "javascript:window.hit=1", "<a href=\"javascript:window.hit=1\" autofocus onfocus=window.hit=1>x</a>", "<details open ontoggle=window.hit=1>",
        "<button hx-get=\"/account\" hx-trigger=\"load\">x</button>", "<form action=\"https://evil.example\"><input name=a>", "<style>*{display:none}</style>", "<base href=\"https://evil.example/\">", "{{7*7}}${7*7}<%= 7*7 %>",
        "<meta http-equiv=refresh content=\"0;url=https://evil.example\">", "\u202e<script>window.hit=1</script>",
    ];

    private static readonly string[] Places =
    [
        "/pulse", "/pulse?period=90d", "/inbox?view=all", "/signals", "/customers", "/customers?view=accounts", "/journeys", "/settings/sources", "/settings/rules", "/settings/ownership", "/settings/snippets", "/settings/macros",
        "/settings/playbooks", "/settings/promises", "/settings/audit", "/settings/members", "/settings/teams", "/settings/workspace", "/settings/privacy",
    ];

    [Fact]
    public async Task Nothing_that_is_written_runs_on_any_place()
    {
        await app.WriteEverywhereAsync(Payloads);
        await using var watched = await app.OpenAsync("/pulse");
        var page = watched.Page;
        var dialogs = 0;
        page.Dialog += async (_, dialog) =>
        {
            dialogs++;
            await dialog.DismissAsync();
        };
        var (signals, customers) = (await LinksAsync(page, "/signals", "main a.hk-words"), await LinksAsync(page, "/customers", "main a.hk-person"));
        var cases = await LinksAsync(page, "/inbox?view=all", "a.hk-item");
        Assert.True(signals.Count > 0 && customers.Count > 0 && cases.Count > 0);
        foreach (var path in Places.Concat(signals.Take(4)).Concat(customers.Take(4)).Concat(cases.Take(4)))
        {
            await page.GotoAsync(path);
            await page.EvaluateAsync("() => document.querySelectorAll('main details').forEach(d => d.open = true)");
            await page.WaitForFunctionAsync("() => !document.querySelector('.htmx-request')"); // what they ask for when they open
            Assert.True(await page.EvaluateAsync<bool>("() => window.hit === undefined"), path);
            await Assertions.Expect(page.Locator("main")).ToBeVisibleAsync();
        }
        Assert.Equal(0, dialogs);
        watched.AssertQuiet();
    }

    private static async Task<IReadOnlyList<string>> LinksAsync(IPage page, string place, string links)
    {
        await page.GotoAsync(place);
        return await page.Locator(links).EvaluateAllAsync<string[]>("all => all.map(a => a.getAttribute('href'))");
    }
}
