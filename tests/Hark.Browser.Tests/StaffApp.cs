using System.Net.Http.Json;
using Hark.Data.Signals;
using Hark.Data.Workspaces;
using Hark.Domain.Workspaces;
using Hark.Web.Tests.Infrastructure;
using Microsoft.Playwright;
using Xunit;

namespace Hark.Browser.Tests;

/// <summary>The application on a real port with some signals in it, and pages of a browser that looks at it.</summary>
public sealed class StaffApp : IAsyncLifetime
{
    private static readonly string[] Touchpoints = ["checkout", "delivery", "support"];
    private AppFactory _app = null!;
    private const string Password = "correct horse battery";
    private string _email = "";
    private string? _session;

    public string Address { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _app = await AppFactory.StartAsync(kestrel: true, settings: new Dictionary<string, string> { ["environment"] = "Production" }); // files as an operator serves them
        Address = _app.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        var person = await _app.CreateMemberAsync(Role.Administrator);
        _email = (await _app.Get<MemberAdmin>().SetPasswordAsync(person.WorkspaceId, person.MemberId, Password, Actor.System("test"))).Value.Email;
        await SendAsync(Enumerable.Range(0, 120).Select(i => Signal($"s{i}", i % 11, Touchpoints[i % 3], i % 4 == 0 ? "The parcel came late and broken" : null)));
    }

    /// <summary>Stores signals as a source would, and indexes their words.</summary>
    public async Task SendAsync(IEnumerable<object> signals)
    {
        using var client = _app.Client(await _app.CreateSourceKeyAsync());
        using var answer = await client.PostAsJsonAsync("/api/v1/signals/batch", signals);
        answer.EnsureSuccessStatusCode();
        await _app.Get<SearchIndexer>().RunAsync((await _app.WorkspaceAsync()).WorkspaceId);
    }

    public static object Signal(string id, int nps, string touchpoint, string? text = null) =>
        new { id, touchpoint, text, rating = new { scale = "nps", value = nps }, contact = new { id = "c-" + id, name = "Jana Malá" } };

    /// <summary>A page of a signed-in person that fails the test on what must never happen.</summary>
    public async Task<WatchedPage> OpenAsync(string path, string language = "en", ColorScheme theme = ColorScheme.Light, int width = 1440, int height = 900)
    {
        var browser = await Chromium.GetAsync();
        _session ??= await SignInAsync(browser);
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = Address,
            Locale = language,
            ColorScheme = theme,
            ViewportSize = new() { Width = width, Height = height },
            StorageState = _session,
        });
        var watched = new WatchedPage(await context.NewPageAsync(), Address);
        watched.First = await watched.Page.GotoAsync(path) ?? throw new InvalidOperationException("No answer.");
        return watched;
    }

    /// <summary>Signs in as a person does, once for all pages.</summary>
    /// <returns>The browser's cookies.</returns>
    private async Task<string> SignInAsync(IBrowser browser)
    {
        await using var context = await browser.NewContextAsync(new() { BaseURL = Address, Locale = "en" });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("E-mail").FillAsync(_email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/pulse", new() { WaitUntil = WaitUntilState.Commit });
        return await context.StorageStateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
    }
}
