using Microsoft.Playwright;

namespace Hark.Screens;

/// <summary>Pictures of every place of the rail: a desk in light and dark, a phone, and Persian from right to left.</summary>
internal static class Shooting
{
    private const string Variable = "HARK_TEST_CHROMIUM", Usual = "/usr/bin/chromium";

    private static readonly (string Name, int Width, int Height, ColorScheme Theme, string Language)[] Ways =
    [
        ("light", 1440, 900, ColorScheme.Light, "en"), ("dark", 1440, 900, ColorScheme.Dark, "en"),
        ("phone", 390, 844, ColorScheme.Light, "en"), ("fa", 1440, 900, ColorScheme.Light, "fa"),
    ];

    /// <summary>What of a place is shown opened, too: the link to follow.</summary>
    private static readonly Dictionary<string, string> Opened = new() { ["/signals"] = "main a.hk-words", ["/customers"] = "main a.hk-person", ["/inbox"] = "main a.hk-item", ["/settings/rules"] = "main tbody a" };

    /// <summary>Pages that the rail does not lead to: a place that is not there, and one's own account.</summary>
    private static readonly string[] Beside = ["/account", "/nothing-here"];

    /// <param name="pages">Paths of pages; none: every place of the rail.</param>
    /// <returns>The files written.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(DemoProcess demo, string folder, IReadOnlyList<string> pages)
    {
        using var playwright = await Playwright.CreateAsync();
        var program = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : Usual;
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = ["--no-sandbox"] });
        var files = new List<string>();
        foreach (var way in Ways)
        {
            await using var context = await browser.NewContextAsync(new()
            {
                BaseURL = demo.Address,
                Locale = way.Language,
                ColorScheme = way.Theme,
                ViewportSize = new() { Width = way.Width, Height = way.Height },
            });
            var page = await context.NewPageAsync();
            await page.GotoAsync("/sign-in");
            await page.ScreenshotAsync(new() { Path = Add($"sign-in-{way.Name}") });
            await page.Locator("#email").FillAsync(demo.Email);
            await page.Locator("input[type=password]").FillAsync(demo.Password);
            await page.Locator("form button.btn-primary").ClickAsync();
            await page.WaitForURLAsync("**/pulse");
            foreach (var place in pages.Count > 0 ? pages : await PlacesAsync(page))
            {
                await page.GotoAsync(place);
                await page.WaitForFunctionAsync("() => document.readyState === 'complete' && !document.querySelector('.htmx-request')"); // parts that a page asks for at once
                await page.ScreenshotAsync(new() { Path = Add($"{place.Trim('/').Replace('/', '-')}-{way.Name}") });
                if (!Opened.TryGetValue(place, out var link) || await page.Locator(link).CountAsync() == 0) continue;
                await page.GotoAsync(await page.Locator(link).First.GetAttributeAsync("href") ?? place);
                await page.ScreenshotAsync(new() { Path = Add($"{place.Trim('/').Replace('/', '-')}-one-{way.Name}") });
            }
        }
        return files;

        // Every place of the rail, and of settings every page that its own tabs lead to.
        static async Task<IReadOnlyList<string>> PlacesAsync(IPage page)
        {
            var places = (await LinksAsync(".hk-rail a.hk-place")).Where(p => p != "/settings").ToList();
            await page.GotoAsync("/settings");
            foreach (var kind in await LinksAsync(".hk-tabs a"))
            {
                await page.GotoAsync(kind);
                var below = await LinksAsync(".hk-subtabs a");
                places.AddRange(below.Length > 0 ? below : [kind]);
            }
            return [.. places, .. Beside];

            Task<string[]> LinksAsync(string links) => page.Locator(links).EvaluateAllAsync<string[]>("all => all.map(a => a.getAttribute('href'))");
        }

        string Add(string name)
        {
            files.Add(Path.Combine(folder, name + ".png"));
            return files[^1];
        }
    }
}
