using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Hark.Data.Understanding;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Testing;
using Xunit;

namespace Hark.Pages.Tests.Themes;

public sealed class SqliteThemesPlace : ThemesPlaceTests
{
    protected override TestStore Kind => TestStore.Sqlite;
}

public sealed class PostgreSqlThemesPlace : ThemesPlaceTests
{
    protected override TestStore Kind => TestStore.PostgreSql;
}

/// <summary>The place of themes, and the models in settings, as a person without script sees them.</summary>
public abstract class ThemesPlaceTests : IAsyncLifetime
{
    private AppFactory _app = null!;
    private HttpClient _web = null!;

    protected abstract TestStore Kind { get; }
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await AccountsApp.StartAsync(Kind);
        _web = _app.Client(await _app.CreateSourceKeyAsync("web"));
        await _app.PersonAsync(Role.Administrator, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _web?.Dispose();
        if (_app is not null) await _app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_starter_is_taken_and_what_was_said_appears_under_its_topics()
    {
        for (var i = 0; i < 6; i++) await Sending.SendAsync(_web, new { id = $"c{i}", text = $"The courier never rang <b>{i}</b>", rating = new { scale = "csat", value = 1 } });
        for (var i = 0; i < 6; i++) await Sending.SendAsync(_web, new { id = $"q{i}", text = $"Qwertz {i}", rating = new { scale = "csat", value = 5 } });
        var (browser, _) = await _app.SignedInAsync(Role.ProgrammeOwner, Cancellation);
        using (browser)
        {
            Assert.True((await browser.GetAsync("/themes", Cancellation)).Says("No topics yet"));
            Assert.Equal("/themes?done=saved", await EditAsync(browser, "/themes", ("what", "starter"), ("name", "webshop")));
            await PassAsync();
            var list = await browser.GetAsync("/themes", Cancellation);
            Assert.True(list.Says("Courier") && list.Says("Not understood") && list.Says("50% of all comments"));
            var theme = await browser.GetAsync("/themes/courier", Cancellation);
            Assert.True(theme.Says("Most telling quotes"));
            Assert.Contains("<mark>courier</mark>", theme.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("<b>0</b>", theme.Html, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/themes/nothing", Cancellation)).Status);
        }
    }

    [Fact]
    public async Task Topics_are_renamed_merged_hidden_split_and_every_change_can_be_undone()
    {
        var (browser, _) = await _app.SignedInAsync(Role.ProgrammeOwner, Cancellation);
        using (browser)
        {
            await EditAsync(browser, "/themes", ("what", "starter"), ("name", "webshop"));
            Assert.Equal("/themes/courier?done=saved&undo=1", await EditAsync(browser, "/themes/courier", ("what", "rename"), ("key", "courier"), ("name", "Men with vans")));
            Assert.True((await browser.GetAsync("/themes/courier?done=saved&undo=1", Cancellation)).Says("Men with vans") && browser.Last.Says("Undo"));
            Assert.Equal("/themes/courier?done=saved", await EditAsync(browser, "/themes/courier", ("what", "undo"), ("key", "courier"), ("to", "1")));
            Assert.False((await browser.GetAsync("/themes/courier", Cancellation)).Says("Men with vans"));
            Assert.Equal("/themes/tracking?done=saved&undo=3", await EditAsync(browser, "/themes/courier", ("what", "merge"), ("key", "courier"), ("into", "tracking")));
            Assert.True((await browser.GetAsync("/themes", Cancellation)).Says("Part of Tracking now"));
            await EditAsync(browser, "/themes/courier", ("what", "show"), ("key", "courier"));
            await EditAsync(browser, "/themes/price", ("what", "hide"), ("key", "price"));
            var split = await EditAsync(browser, "/themes/quality", ("what", "split"), ("key", "quality"), ("name", "Zips"), ("language", "en"), ("phrases", "zip\nzipper"));
            Assert.Equal("/themes/zips?done=saved&undo=6", split);
            Assert.True((await browser.GetAsync("/themes/zips", Cancellation)).Says("zipper"));
            // A page that is a version behind changes nothing, and what is not there is said to be gone.
            Assert.Equal("/themes/zips?problem=conflict", await EditAsync(browser, "/themes/zips", ("what", "hide"), ("key", "zips"), ("version", "2")));
            Assert.Equal("/themes/zips?problem=gone", await EditAsync(browser, "/themes/zips", ("what", "merge"), ("key", "zips"), ("into", "nowhere")));
        }
        var (lead, _) = await _app.SignedInAsync(Role.TeamLead, Cancellation);
        using (lead)
        {
            Assert.DoesNotContain("/themes/edit", (await lead.GetAsync("/themes", Cancellation)).Html, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Forbidden, (await lead.PostFormAsync("/themes/edit", [new("what", "hide"), new("key", "price")], Cancellation)).Status);
        }
    }

    [Fact]
    public async Task A_topic_is_taken_from_a_signal_with_one_press()
    {
        var id = (await Sending.SendAsync(_web, new { text = "The courier never rang", topics = new[] { "weather", "price" } })).GetProperty("signal_id").GetString();
        var (browser, _) = await _app.SignedInAsync(Role.Analyst, Cancellation);
        using (browser)
        {
            await browser.GetAsync($"/signals/{id}", Cancellation);
            var gone = await browser.PostFormAsync($"/signals/{id}/topics", [new("remove", "weather"), Token(browser)], Cancellation);
            Assert.Equal($"/signals/{id}?done=corrected", gone.Location);
            var page = await browser.GetAsync($"/signals/{id}", Cancellation);
            Assert.True(page.Says("corrected topics: weather, price → price"));
        }
    }

    [Fact]
    public async Task Models_show_how_right_they_are_and_can_be_taken_back()
    {
        await _web.PostAsJsonAsync("/api/v1/signals/batch", Enumerable.Range(0, 60).Select(i => new { text = $"{(i % 2 == 0 ? "zorky" : "blimpo")} thing {i}", language = "en", rating = new { scale = "stars", value = i % 2 == 0 ? 5 : 1 } }), Cancellation);
        var (browser, _) = await _app.SignedInAsync(Role.Administrator, Cancellation);
        using (browser)
        {
            Assert.Equal("/settings/models?done=learned", (await browser.SubmitInAsync("/settings/models", "learn", [], Cancellation)).Location);
            var page = await browser.GetAsync("/settings/models", Cancellation);
            Assert.True(page.Says("Version 1: in use") && page.Says("English") && page.Says("Told:"));
            Assert.Equal("/settings/models?done=promoted", (await browser.SubmitAsync("promote", new() { ["task"] = "sentiment", ["version"] = "0" }, Cancellation)).Location);
            Assert.True((await browser.GetAsync("/settings/models", Cancellation)).Says("Version 1: not in use"));
        }
    }

    [Fact]
    public async Task Masking_is_chosen_in_privacy()
    {
        var (browser, _) = await _app.SignedInAsync(Role.Administrator, Cancellation);
        using (browser)
        {
            Assert.Equal("/settings/privacy?done=saved", (await browser.SubmitInAsync("/settings/privacy", "mask", new() { ["mask"] = "email" }, Cancellation)).Location);
            var id = (await Sending.SendAsync(_web, new { text = "Write to me@example.com" })).GetProperty("signal_id").GetString();
            Assert.True((await browser.GetAsync($"/signals/{id}", Cancellation)).Says("Write to [email]"));
        }
    }

    [Fact]
    public async Task People_ask_why_link_what_was_said_agree_and_take_it_back()
    {
        var id = (await Sending.SendAsync(_web, new { text = "The courier never rang <script>alert(1)</script>", topics = new[] { "courier" } })).GetProperty("signal_id").GetString();
        var (agent, _) = await _app.SignedInAsync(Role.Analyst, Cancellation);
        using (agent)
        {
            Assert.True((await agent.GetAsync("/themes/courier", Cancellation)).Says("Nobody has asked why yet"));
            var begun = await CauseAsync(agent, ("what", "begin"), ("text", "Nobody rings <img src=x onerror=alert(1)>"));
            var chain = Regex.Match(begun!, "chain=([0-9a-f-]+)").Groups[1].Value;
            Assert.Equal($"/themes/courier?done=cause&chain={chain}&version=1#causes", begun);
            var page = await agent.GetAsync("/themes/courier", Cancellation);
            Assert.True(page.Says("Root cause") && page.Says("Worked out by one person"));
            Assert.DoesNotContain("<img src=x", page.Html, StringComparison.Ordinal);
            var why = Regex.Match(page.Html, "id=\"why-([0-9a-f-]{36})\"").Groups[1].Value;
            Assert.EndsWith("version=2#causes", await CauseAsync(agent, ("what", "link"), ("why", why), ("evidence", $"https://hark.example/signals/{id}")), StringComparison.Ordinal);
            Assert.EndsWith("version=3#causes", await CauseAsync(agent, ("what", "why"), ("chain", chain), ("version", "2"), ("text", "Paid by the parcel")), StringComparison.Ordinal);
            Assert.EndsWith("version=4#causes", await CauseAsync(agent, ("what", "agree"), ("chain", chain), ("version", "3")), StringComparison.Ordinal);
            page = await agent.GetAsync("/themes/courier/causes", Cancellation);
            Assert.True(page.Says("Agreed") && page.Says("“The courier never rang"));
            Assert.DoesNotContain("<script>alert", page.Html, StringComparison.Ordinal);
            // What was typed on a page that is a version behind is not lost.
            Assert.Equal("/themes/courier?problem=cause_conflict&typed=Too%20late#causes", await CauseAsync(agent, ("what", "why"), ("chain", chain), ("version", "2"), ("text", "Too late")));
            Assert.True((await agent.GetAsync("/themes/courier?problem=cause_conflict&typed=Too%20late", Cancellation)).Says("You typed: Too late"));
            Assert.EndsWith("version=5#causes", await CauseAsync(agent, ("what", "undo"), ("chain", chain), ("version", "4")), StringComparison.Ordinal);
            Assert.True((await agent.GetAsync("/themes/courier/causes", Cancellation)).Says("Draft"));
            Assert.Equal("/themes/courier?problem=cause#causes", await CauseAsync(agent, ("what", "link"), ("why", why), ("evidence", "nothing")));
        }
        var (viewer, _) = await _app.SignedInAsync(Role.Viewer, Cancellation);
        using (viewer)
        {
            var board = await viewer.GetAsync("/themes/courier/causes", Cancellation);
            Assert.True(board.Says("Paid by the parcel") && board.Says("one more that you may not see"));
            Assert.DoesNotContain("<form", board.Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_theme_says_where_it_is_and_what_it_does_to_the_score_and_new_stores_have_no_past()
    {
        var rows = Enumerable.Range(0, 400).Select(i => new
        {
            id = $"n{i}",
            text = "Came",
            occurred_at = _app.Time.GetUtcNow().AddHours(-i),
            topics = i % 4 == 0 && i % 8 < 4 || i % 40 == 1 ? new[] { "damage" } : [],
            subject = new { location = i % 8 < 4 ? "jihlava" : "praha" },
            rating = new { scale = "nps", value = i % 4 == 0 && i % 8 < 4 ? 1 : 9 },
        });
        Assert.Equal(HttpStatusCode.OK, (await _web.PostAsJsonAsync("/api/v1/signals/batch", rows, Cancellation)).StatusCode);
        var (browser, _) = await _app.SignedInAsync(Role.Analyst, Cancellation);
        using (browser)
        {
            var part = await browser.GetAsync("/themes/damage/insight", Cancellation);
            Assert.Equal(HttpStatusCode.OK, part.Status);
            Assert.True(part.Says("Where it is concentrated") && part.Says("Jihlava") && part.Says("points of the whole"), part.Html);
            Assert.False((await browser.GetAsync("/themes/damage", Cancellation)).Says("not heard of before"));
        }
    }

    private static async Task<string?> CauseAsync(Browser browser, params (string Name, string Value)[] fields)
    {
        await browser.GetAsync("/themes/courier", Cancellation);
        return (await browser.PostFormAsync("/themes/courier/causes", fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value)).Append(Token(browser)), Cancellation)).Location;
    }

    private async Task PassAsync()
    {
        for (var step = 1; step > 0;) step = await _app.Get<UnderstandAgain>().StepAsync(_app.WorkspaceId);
    }

    /// <summary>One change on the version that the page shows, unless the fields name another.</summary>
    /// <returns>Where it leads.</returns>
    private static async Task<string?> EditAsync(Browser browser, string at, params (string Name, string Value)[] fields)
    {
        var page = await browser.GetAsync(at, Cancellation);
        if (!page.Html.Contains("name=\"version\"", StringComparison.Ordinal)) page = await browser.GetAsync("/themes", Cancellation);
        var all = new Dictionary<string, string> { ["version"] = Regex.Match(page.Html, "name=\"version\" value=\"(\\d+)\"").Groups[1].Value };
        foreach (var (name, value) in fields) all[name] = value;
        return (await browser.PostFormAsync("/themes/edit", all.Append(Token(browser)), Cancellation)).Location;
    }

    private static KeyValuePair<string, string> Token(Browser browser) =>
        new("__RequestVerificationToken", WebUtility.HtmlDecode(Regex.Match(browser.Last.Html, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value));
}
