using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Features.Insight;
using Hark.Web.Testing;
using Xunit;

namespace Hark.Pages.Tests.Insight;

/// <summary>Where it is and what drives it, as a person without script sees it. The clock stands at 2026-03-02T08:00Z.</summary>
public sealed class InsightPagesTests
{
    private const string Hostile = "<script>alert(1)</script>";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task From_Pulse_an_alert_leads_to_where_it_is(TestStore store)
    {
        await using var app = await AccountsApp.StartAsync(store);
        using var sender = app.Client(await app.CreateSourceKeyAsync("delivery survey"));
        var random = new Random(1);
        var records = Enumerable.Range(0, 1_500).Select(i => new
        {
            occurred_at = app.Time.GetUtcNow().AddHours(-1 - i),
            touchpoint = "delivery",
            rating = new { scale = "nps", value = random.NextDouble() < .06 ? 1 : 9 },
            topics = new[] { random.Next(2) == 0 ? "price" : Hostile },
            attributes = new { courier = random.Next(2) == 0 ? "post" : Hostile },
        });
        var wave = Enumerable.Range(0, 80).Select(i => new
        {
            occurred_at = app.Time.GetUtcNow().AddMinutes(-i),
            touchpoint = "delivery",
            rating = new { scale = "nps", value = i % 2 == 0 ? 1 : 9 },
            topics = new[] { i % 2 == 0 ? Hostile : "price" },
            attributes = new { courier = i % 2 == 0 ? Hostile : "post" },
        });
        Assert.Equal(HttpStatusCode.OK, (await sender.PostAsJsonAsync("/api/v1/signals/batch", records.Concat(wave), Cancellation)).StatusCode);
        await app.Get<AlertWorker>().RunOnceAsync(app.Time.GetUtcNow(), Cancellation);
        var (browser, _) = await app.SignedInAsync(Role.Analyst, Cancellation);
        using var signedIn = browser;

        var pulse = await signedIn.GetAsync("/pulse", Cancellation);
        Assert.True(pulse.Says("rose beyond their usual"), pulse.Html);
        var link = Regex.Match(pulse.Html, "class=\"hk-alert\".*?href=\"(/pulse/where\\?[^\"]*)\"", RegexOptions.Singleline).Groups[1].Value;
        var where = await signedIn.GetAsync(WebUtility.HtmlDecode(link), Cancellation);
        Assert.True(where.Says("courier " + Hostile), where.Html);
        Assert.DoesNotContain(Hostile, where.Html, StringComparison.Ordinal);

        var drivers = await signedIn.GetAsync("/pulse/drivers?from=2026-01-01", Cancellation);
        Assert.True(drivers.Says("This is association"), drivers.Html);
        Assert.DoesNotContain(Hostile, drivers.Html, StringComparison.Ordinal);
        foreach (var file in new[] { "/pulse/where.svg", "/pulse/drivers.svg" })
            Assert.DoesNotContain(Hostile, (await signedIn.GetAsync(file, Cancellation)).Html, StringComparison.Ordinal);
        Assert.StartsWith("where,n,value", (await signedIn.GetAsync("/pulse/where.csv", Cancellation)).Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task Quality_weights_charts_and_risks_are_shown_and_can_be_taken_along(TestStore store)
    {
        await using var app = await AccountsApp.StartAsync(store);
        using var sender = app.Client(await app.CreateSourceKeyAsync("survey"));
        var records = Enumerable.Range(0, 900).Select(i => new
        {
            occurred_at = app.Time.GetUtcNow().AddHours(-2 * i),
            touchpoint = i % 3 == 0 ? Hostile : "checkout",
            rating = new { scale = "nps", value = i % 3 == 0 ? 2 : 9 },
            contact = new { id = $"c{i % 60}", name = i % 60 == 0 ? Hostile : $"Person {i % 60}" },
            account = new { id = $"a{i % 20}", name = $"Account {i % 20}" },
        });
        Assert.Equal(HttpStatusCode.OK, (await sender.PostAsJsonAsync("/api/v1/signals/batch", records, Cancellation)).StatusCode);
        using var admin = await app.AdminAsync();
        var (browser, _) = await app.SignedInAsync(Role.Analyst, Cancellation);
        using var signedIn = browser;

        var quality = await signedIn.GetAsync("/pulse/quality", Cancellation);
        Assert.True(quality.Says($"{Hostile} is lowest") && quality.Says("Checkout"), quality.Html);
        Assert.True((await signedIn.GetAsync("/pulse/weighted", Cancellation)).Says("say first how many there are"));
        await admin.PutAsJsonAsync("/api/v1/customer-base", new { dimension = "touchpoint", strata = new Dictionary<string, int> { [Hostile] = 100, ["checkout"] = 900 } }, Cancellation);
        await admin.PutAsJsonAsync("/api/v1/benchmarks", new { benchmarks = new[] { new { competitor = Hostile, metric = "nps", date = "2026-01-31", value = 12, n = 400 } } }, Cancellation);
        var weighted = await signedIn.GetAsync("/pulse/weighted", Cancellation);
        Assert.True(weighted.Says("Design effect") && weighted.Says("Competitors") && weighted.Says("Weighted"), weighted.Html);
        Assert.True((await signedIn.GetAsync("/pulse/control", Cancellation)).Says("Signal or noise?"));
        Assert.True((await signedIn.GetAsync("/pulse/control?metric=count", Cancellation)).Says("three standard errors"));
        var risk = await signedIn.GetAsync("/pulse/risk", Cancellation);
        Assert.True(risk.Says("A rule of thumb, measured on nothing") && risk.Says("several bad words"), risk.Html);
        Assert.True((await signedIn.GetAsync("/pulse/risk?of=account", Cancellation)).Says("Account 0"));
        foreach (var page in new[] { "/pulse/quality", "/pulse/weighted", "/pulse/control", "/pulse/risk" })
        {
            Assert.DoesNotContain(Hostile, (await signedIn.GetAsync(page, Cancellation)).Html, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await signedIn.GetAsync(page + ".csv", Cancellation)).Status);
            if (page == "/pulse/risk") continue;
            var drawn = await signedIn.GetAsync(page + ".svg", Cancellation);
            Assert.StartsWith("<svg", drawn.Html, StringComparison.Ordinal);
            Assert.DoesNotContain(Hostile, drawn.Html, StringComparison.Ordinal);
        }
        Assert.True((await signedIn.GetAsync("/pulse/quality?by=planet", Cancellation)).Says("This filter does not work"));
    }

    [Fact]
    public async Task A_role_that_sees_numbers_sees_no_risks_of_persons_and_a_team_only_those_of_its_own()
    {
        await using var app = await AccountsApp.StartAsync(TestStore.Sqlite);
        using var sender = app.Client(await app.CreateSourceKeyAsync("survey"));
        for (var i = 0; i < 4; i++) await Sending.SendAsync(sender, new { rating = new { scale = "nps", value = 0 }, contact = new { id = "c", name = "Petra Secret" } });
        var (viewer, _) = await app.SignedInAsync(Role.Viewer, Cancellation);
        using (viewer)
        {
            var page = await viewer.GetAsync("/pulse/risk", Cancellation);
            Assert.True(page.Says("This role sees numbers"));
            Assert.False(page.Says("Petra Secret"));
            Assert.False((await viewer.GetAsync("/pulse/quality", Cancellation)).Says("Who may leave"));
        }
        var (lead, _) = await app.SignedInAsync(Role.TeamLead, Cancellation);
        using (lead) Assert.False((await lead.GetAsync("/pulse/risk", Cancellation)).Says("Petra Secret"));
        var (analyst, _) = await app.SignedInAsync(Role.Analyst, Cancellation);
        using (analyst) Assert.True((await analyst.GetAsync("/pulse/risk", Cancellation)).Says("Petra Secret"));
    }

    [Fact]
    public async Task A_question_that_makes_no_sense_says_so_and_a_stranger_is_sent_to_sign_in()
    {
        await using var app = await AccountsApp.StartAsync(TestStore.Sqlite);
        var (browser, _) = await app.SignedInAsync(Role.Analyst, Cancellation);
        using var signedIn = browser;
        Assert.True((await signedIn.GetAsync("/pulse/where?metric=sharp", Cancellation)).Says("This filter does not work"));
        Assert.True((await signedIn.GetAsync("/pulse/where", Cancellation)).Says("No signals in this time"));
        using var stranger = app.Client(null);
        Assert.Contains("sign-in", (await stranger.GetAsync("/pulse/drivers", Cancellation)).RequestMessage!.RequestUri!.PathAndQuery + (await stranger.GetAsync("/pulse/drivers", Cancellation)).Headers.Location, StringComparison.Ordinal);
    }
}
