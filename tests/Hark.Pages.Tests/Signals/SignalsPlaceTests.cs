using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hark.Data.Aggregates;
using Hark.Data.Model;
using Hark.Data.Signals;
using Hark.Data.Workspaces;
using Hark.Domain.Signals;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hark.Pages.Tests.Signals;

public sealed class SqliteSignalsPlace : SignalsPlaceTests
{
    protected override TestStore Kind => TestStore.Sqlite;
}

public sealed class PostgreSqlSignalsPlace : SignalsPlaceTests
{
    protected override TestStore Kind => TestStore.PostgreSql;
}

/// <summary>The place of signals as a person without script sees it.</summary>
public abstract partial class SignalsPlaceTests : IAsyncLifetime
{
    private AppFactory _app = null!;
    private HttpClient _shop = null!, _web = null!;
    private Team _care = null!;

    protected abstract TestStore Kind { get; }
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await AccountsApp.StartAsync(Kind);
        _care = await _app.CreateTeamAsync("care");
        var workspace = await _app.WorkspaceAsync();
        await _app.Get<SourceAdmin>().CreateAsync(workspace.WorkspaceId, new SourceSettings { Name = "shop", Channel = Channel.Store, OwnerTeam = "care" }, Actor.System("test"));
        _shop = _app.Client(await _app.CreateSourceKeyAsync("shop"));
        _web = _app.Client(await _app.CreateSourceKeyAsync("web"));
        await _app.PersonAsync(Role.Administrator, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Words_are_found_in_any_language_and_every_number_follows_the_filter()
    {
        await SendAsync(_web, new { id = "1", text = "Balík přišel o tři dny později", language = "cs", touchpoint = "delivery", rating = new { scale = "nps", value = 3 }, topics = new[] { "delivery" } });
        await SendAsync(_web, new { id = "2", text = "Доставка опоздала", language = "ru", touchpoint = "delivery", rating = new { scale = "nps", value = 9 } });
        await SendAsync(_shop, new { id = "3", text = "Balík byl rozbitý", language = "cs", touchpoint = "store", topics = new[] { "damage" } });
        using var browser = await SignedInAsync(Role.Analyst);
        var all = await browser.GetAsync("/signals", Cancellation);
        Assert.Equal(HttpStatusCode.OK, all.Status);
        Assert.Equal(3, Verbatims(all).Count);
        Assert.Contains(("Web", 2), Facet(all, "channel"));
        Assert.Contains(("Čeština", 2), Facet(all, "language"));
        Assert.Contains(("Delivery", 1), Facet(all, "topic"));
        foreach (var (query, found) in new[] { ("q=balik", 2), ("q=BALÍK", 2), ("q=достав", 1), ("q=%22balik+prisel%22", 1), ("q=%22prisel+balik%22", 0), ("q=rozb*", 1), ("channel=store", 1), ("topic=delivery", 1), ("q=balik&channel=web", 1), ("score_max=60", 1), ("source=shop", 1) })
        {
            var page = await browser.GetAsync("/signals?" + query, Cancellation);
            Assert.Equal((query, found), (query, Verbatims(page).Count));
            Assert.Equal((query, found), (query, Count(page)));
        }
        // A facet counts what choosing another of its values would give.
        var chosen = await browser.GetAsync("/signals?channel=store", Cancellation);
        Assert.Contains(("Web", 2), Facet(chosen, "channel"));
        Assert.Equal([("Store", 1)], Facet(chosen, "touchpoint"));
    }

    [Fact]
    public async Task A_filter_that_does_not_exist_is_explained_and_not_ignored()
    {
        using var browser = await SignedInAsync(Role.Analyst);
        var page = await browser.GetAsync("/signals?chanel=web&score_min=never", Cancellation);
        Assert.True(page.Says("did you mean 'channel'") || page.Says("channel"), page.Html);
        Assert.True(page.Says("must be a number"));
        Assert.Empty(Verbatims(page));
    }

    [Fact]
    public async Task Hostile_words_stay_words()
    {
        const string Payload = "<script>alert(1)</script>\"><img src=x onerror=alert(2)>{{7*7}}";
        var id = await SendAsync(_web, new { id = Payload, text = Payload, touchpoint = "<b>x", topics = new[] { "<i>\"t" }, tags = new[] { "'><u>" }, contact = new { id = "c<", name = Payload }, subject = new { sku = Payload, issue = Payload }, attributes = new Dictionary<string, string> { ["<s>"] = Payload } });
        using var browser = await SignedInAsync(Role.Administrator);
        foreach (var path in new[] { "/signals", $"/signals/{id}", $"/signals/{id}/why", "/signals?q=alert", "/signals?touchpoint=" + Uri.EscapeDataString("<b>x"), "/signals?sku=" + Uri.EscapeDataString("\"><img src=x onerror=alert(2)>") })
        {
            var page = await browser.GetAsync(path, Cancellation);
            Assert.Equal((path, HttpStatusCode.OK), (path, page.Status));
            foreach (var raw in new[] { "<script>alert", "<img src=x", "<b>x", "<i>\"t", "'><u>", "<s>" }) Assert.DoesNotContain(raw, page.Html, StringComparison.Ordinal);
        }
        Assert.True((await browser.GetAsync($"/signals/{id}", Cancellation)).Says(Payload));
    }

    [Fact]
    public async Task Words_belong_to_the_owning_team_and_numbers_to_everybody()
    {
        var ours = await SendAsync(_shop, new { id = "1", text = "Our secret words", contact = new { email = "ours@example.com" } });
        var theirs = await SendAsync(_web, new { id = "2", text = "Their secret words", contact = new { email = "theirs@example.com" } });
        using var agent = await SignedInAsync(Role.Agent, _care.TeamId);
        var page = await agent.GetAsync("/signals", Cancellation);
        Assert.Equal(2, Count(page));
        Assert.Contains("Our secret words", Assert.Single(Verbatims(page)), StringComparison.Ordinal);
        Assert.Equal(1, Count(await agent.GetAsync("/signals?q=secret", Cancellation)));
        Assert.Equal(0, Count(await agent.GetAsync("/signals?contact=theirs@example.com", Cancellation)));
        Assert.Equal(HttpStatusCode.OK, (await agent.GetAsync($"/signals/{ours}", Cancellation)).Status);
        foreach (var path in new[] { $"/signals/{theirs}", $"/signals/{theirs}/why" })
        {
            var hidden = await agent.GetAsync(path, Cancellation);
            Assert.Equal((path, HttpStatusCode.NotFound), (path, hidden.Status));
            Assert.False(hidden.Says("Their secret"));
        }
        var file = await agent.GetAsync("/signals/export.csv", Cancellation);
        Assert.True(file.Says("Our secret") && !file.Says("Their secret"));

        using var viewer = await SignedInAsync(Role.Viewer, _care.TeamId);
        var numbers = await viewer.GetAsync("/signals", Cancellation);
        Assert.Equal(2, Count(numbers));
        Assert.Empty(Verbatims(numbers));
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.GetAsync("/signals/export.json", Cancellation)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await viewer.GetAsync($"/signals/{ours}", Cancellation)).Status);
        Assert.Equal(0, Count(await viewer.GetAsync("/signals?q=secret", Cancellation)));
    }

    [Fact]
    public async Task An_export_is_what_is_shown_and_no_formula()
    {
        await SendAsync(_web, new { id = "1", text = "=HYPERLINK(\"http://x\")", touchpoint = "+1", rating = new { scale = "nps", value = 0 } });
        await SendAsync(_web, new { id = "2", text = "@sum, \"quoted\"\nsecond line", touchpoint = "\uFF1Dcmd" });
        await SendAsync(_shop, new { id = "3", text = "not asked for" });
        using var browser = await SignedInAsync(Role.Analyst);
        var csv = (await browser.GetAsync("/signals/export.csv?channel=web", Cancellation)).Html;
        Assert.Equal(3, Regex.Count(csv, "\r\n"));
        Assert.Contains("\"'=HYPERLINK(\"\"http://x\"\")\"", csv, StringComparison.Ordinal);
        Assert.Contains("\"'@sum, \"\"quoted\"\"\nsecond line\"", csv, StringComparison.Ordinal);
        Assert.Contains(",'+1,nps,0,0,", csv, StringComparison.Ordinal);
        Assert.Contains(",'\uFF1Dcmd,", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("not asked for", csv, StringComparison.Ordinal);
        using var api = await _app.AdminAsync();
        var listed = await api.GetFromJsonAsync<JsonElement>("/api/v1/signals?channel=web", Cancellation);
        var exported = JsonDocument.Parse((await browser.GetAsync("/signals/export.json?channel=web", Cancellation)).Html).RootElement;
        Assert.True(JsonElement.DeepEquals(listed.GetProperty("items"), exported));
        Assert.Equal(2, (await _app.AuditAsync(Cancellation)).Count(a => a == "signals.exported"));
    }

    [Fact]
    public async Task A_correction_moves_everything_and_is_written_down()
    {
        var id = await SendAsync(_web, new { id = "1", text = "Wrong place", touchpoint = "checkout", topics = new[] { "price", "delivery" } });
        using var browser = await SignedInAsync(Role.Analyst);
        await browser.GetAsync($"/signals/{id}", Cancellation);
        foreach (var (field, value) in new[] { ("touchpoint", "delivery"), ("sentiment", "negative"), ("topics", "delivery, courier"), ("language", "EN"), ("severity", "critical"), ("location", "store-1"), ("location", "") })
        {
            await browser.GetAsync($"/signals/{id}", Cancellation);
            var answer = await browser.SubmitAsync("correct", new() { ["field"] = field, ["value"] = value }, Cancellation);
            Assert.Equal((field, HttpStatusCode.Redirect), (field, answer.Status));
        }
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SubmitInAsync($"/signals/{id}", "correct", new() { ["field"] = "sentiment", ["value"] = "furious" }, Cancellation)).Status);
        Assert.Equal(1, Count(await browser.GetAsync("/signals?touchpoint=delivery&topic=courier&sentiment=negative&severity=critical&language=en", Cancellation)));
        Assert.Equal(0, Count(await browser.GetAsync("/signals?topic=price", Cancellation)));
        Assert.True((await browser.GetAsync($"/signals/{id}", Cancellation)).Says("corrected touchpoint: checkout → delivery"));
        Assert.Equal(7, (await _app.AuditAsync(Cancellation)).Count(a => a == "signal.corrected"));
        var differences = new List<CellDifference>();
        await _app.Get<AggregateRebuild>().CheckAsync(await _app.WorkspaceAsync(), differences.Add, Cancellation);
        Assert.Empty(differences);
    }

    [Fact]
    public async Task Who_may_not_correct_or_open_cases_does_not()
    {
        var id = await SendAsync(_shop, new { id = "1", text = "Words", touchpoint = "checkout" });
        using var analyst = await SignedInAsync(Role.Analyst);
        await analyst.GetAsync($"/signals/{id}", Cancellation);
        Assert.DoesNotContain("case-title", analyst.Last.Html, StringComparison.Ordinal);
        var form = analyst.FieldsOf("correct");
        form["field"] = "touchpoint";
        form["value"] = "moved";
        Assert.Equal(HttpStatusCode.BadRequest, (await analyst.PostFormAsync($"/signals/{id}", form.Where(f => f.Key != "__RequestVerificationToken"), Cancellation)).Status);
        using var agent = await SignedInAsync(Role.Agent, _care.TeamId);
        await agent.GetAsync($"/signals/{id}", Cancellation);
        var own = agent.FieldsOf("open-case");
        own["_handler"] = "correct";
        own["field"] = "touchpoint";
        own["value"] = "moved";
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.PostFormAsync($"/signals/{id}", own, Cancellation)).Status);
        await using var db = _app.Store.Read();
        Assert.Equal("checkout", (await db.Signals.SingleAsync(Cancellation)).Touchpoint);
    }

    [Fact]
    public async Task A_case_is_opened_by_hand_once()
    {
        var contact = new { id = "c-1", name = "Jana" };
        var id = await SendAsync(_shop, new { id = "1", text = "Nobody called me back", contact });
        var again = await SendAsync(_shop, new { id = "2", text = "Still nobody", contact });
        using var agent = await SignedInAsync(Role.Agent, _care.TeamId);
        var opened = await agent.SubmitInAsync($"/signals/{id}", "open-case", new() { ["title"] = "Call Jana", ["severity"] = "critical", ["team"] = "" }, Cancellation);
        Assert.Equal(HttpStatusCode.Redirect, opened.Status);
        var second = await agent.SubmitInAsync($"/signals/{again}", "open-case", new() { ["severity"] = "routine", ["team"] = "" }, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, second.Status);
        Assert.True(second.Says("There is an open case about this already"));
        using var api = await _app.AdminAsync();
        var cases = (await api.GetFromJsonAsync<JsonElement>("/api/v1/cases", Cancellation)).GetProperty("items");
        var one = Assert.Single(cases.EnumerateArray());
        Assert.Equal(("Call Jana", "critical", "care", "new"), (one.GetProperty("title").GetString(), one.GetProperty("severity").GetString(), one.GetProperty("team").GetString(), one.GetProperty("state").GetString()));
        var details = await api.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{one.GetProperty("case_id").GetString()}", Cancellation);
        Assert.Equal(id, details.GetProperty("signals")[0].GetProperty("signal_id").GetString());
        Assert.NotEmpty(details.GetProperty("clocks").EnumerateArray());
        Assert.Contains("case.opened", await _app.AuditAsync(Cancellation));
        Assert.True((await agent.GetAsync($"/signals/{id}", Cancellation)).Says("opens a critical case"));
    }

    private async Task<string> SendAsync(HttpClient sender, object signal)
    {
        var sent = await Sending.SendAsync(sender, signal);
        await _app.Get<SearchIndexer>().RunAsync((await _app.WorkspaceAsync()).WorkspaceId, cancellation: Cancellation);
        return sent.GetProperty("signal_id").GetString()!;
    }

    private async Task<Browser> SignedInAsync(Role role, params Guid[] teams)
    {
        var member = await _app.PersonAsync(role, Cancellation, teams);
        var browser = new Browser(_app);
        await browser.SignInAsync(member.Email, AccountsApp.Password, Cancellation);
        return browser;
    }

    private static List<string> Verbatims(Answer page) => [.. Words().Matches(page.Html).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value))];

    /// <summary>The number at the head of the page.</summary>
    private static int Count(Answer page) => int.Parse(Head().Match(page.Html).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

    private static List<(string, int)> Facet(Answer page, string dimension)
    {
        var section = Regex.Match(page.Html, $"aria-labelledby=\"facet-{dimension}\".*?</section>", RegexOptions.Singleline).Value;
        return [.. Option().Matches(section).Select(m => (WebUtility.HtmlDecode(m.Groups[1].Value), int.Parse(m.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture)))];
    }

    [GeneratedRegex("<a class=\"hk-words\"[^>]*>(.*?)</a>", RegexOptions.Singleline)]
    private static partial Regex Words();

    [GeneratedRegex("<span class=\"muted\">(\\d+) signal")]
    private static partial Regex Head();

    [GeneratedRegex("<span class=\"cut\" dir=\"auto\">([^<]*)</span><span class=\"n num\">(\\d+)</span>")]
    private static partial Regex Option();
}
