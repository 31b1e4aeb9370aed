using System.Net.Http.Json;
using Hark.Data.Model;
using Hark.Data.Signals;
using Hark.Data.Understanding;
using Hark.Data.Workspaces;
using Hark.Domain.Understanding.Topics;
using Hark.Domain.Workspaces;
using Hark.Web.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Hark.Browser.Tests;

/// <summary>The application on a real port with some signals in it, and pages of a browser that looks at it.</summary>
public sealed class StaffApp : IAsyncLifetime
{
    private static readonly string[] Touchpoints = ["checkout", "delivery", "support"];
    private AppFactory _app = null!;
    private const string Password = "correct horse battery";
    private string _email = "", _colleague = "";
    private string? _session, _colleagues;

    public string Address { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _app = await AppFactory.StartAsync(kestrel: true, settings: new Dictionary<string, string> { ["environment"] = "Production" }); // files as an operator serves them
        Address = _app.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        (_email, _colleague) = (await PersonAsync(), await PersonAsync());
        await SaveAsync(DocumentKind.Snippets, """{"snippets":[{"key":"sorry","name":"Sorry","text":"Dear {name}, I am sorry."}]}""");
        await SaveAsync(DocumentKind.Macros, """{"macros":[{"key":"take","name":"Mine, and critical","severity":"critical","to_member":"me"}]}""");
        await SaveAsync(DocumentKind.Playbooks, """{"playbooks":[{"key":"all","name":"Any case","steps":[{"key":"a","text":"Say sorry"},{"key":"b","text":"Mend it"}]}]}""");
        await SendAsync(Enumerable.Range(0, 120).Select(i => Signal($"s{i}", i % 11, Touchpoints[i % 3], i % 4 == 0 ? "The parcel came late and broken" : null)));
    }

    /// <summary>Lets the application's clock run until disposed: the live stream counts the pause between two words by it.</summary>
    public ITimer RunClock() => TimeProvider.System.CreateTimer(_ => _app.Time.Advance(TimeSpan.FromSeconds(1)), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(250));

    /// <summary>Gives the workspace the topics of a webshop.</summary>
    public Task TakeTaxonomyAsync() => SaveAsync(DocumentKind.Topics, StarterTaxonomies.Find("webshop")!.ToJson());

    /// <summary>Lets the learner look, as its worker does.</summary>
    public async Task LearnAsync()
    {
        _app.Time.Advance(TimeSpan.FromSeconds(1));
        await _app.Get<TextLearner>().StepAsync((await _app.WorkspaceAsync()).WorkspaceId);
    }

    private async Task SaveAsync(DocumentKind kind, string json)
    {
        var saved = await _app.Get<ConfigDocuments>().PutAsync((await _app.WorkspaceAsync()).WorkspaceId, kind, json, null, Actor.System("test"));
        Assert.True(saved.Ok);
    }

    private async Task<string> PersonAsync()
    {
        var person = await _app.CreateMemberAsync(Role.Administrator);
        return (await _app.Get<MemberAdmin>().SetPasswordAsync(person.WorkspaceId, person.MemberId, Password, Actor.System("test"))).Value.Email;
    }

    /// <summary>Stores signals as a source would, and indexes their words.</summary>
    public async Task SendAsync(IEnumerable<object> signals)
    {
        using var client = _app.Client(await _app.CreateSourceKeyAsync());
        using var answer = await client.PostAsJsonAsync("/api/v1/signals/batch", signals);
        answer.EnsureSuccessStatusCode();
        await _app.Get<SearchIndexer>().RunAsync((await _app.WorkspaceAsync()).WorkspaceId);
    }

    /// <summary>Every text into every field that a customer or a colleague can fill.</summary>
    public async Task WriteEverywhereAsync(IReadOnlyList<string> texts)
    {
        await SendAsync(texts.Select((t, i) => (object)new
        {
            id = $"everywhere-{i}",
            touchpoint = Short(t),
            text = t,
            tags = new[] { Short(t) },
            topics = new[] { Short(t) },
            rating = new { scale = "nps", value = 0 },
            contact = new { id = Short(t), name = Short(t), traits = new Dictionary<string, object> { ["say"] = Short(t) } },
            account = new { id = Short(t), name = Short(t) },
            subject = new { order = Short(t), sku = Short(t), location = Short(t), ticket = Short(t), issue = Short(t) },
            attributes = new Dictionary<string, object> { ["say"] = Short(t) },
            answers = new[] { new { question = Short(t), value = t } },
        }));
        var (worst, workspace) = (Short(texts[1]), (await _app.WorkspaceAsync()).WorkspaceId);
        foreach (var (i, text) in texts.Index())
        {
            await _app.Get<SourceAdmin>().CreateAsync(workspace, new SourceSettings { Name = Short(text), Touchpoint = Short(text) }, Actor.System("test"));
            await _app.Get<TeamAdmin>().CreateAsync(workspace, FormattableString.Invariant($"team-{i}"), new TeamSettings(Short(text), null), Actor.System("test"));
        }
        await _app.Get<WorkspaceEditor>().UpdateAsync(workspace, s => s with { Name = worst }, Actor.System("test"));
        var quoted = System.Text.Json.JsonSerializer.Serialize(worst);
        await SaveAsync(DocumentKind.Snippets, $$"""{"snippets":[{"key":"x","name":{{quoted}},"text":{{quoted}}}]}""");
        await SaveAsync(DocumentKind.Macros, $$"""{"macros":[{"key":"x","name":{{quoted}},"reply":{{quoted}},"note":{{quoted}}}]}""");
        await SaveAsync(DocumentKind.Playbooks, $$"""{"playbooks":[{"key":"x","name":{{quoted}},"steps":[{"key":"a","text":{{quoted}}}]}]}""");

        static string Short(string text) => text[..Math.Min(text.Length, 60)];
    }

    public static object Signal(string id, int nps, string touchpoint, string? text = null) =>
        new { id, touchpoint, text, rating = new { scale = "nps", value = nps }, contact = new { id = "c-" + id, name = "Jana Malá" } };

    /// <summary>A page of a signed-in person that fails the test on what must never happen.</summary>
    /// <param name="colleague">Somebody else than the person of the other pages.</param>
    /// <param name="stranger">Somebody who is not signed in.</param>
    /// <param name="host">Under a name of this machine instead of its address: passkeys belong to names.</param>
    public async Task<WatchedPage> OpenAsync(string path, string language = "en", ColorScheme theme = ColorScheme.Light, int width = 1440, int height = 900, bool colleague = false, bool stranger = false, string host = "127.0.0.1")
    {
        var browser = await Chromium.GetAsync();
        var session = stranger ? null : colleague ? _colleagues ??= await SignInAsync(browser, _colleague) : _session ??= await SignInAsync(browser, _email);
        var address = Address.Replace("127.0.0.1", host, StringComparison.Ordinal);
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = address,
            Locale = language,
            ColorScheme = theme,
            ViewportSize = new() { Width = width, Height = height },
            StorageState = session,
        });
        var watched = new WatchedPage(await context.NewPageAsync(), address);
        watched.First = await watched.Page.GotoAsync(path) ?? throw new InvalidOperationException("No answer.");
        return watched;
    }

    /// <summary>Signs in as a person does, once for all pages.</summary>
    /// <returns>The browser's cookies.</returns>
    private async Task<string> SignInAsync(IBrowser browser, string email)
    {
        await using var context = await browser.NewContextAsync(new() { BaseURL = Address, Locale = "en" });
        await SignInAsync(context, email);
        return await context.StorageStateAsync();
    }

    /// <summary>Signs the person in once more whose session ended in this browser.</summary>
    public Task SignInAgainAsync(IBrowserContext context) => SignInAsync(context, _email);

    private static async Task SignInAsync(IBrowserContext context, string email)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/pulse", new() { WaitUntil = WaitUntilState.Commit });
        await page.CloseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
    }
}
