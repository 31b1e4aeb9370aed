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
