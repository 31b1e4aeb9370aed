using System.Net.Http.Json;
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
    private string _token = "";

    public string Address { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _app = await AppFactory.StartAsync(kestrel: true, settings: new Dictionary<string, string> { ["environment"] = "Production" }); // files as an operator serves them
        Address = _app.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        _token = await _app.CreateTokenAsync(Role.Administrator);
        await SendAsync(Enumerable.Range(0, 120).Select(i => Signal($"s{i}", i % 11, Touchpoints[i % 3], i % 4 == 0 ? "The parcel came late and broken" : null)));
    }

    /// <summary>Stores signals as a source would.</summary>
    public async Task SendAsync(IEnumerable<object> signals)
    {
        using var client = _app.Client(await _app.CreateSourceKeyAsync());
        using var answer = await client.PostAsJsonAsync("/api/v1/signals/batch", signals);
        answer.EnsureSuccessStatusCode();
    }

    public static object Signal(string id, int nps, string touchpoint, string? text = null) =>
        new { id, touchpoint, text, rating = new { scale = "nps", value = nps }, contact = new { id = "c-" + id, name = "Jana Malá" } };

    /// <summary>A page of a signed-in person that fails the test on what must never happen.</summary>
    public async Task<WatchedPage> OpenAsync(string path, string language = "en", ColorScheme theme = ColorScheme.Light, int width = 1440, int height = 900)
    {
        var browser = await Chromium.GetAsync();
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = Address,
            Locale = language,
            ColorScheme = theme,
            ViewportSize = new() { Width = width, Height = height },
            ExtraHTTPHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + _token },
        });
        var watched = new WatchedPage(await context.NewPageAsync(), Address);
        watched.First = await watched.Page.GotoAsync(path) ?? throw new InvalidOperationException("No answer.");
        return watched;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
    }
}
