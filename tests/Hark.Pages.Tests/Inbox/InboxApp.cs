using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Hark.Data.Model;
using Hark.Domain.Cases;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hark.Pages.Tests.Inbox;

/// <summary>The application with two teams and people of every kind, shared by the tests of one database.</summary>
public abstract class InboxApp(TestStore store) : IAsyncLifetime
{
    private int _signals;
    private string _key = "";

    internal AppFactory App { get; private set; } = null!;
    internal Team Support { get; private set; } = null!;
    internal Team Sales { get; private set; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        App = await AccountsApp.StartAsync(store);
        await App.PersonAsync(Role.Administrator, Cancellation);
        (Support, Sales) = (await App.CreateTeamAsync("help"), await App.CreateTeamAsync("sales"));
        _key = await App.CreateSourceKeyAsync();
        using var admin = await App.AdminAsync();
        var rules = """{"rules":[{"id":"all","name":"All","when":{"field":"touchpoint","eq":"help"},"then":[{"open_case":{"team":"help"}}],"stop":true},{"id":"rest","name":"Rest","when":{"field":"band","eq":"negative"},"then":[{"open_case":{"team":"sales"}}]}]}""";
        (await admin.PutAsync("/api/v1/rules", new StringContent(rules, System.Text.Encoding.UTF8, "application/json"), Cancellation)).EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        if (App is not null) await App.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A case of the support team, or of sales, by a customer of its own.</summary>
    /// <returns>Its number.</returns>
    internal async Task<long> OpenAsync(string text = "It came late", bool sales = false, string name = "Jana Malá")
    {
        var id = $"i{Interlocked.Increment(ref _signals)}";
        using var client = App.Client(_key);
        var answer = await client.PostAsJsonAsync("/api/v1/signals", new
        {
            id,
            touchpoint = sales ? "checkout" : "help",
            text,
            rating = new { scale = "nps", value = 2 },
            contact = new { id = "c-" + id, name, email = $"{id}@customer.example" },
        }, Cancellation);
        answer.EnsureSuccessStatusCode();
        await using var db = App.Store.Read();
        return await db.Cases.Where(c => c.WorkspaceId == App.WorkspaceId).OrderByDescending(c => c.Number).Select(c => c.Number).FirstAsync(Cancellation);
    }

    internal async Task<Case> CaseAsync(long number)
    {
        await using var db = App.Store.Read();
        return await db.Cases.SingleAsync(c => c.WorkspaceId == App.WorkspaceId && c.Number == number, Cancellation);
    }

    /// <summary>A signed-in member of this role in the support team.</summary>
    internal async Task<InboxBrowser> SignInAsync(Role role, bool sales = false)
    {
        var member = await App.PersonAsync(role, Cancellation, (sales ? Sales : Support).TeamId);
        var browser = new Browser(App);
        var page = await browser.GetAsync("/sign-in", Cancellation);
        Assert.True(page.Status == HttpStatusCode.OK, $"{page.Status} {page.Location} {page.Html}");
        await browser.SignInAsync(member.Email, AccountsApp.Password, Cancellation);
        return new InboxBrowser(browser, member);
    }
}

/// <summary>A browser whose script works in the inbox: forms are sent as htmx sends them.</summary>
internal sealed partial class InboxBrowser(Browser browser, Member member) : IDisposable
{
    private string _token = "", _here = "/inbox";

    public Member Member => member;
    public Answer Last => browser.Last;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task<Answer> OpenAsync(string path)
    {
        var answer = await browser.GetAsync(path, Cancellation);
        if (Meta().Match(answer.Html) is { Success: true } found) (_token, _here) = (WebUtility.HtmlDecode(found.Groups[1].Value), path);
        return answer;
    }

    public Task<Answer> OpenAsync(long number) => OpenAsync(string.Create(CultureInfo.InvariantCulture, $"/inbox/{number}"));

    /// <summary>The version that the page shows.</summary>
    public string Version => Shown().Match(Last.Html).Groups[1].Value;

    /// <summary>Does something on a case, by the version that was shown unless another is given.</summary>
    public Task<Answer> ActAsync(long number, string act, params (string Name, string Value)[] fields) => PostAsync(string.Create(CultureInfo.InvariantCulture, $"/inbox/{number}/{act}"), fields);

    public Task<Answer> PostAsync(string path, (string Name, string Value)[] fields, bool token = true)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value))) };
        if (token) request.Headers.Add("X-Hark-Antiforgery", _token);
        request.Headers.Add("HX-Request", "true");
        request.Headers.Add("HX-Current-URL", "http://localhost" + _here);
        request.Headers.Add("Origin", "http://localhost");
        return browser.SendAsync(request, Cancellation);
    }

    /// <summary>Puts a file up as our script does.</summary>
    public Task<Answer> UploadAsync(string path, string name, string type, string content)
    {
        var file = new StringContent(content);
        file.Headers.ContentType = new(type);
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new MultipartFormDataContent { { file, "file", name } } };
        request.Headers.Add("X-Hark-Antiforgery", _token);
        request.Headers.Add("HX-Request", "true");
        return browser.SendAsync(request, Cancellation);
    }

    /// <summary>Sends a form of the page shown last without script; of its hidden fields only the token is taken from the page where others are given.</summary>
    public Task<Answer> SubmitAsync(string handler, (string Name, string Value)[] fields)
    {
        var version = ShownVersion().Match(Last.Html).Groups[1].Value;
        var all = new Dictionary<string, string> { ["_handler"] = handler, ["__RequestVerificationToken"] = _token, ["version"] = version };
        foreach (var (name, value) in fields) all[name] = value;
        return browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, _here) { Content = new FormUrlEncodedContent(all) }, Cancellation);
    }

    public string? Disposition => browser.Disposition;

    /// <summary>The sealed way back in the last answer; null where it offers none.</summary>
    public string? Undo => Token().Match(Last.Html) is { Success: true } found ? WebUtility.HtmlDecode(found.Groups[1].Value) : null;

    public void Dispose() => browser.Dispose();

    [GeneratedRegex("name=\"hark-antiforgery\" content=\"([^\"]*)\"")]
    private static partial Regex Meta();

    [GeneratedRegex("id=\"case-version\" name=\"version\" value=\"(\\d+)\"")]
    private static partial Regex Shown();

    [GeneratedRegex("name=\"version\" value=\"(\\d+)\"")]
    private static partial Regex ShownVersion();

    [GeneratedRegex("name=\"token\" value=\"([^\"]*)\"")]
    private static partial Regex Token();
}
