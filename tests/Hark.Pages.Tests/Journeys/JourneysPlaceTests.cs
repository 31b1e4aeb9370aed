using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Testing;
using Xunit;

namespace Hark.Pages.Tests.Journeys;

public sealed class SqliteJourneysPlace : JourneysPlaceTests
{
    protected override TestStore Kind => TestStore.Sqlite;
}

public sealed class PostgreSqlJourneysPlace : JourneysPlaceTests
{
    protected override TestStore Kind => TestStore.PostgreSql;
}

/// <summary>The place of journeys as a person without script sees it.</summary>
public abstract class JourneysPlaceTests : IAsyncLifetime
{
    private AppFactory _app = null!;
    private HttpClient _web = null!, _api = null!;

    protected abstract TestStore Kind { get; }
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await AccountsApp.StartAsync(Kind);
        await _app.CreateTeamAsync("care");
        _web = _app.Client(await _app.CreateSourceKeyAsync("web"));
        _api = await _app.AdminAsync();
        await _app.PersonAsync(Role.Administrator, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task The_map_begins_with_seven_stages_and_lists_the_names_that_signals_carry()
    {
        await SendAsync(3, "checkout", 9);
        await SendAsync(2, "Check-out <b>", 3);
        await Sending.SendAsync(_web, new { id = "nowhere", text = "Hello" });
        using var browser = await SignedInAsync(Role.Analyst);
        var page = await browser.GetAsync("/journeys?edit=1", Cancellation);
        Assert.Equal(["Onboarding", "Activation", "Regular use", "Learning", "Support", "Renewal", "Advocacy"], Stages(page));
        Assert.True(page.Says("2 names are not mapped") && page.Says("Check-out <b>") && page.Says("1 signal names no touchpoint at all") && page.Says("Onboarding: no touchpoint in this stage"));
        Assert.DoesNotContain("Check-out <b>", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("/journeys/edit", page.Html, StringComparison.Ordinal); // an analyst looks
    }

    [Fact]
    public async Task Touchpoints_are_placed_named_owned_targeted_and_mapped_and_the_numbers_follow()
    {
        await SendAsync(6, "checkout", 9);
        await SendAsync(6, "Check-out", 3);
        using var browser = await SignedInAsync(Role.ProgrammeOwner);
        await EditAsync(browser, new { what = "add", stage = "onboarding", name = "checkout" });
        await EditAsync(browser, new { what = "add", stage = "onboarding", name = "<i>delivery" });
        var alone = await browser.GetAsync("/journeys", Cancellation);
        Assert.Equal((90, 6), Health(alone, "t-checkout"));
        await EditAsync(browser, new { what = "map", name = "Check-out", key = "checkout" });
        await EditAsync(browser, new { what = "edit", key = "checkout", name = "At the till", owner = "care", target = "95,5" });
        var page = await browser.GetAsync("/journeys", Cancellation);
        Assert.Equal((60, 12), Health(page, "t-checkout"));
        Assert.True(page.Says("At the till") && page.Says("care") && page.Says("60 of 95.5") && page.Says("Not yet") && page.Says("Every name is mapped"));
        Assert.True(page.Says("<i>delivery: no source listens here") && page.Says("<i>delivery: nobody answers for it"));
        Assert.DoesNotContain("<i>delivery", page.Html, StringComparison.Ordinal);
        Assert.True((await browser.GetAsync("/signals?touchpoint=checkout&touchpoint=Check-out", Cancellation)).Says("12 signals"));

        await EditAsync(browser, new { what = "edit", key = "checkout", name = "", owner = "", target = "" });
        await EditAsync(browser, new { what = "unmap", name = "Check-out", key = "checkout" });
        Assert.Equal((90, 6), Health(await browser.GetAsync("/journeys", Cancellation), "t-checkout"));
        Assert.True(browser.Last.Says("Checkout: nobody answers for it") && browser.Last.Says("No target"));
    }

    [Fact]
    public async Task Stages_and_touchpoints_are_moved_and_nothing_is_lost()
    {
        using var browser = await SignedInAsync(Role.ProgrammeOwner);
        foreach (var name in new[] { "a", "b", "c" }) await EditAsync(browser, new { what = "add", stage = "support", name });
        await EditAsync(browser, new { what = "move", key = "c", stage = "support", place = 0 });
        Assert.Equal(["c", "a", "b"], Touchpoints(browser.Last));
        await EditAsync(browser, new { what = "move", key = "a", stage = "renewal", place = 5 });
        await EditAsync(browser, new { what = "move-stage", stage = "renewal", place = 0 });
        Assert.Equal(["a", "c", "b"], Touchpoints(browser.Last));
        Assert.Equal("Renewal", Stages(browser.Last)[0]);
        await EditAsync(browser, new { what = "add-stage", name = "Návrat" });
        await EditAsync(browser, new { what = "rename-stage", stage = "navrat", name = "Return" });
        await EditAsync(browser, new { what = "remove-stage", stage = "learning" });
        Assert.Equal(["Renewal", "Onboarding", "Activation", "Regular use", "Support", "Advocacy", "Return"], Stages(browser.Last));
        await EditAsync(browser, new { what = "remove", key = "b" });
        Assert.Equal(["a", "c"], Touchpoints(browser.Last));
        // Every step is a version that can be brought back.
        var versions = (await _api.GetFromJsonAsync<JsonElement>("/api/v1/journeys/versions", Cancellation)).GetProperty("items");
        Assert.Equal(10, versions.GetArrayLength());
        Assert.True((await _api.PostAsync("/api/v1/journeys/versions/9/restore", null, Cancellation)).IsSuccessStatusCode);
        Assert.Equal(["a", "c", "b"], Touchpoints(await browser.GetAsync("/journeys", Cancellation)));
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_and_says_so()
    {
        using var browser = await SignedInAsync(Role.ProgrammeOwner);
        await EditAsync(browser, new { what = "add", stage = "support", name = "a" });
        await EditAsync(browser, new { what = "add", stage = "support", name = "b" });
        foreach (var (step, problem) in new (object, string)[]
        {
            (new { what = "add", stage = "renewal", name = "a" }, "value"), (new { what = "add", stage = "renewal", name = " " }, "value"), (new { what = "map", name = "b", key = "a" }, "value"),
            (new { what = "edit", key = "a", target = "101" }, "value"), (new { what = "edit", key = "a", target = "many" }, "value"), (new { what = "edit", key = "a", owner = "nobody" }, "value"),
            (new { what = "remove-stage", stage = "support" }, "value"), (new { what = "move", key = "nothing", stage = "support" }, "gone"), (new { what = "move", key = "a", stage = "nowhere" }, "gone"), (new { what = "explode" }, "value"),
        })
            Assert.Equal(($"{step}", $"/journeys?edit=1&problem={problem}"), ($"{step}", await PostAsync(browser, step)));
        // A page that is a version behind changes nothing.
        var behind = Version(await browser.GetAsync("/journeys?edit=1", Cancellation));
        await EditAsync(browser, new { what = "remove", key = "b" });
        Assert.Equal("/journeys?edit=1&problem=conflict", await PostAsync(browser, new { what = "remove", key = "a", version = behind }));
        Assert.Equal(["a"], Touchpoints(await browser.GetAsync("/journeys", Cancellation)));
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostFormAsync("/journeys/edit", [new("what", "remove"), new("key", "a")], Cancellation)).Status); // no antiforgery token
        Assert.Equal(HttpStatusCode.BadRequest, (await _api.PutAsJsonAsync("/api/v1/journeys", new { stages = new[] { new { key = "x", name = "X", touchpoints = new[] { new { key = "a", owner = "nobody" } } } } }, Cancellation)).StatusCode);
        using var lead = await SignedInAsync(Role.TeamLead);
        await lead.GetAsync("/journeys", Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, (await lead.PostFormAsync("/journeys/edit", [new("what", "remove"), new("key", "a")], Cancellation)).Status);
    }

    [Fact]
    public async Task A_source_is_mapped_to_a_touchpoint()
    {
        using var browser = await SignedInAsync(Role.ProgrammeOwner);
        await EditAsync(browser, new { what = "add", stage = "support", name = "help" });
        Assert.True(browser.Last.Says("Help: no source listens here"));
        var source = (await _app.WorkspaceAsync()).SourceByName["web"].SourceId;
        await EditAsync(browser, new { what = "source", source, key = "help" });
        Assert.True(browser.Last.Says("Help: its sources have been silent"));
        await Sending.SendAsync(_web, new { id = "1", text = "Hello" });
        Assert.True((await browser.GetAsync("/signals?touchpoint=help", Cancellation)).Says("1 signal from"));
        await EditAsync(browser, new { what = "source", source, key = "" });
        Assert.Null((await _app.WorkspaceAsync()).SourceByName["web"].Touchpoint);
    }

    private async Task SendAsync(int count, string touchpoint, int nps)
    {
        for (var i = 0; i < count; i++) await Sending.SendAsync(_web, new { id = $"{touchpoint}-{i}", touchpoint, rating = new { scale = "nps", value = nps } });
    }

    private static async Task EditAsync(Browser browser, object step)
    {
        var to = await PostAsync(browser, step);
        Assert.Equal(($"{step}", "/journeys?edit=1&done=saved"), ($"{step}", to));
        await browser.GetAsync("/journeys?edit=1", Cancellation);
    }

    /// <summary>One step on the version that the page shows, unless the step names another.</summary>
    private static async Task<string?> PostAsync(Browser browser, object step)
    {
        var page = await browser.GetAsync("/journeys?edit=1", Cancellation);
        var fields = new Dictionary<string, string>
        {
            ["version"] = Version(page),
            ["__RequestVerificationToken"] = WebUtility.HtmlDecode(Regex.Match(page.Html, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value),
        };
        foreach (var field in JsonSerializer.SerializeToElement(step).EnumerateObject()) fields[field.Name] = field.Value.ToString();
        var answer = await browser.PostFormAsync("/journeys/edit", fields, Cancellation);
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        return answer.Location;
    }

    private static string Version(Answer page) => Regex.Match(page.Html, "name=\"version\" value=\"(\\d+)\"").Groups[1].Value;

    private static List<string> Stages(Answer page) => [.. Regex.Matches(page.Html, "<h2 id=\"s-[^\"]+\" dir=\"auto\">([^<]+)</h2>").Select(m => WebUtility.HtmlDecode(m.Groups[1].Value))];

    private static List<string> Touchpoints(Answer page) => [.. Regex.Matches(page.Html, "class=\"hk-touchpoint\" id=\"t-([^\"]+)\"").Select(m => m.Groups[1].Value)];

    /// <summary>The score and the number of signals of a touchpoint.</summary>
    private static (int Score, int N) Health(Answer page, string id)
    {
        var card = Regex.Match(page.Html, $"id=\"{id}\".*?</li>", RegexOptions.Singleline).Value;
        return (int.Parse(Regex.Match(card, "hk-score[^>]*>(\\d+)<").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), int.Parse(Regex.Match(card, "n (\\d+)<").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));
    }

    private async Task<Browser> SignedInAsync(Role role)
    {
        var member = await _app.PersonAsync(role, Cancellation);
        var browser = new Browser(_app);
        await browser.SignInAsync(member.Email, AccountsApp.Password, Cancellation);
        return browser;
    }
}
