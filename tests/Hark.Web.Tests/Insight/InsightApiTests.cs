using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Features.Insight;
using Hark.Web.Testing;
using Xunit;

namespace Hark.Web.Tests.Insight;

/// <summary>From signals sent to what explains them, over HTTP. The clock stands at 2026-03-02T08:00Z.</summary>
public sealed class InsightApiTests
{
    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task The_planted_courier_is_found_and_explained(TestStore store)
    {
        await using var app = await AppFactory.StartAsync(store);
        await SendAsync(app, Orders());
        using var client = await app.AdminAsync();

        var where = await GetAsync(client, "/api/v1/concentrations?metric=negative_rate&from=2026-01-01");
        var finding = Assert.Single(where.GetProperty("findings").EnumerateArray());
        Assert.Equal(["courier=slow", "region=varna"], finding.GetProperty("where").EnumerateArray().Select(w => $"{w.GetProperty("dimension")}={w.GetProperty("value")}").Order());
        Assert.True(finding.GetProperty("difference_low").GetDouble() > 0.2);
        var csv = await client.GetStringAsync("/api/v1/concentrations.csv?metric=negative_rate&from=2026-01-01");
        Assert.Equal(2, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        var svg = await client.GetAsync("/api/v1/concentrations.svg?metric=negative_rate&from=2026-01-01");
        Assert.Equal("image/svg+xml", svg.Content.Headers.ContentType?.MediaType);
        // A value that somebody sent is text in a drawing, whatever it looks like.
        Assert.DoesNotContain("<script", await svg.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);

        var drivers = await GetAsync(client, "/api/v1/drivers?target=nps&from=2026-01-01");
        Assert.False(drivers.GetProperty("causal").GetBoolean());
        Assert.Equal("delivery", drivers.GetProperty("drivers")[0].GetProperty("driver").GetString());
        Assert.True(drivers.GetProperty("drivers")[0].GetProperty("coefficient").GetProperty("high").GetDouble() < 0);

        var quality = await GetAsync(client, "/api/v1/quality?by=touchpoint&from=2026-02-01");
        var delivery = Assert.Single(quality.GetProperty("rows").EnumerateArray());
        Assert.InRange(delivery.GetProperty("index").GetDouble(), delivery.GetProperty("low").GetDouble(), delivery.GetProperty("high").GetDouble());
        var chart = await GetAsync(client, "/api/v1/control-charts?metric=negative_rate&from=2026-02-01");
        Assert.Equal(30, chart.GetProperty("days").GetArrayLength());
    }

    [Fact]
    public async Task An_alert_fires_once_and_is_listed_with_its_evidence()
    {
        await using var app = await AppFactory.StartAsync();
        await SendAsync(app, [.. Orders().Select(o => o with { Courier = "post" })]);
        var worker = app.Get<AlertWorker>();
        await worker.RunOnceAsync(app.Time.GetUtcNow());
        await SendAsync(app, [.. Enumerable.Range(0, 60).Select(i => new Order(app.Time.GetUtcNow().AddMinutes(-i), "post", "sofia", 1))]);
        await worker.RunOnceAsync(app.Time.GetUtcNow());
        await worker.RunOnceAsync(app.Time.GetUtcNow());
        using var client = await app.AdminAsync();
        var alerts = (await GetAsync(client, "/api/v1/alerts?open=true")).GetProperty("items").EnumerateArray().ToList();
        var alert = Assert.Single(alerts, a => a.GetProperty("dimension").GetString() == "touchpoint");
        Assert.Equal(("negative_rate", "delivery"), (alert.GetProperty("measure").GetString(), alert.GetProperty("value").GetString()));
        Assert.True(alert.GetProperty("observed").GetDouble() > alert.GetProperty("expected").GetDouble());
        Assert.Contains("delivery", await client.GetStringAsync("/api/v1/alerts.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_metric_is_weighted_to_the_customer_base_and_stands_beside_competitors()
    {
        await using var app = await AppFactory.StartAsync();
        using var client = await app.AdminAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync("/api/v1/stratified?metric=nps")).StatusCode);
        foreach (var (channel, value, count) in new[] { ("web", 10, 30), ("store", 2, 10) })
        {
            using var sender = app.Client(await app.CreateSourceKeyAsync(channel));
            for (var i = 0; i < count; i++)
                await sender.PostAsJsonAsync("/api/v1/signals", new { occurred_at = "2026-03-01T10:00:00Z", channel, rating = new { scale = "nps", value } });
        }

        var saved = await client.PutAsJsonAsync("/api/v1/customer-base", new { dimension = "channel", strata = new { web = 500, store = 500, app = 100 } });
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        var imported = await client.PostAsync("/api/v1/benchmarks/import", new StringContent("competitor,metric,date,value,n\r\n\"Other, Ltd\",nps,2026-01-31,41,1200\r\n", Encoding.UTF8, "text/csv"));
        Assert.Equal(HttpStatusCode.OK, imported.StatusCode);
        var answer = await GetAsync(client, "/api/v1/stratified?metric=nps&from=2026-02-01");
        Assert.Equal(50, answer.GetProperty("unweighted").GetProperty("value").GetDouble(), 1e-9);
        Assert.Equal(0, answer.GetProperty("weighted").GetProperty("value").GetDouble(), 1e-9);
        Assert.InRange(answer.GetProperty("effective_n").GetDouble(), 20, 39);
        Assert.Equal("app", Assert.Single(answer.GetProperty("collapsed").EnumerateArray()).GetString());
        Assert.Equal("Other, Ltd", Assert.Single(answer.GetProperty("benchmarks").EnumerateArray()).GetProperty("competitor").GetString());

        var wrong = await client.PostAsync("/api/v1/benchmarks/import", new StringContent("competitor,metric,date,value\r\nOther,nps,2026-01-31,400\r\n", Encoding.UTF8, "text/csv"));
        Assert.Contains("line 2", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Risk_is_a_rule_of_thumb_that_says_so_and_not_for_those_who_see_numbers_only()
    {
        await using var app = await AppFactory.StartAsync();
        using var sender = app.Client(await app.CreateSourceKeyAsync());
        foreach (var day in new[] { 1, 10, 20 })
            await sender.PostAsJsonAsync("/api/v1/signals", new { occurred_at = $"2026-02-{day:00}T10:00:00Z", rating = new { scale = "nps", value = 1 }, contact = new { id = "c-1" } });
        using var client = await app.AdminAsync();
        var contact = (await GetAsync(client, "/api/v1/contacts?id=c-1")).GetProperty("contact_id").GetString();
        var risk = await GetAsync(client, $"/api/v1/contacts/{contact}/risk");
        Assert.Equal("rule_of_thumb", risk.GetProperty("basis").GetString());
        Assert.Equal(JsonValueKind.Null, risk.GetProperty("chance").ValueKind);
        Assert.NotEqual("low", risk.GetProperty("level").GetString());
        Assert.Equal("last_negative", risk.GetProperty("reasons")[0].GetProperty("reason").GetString());
        using var viewer = app.Client(await app.CreateTokenAsync(Role.Viewer));
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.GetAsync($"/api/v1/contacts/{contact}/risk")).StatusCode);
    }

    [Fact]
    public async Task Too_few_answers_are_not_shown_and_wrong_questions_are_told()
    {
        await using var app = await AppFactory.StartAsync();
        await SendAsync(app, [.. Orders().Take(3)]);
        using var client = await app.AdminAsync();
        var where = await GetAsync(client, "/api/v1/concentrations?metric=negative_rate&from=2026-01-01");
        Assert.True(where.GetProperty("suppressed").GetBoolean());
        Assert.Equal(JsonValueKind.Null, where.GetProperty("value").ValueKind);
        Assert.True((await GetAsync(client, "/api/v1/drivers?target=nps&from=2026-01-01")).GetProperty("suppressed").GetBoolean());
        foreach (var path in new[] { "concentrations?metric=sharp", "concentrations?metric=share", "drivers?target=mood", "drivers?topik=x", "quality?by=planet", "control-charts?metric=nps", "stratified?metric=count" })
            Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync("/api/v1/" + path)).StatusCode);
        using var source = app.Client(await app.CreateSourceKeyAsync());
        Assert.Equal(HttpStatusCode.Forbidden, (await source.GetAsync("/api/v1/concentrations")).StatusCode);
    }

    private sealed record Order(DateTimeOffset At, string Courier, string Region, int Rating);

    /// <summary>Two months of deliveries; one courier is late in one region.</summary>
    private static List<Order> Orders()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, 1_800).Select(i =>
        {
            var (courier, region) = (new[] { "slow", "post", "<script>" }[random.Next(3)], new[] { "varna", "sofia", "praha" }[random.Next(3)]);
            return new Order(ManualTime.UsualStart.AddHours(-1 - (i * .75)), courier, region, random.NextDouble() < (courier == "slow" && region == "varna" ? .7 : .08) ? 1 : 9);
        })];
    }

    private static async Task SendAsync(AppFactory app, IReadOnlyList<Order> orders)
    {
        using var sender = app.Client(await app.CreateSourceKeyAsync("delivery survey"));
        var records = orders.Select(o => new
        {
            occurred_at = o.At,
            touchpoint = "delivery",
            rating = new { scale = "nps", value = o.Rating },
            topics = new[] { o.Rating < 7 ? "delivery" : "price" },
            attributes = new { courier = o.Courier, region = o.Region },
        });
        var answer = await sender.PostAsJsonAsync("/api/v1/signals/batch", records);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<JsonElement> GetAsync(HttpClient client, string path)
    {
        var answer = await client.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);
    }
}
