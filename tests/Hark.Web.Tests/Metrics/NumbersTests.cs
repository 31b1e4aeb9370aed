using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hark.Data.Aggregates;
using Hark.Data.Model;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Commands;
using Hark.Web.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hark.Web.Tests.Metrics;

/// <summary>From signals sent to numbers read, over HTTP. The clock stands at 2026-03-02T08:00Z.</summary>
public sealed class NumbersTests
{
    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task Signals_sent_are_numbers_at_once(TestStore store)
    {
        await using var app = await AppFactory.StartAsync(store);
        using var sender = app.Client(await app.CreateSourceKeyAsync("checkout survey"));
        foreach (var value in new[] { 10, 9, 9, 9, 8, 7, 3, 2, 10, 10 })
        {
            var answer = await sender.PostAsJsonAsync("/api/v1/signals", new { occurred_at = "2026-03-01T10:00:00Z", rating = new { scale = "nps", value }, touchpoint = value > 8 ? "checkout" : null });
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        }
        using var client = await app.AdminAsync();
        var total = await RowsAsync(client, "metric=nps&from=2026-03-01T00:00:00Z&to=2026-03-03T00:00:00Z&grain=day&zone=UTC");
        Assert.Equal(2, total.Length);
        Assert.Equal((40.0, 10, 6, 2, 2), (total[0].GetProperty("value").GetDouble(), total[0].GetProperty("n").GetInt32(),
            total[0].GetProperty("promoters").GetInt32(), total[0].GetProperty("passives").GetInt32(), total[0].GetProperty("detractors").GetInt32()));
        Assert.Equal("2026-03-01T00:00:00Z", total[0].GetProperty("bucket").GetString());
        Assert.InRange(40, total[0].GetProperty("low").GetDouble(), total[0].GetProperty("high").GetDouble());
        Assert.Equal((0, JsonValueKind.Null, 0), (total[1].GetProperty("n").GetInt32(), total[1].GetProperty("value").ValueKind, total[1].GetProperty("promoters").GetInt32()));
        var groups = await RowsAsync(client, "metric=count&from=2026-03-01T00:00:00Z&group_by=source,touchpoint");
        Assert.Equal([("checkout survey", "checkout", 6), ("checkout survey", null, 4)], groups.Select(g => (g.GetProperty("group").GetProperty("source").GetString(),
            g.GetProperty("group").GetProperty("touchpoint").GetString(), g.GetProperty("value").GetInt32())));
        var filtered = await RowsAsync(client, "metric=score&from=2026-03-01&source=checkout%20survey&score_max=40");
        Assert.Equal((2, true), (filtered[0].GetProperty("n").GetInt32(), filtered[0].GetProperty("suppressed").GetBoolean()));
    }

    [Fact]
    public async Task Wrong_questions_are_told_by_parameter()
    {
        await using var app = await AppFactory.StartAsync();
        using var client = await app.AdminAsync();
        var errors = await ErrorsAsync(client, "/api/v1/metrics?metric=npz&grain=dai&zone=Prague&group_by=chanel&channel=fax&from=yesterday&score_min=200&source=nope&chanel=web&q=!");
        Assert.Equal(["chanel", "channel", "from", "grain", "group_by", "metric", "q", "score_min", "source"], errors.EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal));
        Assert.Contains("did you mean 'nps'", errors.GetProperty("metric")[0].GetString(), StringComparison.Ordinal);
        Assert.True((await ErrorsAsync(client, "/api/v1/metrics?metric=nps&zone=Prague")).TryGetProperty("zone", out _));
        Assert.True((await ErrorsAsync(client, "/api/v1/metrics?metric=nps&from=2026-02-02&to=2026-02-01")).TryGetProperty("to", out _));
        Assert.True((await ErrorsAsync(client, "/api/v1/metrics?metric=cases_opened&topic=price")).TryGetProperty("topic", out _));
        Assert.True((await ErrorsAsync(client, "/api/v1/metrics?metric=nps&grain=hour&from=2020-01-01&to=2026-01-01")).TryGetProperty("grain", out _));
        Assert.True((await ErrorsAsync(client, "/api/v1/metrics?metric=nps&group_by=channel,kind,source")).TryGetProperty("group_by", out _));
        Assert.Equal(["clock", "targets"], (await ErrorsAsync(client, "/api/v1/sla/attainment?clock=lunch&targets=fast:1")).EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Attainment_of_cases_just_opened_says_how_many_are_open()
    {
        await using var app = await AppFactory.StartAsync();
        using var sender = app.Client(await app.CreateSourceKeyAsync());
        await sender.PostAsJsonAsync("/api/v1/signals", new { rating = new { scale = "nps", value = 1 }, contact = new { id = "c-1" } });
        app.Time.Advance(TimeSpan.FromHours(3));
        using var client = await app.AdminAsync();
        var answer = await client.GetFromJsonAsync<JsonElement>("/api/v1/sla/attainment?clock=respond&from=2026-03-01&group_by=channel");
        Assert.Equal((1, 1), (answer.GetProperty("n").GetInt32(), answer.GetProperty("open").GetInt32()));
        var target = answer.GetProperty("targets")[0];
        Assert.Equal((7200.0, 0.6, 0.0), (target.GetProperty("within_seconds").GetDouble(), target.GetProperty("target").GetDouble(), target.GetProperty("attained").GetDouble()));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("targets")[1].GetProperty("attained").ValueKind);
        Assert.Equal("web", answer.GetProperty("rows")[0].GetProperty("group").GetProperty("channel").GetString());
    }

    [Fact]
    public async Task Numbers_are_for_tokens_of_every_role_and_not_for_source_keys()
    {
        await using var app = await AppFactory.StartAsync();
        using var viewer = app.Client(await app.CreateTokenAsync(Role.Viewer));
        Assert.Equal(HttpStatusCode.OK, (await viewer.GetAsync("/api/v1/metrics?metric=count")).StatusCode);
        using var source = app.Client(await app.CreateSourceKeyAsync());
        Assert.Equal(HttpStatusCode.Forbidden, (await source.GetAsync("/api/v1/metrics?metric=count")).StatusCode);
        using var nobody = app.Client(null);
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("/api/v1/metrics?metric=count")).StatusCode);
    }

    [Fact]
    public async Task The_command_line_checks_and_repairs_aggregates()
    {
        await using var app = await AppFactory.StartAsync();
        using var sender = app.Client(await app.CreateSourceKeyAsync());
        await sender.PostAsJsonAsync("/api/v1/signals", new { rating = new { scale = "csat", value = 5 } });
        Assert.Equal((0, true), await RunAsync(app, "--check") is var (code, text) ? (code, text.Contains("0 differences", StringComparison.Ordinal)) : default);
        await app.Store.WriteAsync(db => db.AggregateCells.Where(c => c.Dimension == Dimensions.All && c.Grain == AggregateGrain.Day)
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.Signals, 4)));
        var (differs, listed) = await RunAsync(app, "--check");
        Assert.Equal(1, differs);
        Assert.Contains("signals: 4 stored, 1 by the signals", listed, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(app)).Code);
        Assert.Equal(0, (await RunAsync(app, "--check")).Code);
    }

    private static async Task<(int Code, string Text)> RunAsync(AppFactory app, params string[] arguments)
    {
        using var output = new StringWriter();
        var code = await CommandLine.RunAsync(["aggregates", "rebuild", .. arguments, $"--ConnectionStrings:Hark={app.Database.ConnectionString}"], new Terminal(TextReader.Null, output, output));
        return (code, output.ToString());
    }

    private static async Task<JsonElement[]> RowsAsync(HttpClient client, string query) =>
        [.. (await client.GetFromJsonAsync<JsonElement>("/api/v1/metrics?" + query)).GetProperty("rows").EnumerateArray()];

    private static async Task<JsonElement> ErrorsAsync(HttpClient client, string address)
    {
        var answer = await client.GetAsync(address);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("invalid_input", problem.GetProperty("code").GetString());
        return problem.GetProperty("errors");
    }
}
