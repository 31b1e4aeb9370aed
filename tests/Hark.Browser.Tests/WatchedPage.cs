using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;
using Xunit;

namespace Hark.Browser.Tests;

/// <summary>A page and everything it complained about: console errors, failed answers, requests to other hosts.</summary>
public sealed class WatchedPage : IAsyncDisposable
{
    private static readonly Lazy<string> Axe = new(ReadAxe);
    private readonly ConcurrentQueue<string> _complaints = [];
    private readonly ConcurrentQueue<IRequest> _requests = [];

    public WatchedPage(IPage page, string address)
    {
        Page = page;
        page.Console += (_, m) => { if (m.Type is "error" or "warning") _complaints.Enqueue($"{m.Type}: {m.Text}"); };
        page.PageError += (_, e) => _complaints.Enqueue(e);
        page.Response += (_, r) => { if (r.Status >= 400) _complaints.Enqueue($"{r.Status} {r.Url}"); };
        page.Request += (_, r) =>
        {
            if (!r.Url.StartsWith(address, StringComparison.Ordinal) && !r.Url.StartsWith("data:", StringComparison.Ordinal)) _complaints.Enqueue($"another host: {r.Url}");
        };
        page.RequestFinished += (_, r) => _requests.Enqueue(r);
    }

    public IPage Page { get; }

    /// <summary>The answer that brought the page.</summary>
    public IResponse First { get; set; } = null!;

    public void AssertQuiet() => Assert.Empty(_complaints);

    /// <summary>Nothing is wider than the window.</summary>
    public async Task AssertFitsAsync() => Assert.InRange(await Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, Page.ViewportSize!.Width);

    /// <summary>Bytes of bodies as they came over the wire.</summary>
    public async Task<long> WeightAsync()
    {
        long total = 0;
        foreach (var request in _requests) total += (await request.SizesAsync()).ResponseBodySize;
        return total;
    }

    /// <summary>What axe finds by WCAG 2.2 AA and good practice, as rule and place.</summary>
    public async Task<IReadOnlyList<string>> AxeAsync()
    {
        await Page.EvaluateAsync(Axe.Value);
        var found = await Page.EvaluateAsync<JsonElement>("async () => (await axe.run({ resultTypes: ['violations'], preload: false })).violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')} (${n.any[0]?.message ?? n.failureSummary})`))");
        return [.. found.EnumerateArray().Select(f => f.GetString()!)];
    }

    /// <summary>Goes by the tabulator to what has this name, from where the focus is.</summary>
    public async Task TabToAsync(string name)
    {
        const int Most = 300;
        for (var i = 0; i < Most; i++)
        {
            if (await Page.EvaluateAsync<string>("() => { const e = document.activeElement; return e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent.trim() ?? e.textContent.trim(); }") == name) return;
            await Page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"The tabulator never comes to '{name}'.");
    }

    /// <summary>Types into the field with this label, as somebody without a mouse does.</summary>
    public async Task TypeAsync(string label, string text)
    {
        await TabToAsync(label);
        await Page.Keyboard.PressAsync("Control+A");
        await Page.Keyboard.TypeAsync(text);
    }

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();

    private static string ReadAxe()
    {
        using var stream = typeof(WatchedPage).Assembly.GetManifestResourceStream("axe.min.js")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
