using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Testing;
using Xunit;
using static Hark.Web.Testing.AccountsApp;

namespace Hark.Pages.Tests.Outcomes;

/// <summary>Targets by form and by document, days of outcomes by API and by paste, and both on Pulse. The clock stands at 2026-03-02T08:00Z.</summary>
public sealed class OutcomesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task Days_reported_twice_count_once_and_are_compared_with_the_quarter_before(TestStore store)
    {
        await using var app = await StartAsync(store);
        using var client = await app.AdminAsync();
        var days = Enumerable.Range(0, 182).Select(i => new { day = new DateOnly(2026, 3, 1).AddDays(-i), sum = (i < 91 ? 45 : 40) + (i % 3), count = 100 }).ToArray();
        for (var twice = 0; twice < 2; twice++)
        {
            var answer = await client.PutAsJsonAsync("/api/v1/outcomes/retention/days", new { days }, Cancellation);
            Assert.Equal(182, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("stored").GetInt32());
        }
        var retention = (await client.GetFromJsonAsync<JsonElement>("/api/v1/outcomes", Cancellation)).EnumerateArray().First();
        Assert.Equal(("retention", 9_100, "2026-03-01"), (retention.GetProperty("outcome").GetString(), retention.GetProperty("n").GetInt32(), retention.GetProperty("to").GetString()));
        Assert.Equal(.4599, retention.GetProperty("value").GetDouble(), 5e-4);
        Assert.Equal(.4101, retention.GetProperty("before").GetDouble(), 5e-4);
        Assert.InRange(retention.GetProperty("change").GetProperty("low").GetDouble(), .04, .05);
        Assert.Equal(HttpStatusCode.OK, (await client.PutAsJsonAsync("/api/v1/outcomes/retention/days", new { days = new[] { new { day = "2026-03-01", sum = 0, count = 0 } } }, Cancellation)).StatusCode);
        Assert.Equal("2026-02-28", (await client.GetFromJsonAsync<JsonElement>("/api/v1/outcomes", Cancellation))[0].GetProperty("to").GetString());
        Assert.Equal(3, (await app.AuditAsync(Cancellation)).Count(a => a == "outcome.reported"));
    }

    [Fact]
    public async Task Wrong_days_are_told_and_none_is_stored()
    {
        await using var app = await StartAsync();
        using var client = await app.AdminAsync();
        var answer = await client.PutAsJsonAsync("/api/v1/outcomes/adoption/days", new
        {
            days = new object[] { new { day = "2026-02-01", sum = 5, count = 4 }, new { day = "2026-02-01", sum = 1, count = 4 }, new { day = "1026-02-01", sum = -1, count = -4 } },
        }, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("errors").EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal);
        Assert.Equal(["/days/0/sum", "/days/1/day", "/days/2/count", "/days/2/day", "/days/2/sum"], errors);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PutAsJsonAsync("/api/v1/outcomes/adoption/days", new { days = Array.Empty<object>() }, Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.PutAsJsonAsync("/api/v1/outcomes/profit/days", new { days = new[] { new { day = "2026-02-01", sum = 1, count = 4 } } }, Cancellation)).StatusCode);
        Assert.All((await client.GetFromJsonAsync<JsonElement>("/api/v1/outcomes", Cancellation)).EnumerateArray(), o => Assert.Equal(JsonValueKind.Null, o.GetProperty("value").ValueKind));
    }

    [Fact]
    public async Task Targets_set_by_form_are_drawn_on_Pulse_and_answered_by_the_API()
    {
        await using var app = await StartAsync();
        var (admin, _) = await app.SignedInAsync(Role.Administrator, Cancellation);
        using var __ = admin;
        var form = Outcomes(("about-retention", "came back <script>alert(1)</script>"), ("year-retention", "2026"), ("value-retention", "50"), ("unit-cost_to_serve", "EUR"), ("per-cost_to_serve", "10"));
        (form["clock-0"], form["within-0"], form["share-0"]) = ("acknowledge", "90m", "72.5");
        Assert.Equal("/settings/targets?done=saved", (await admin.SubmitInAsync("/settings/targets", "targets", form, Cancellation)).Location);
        using var client = await app.AdminAsync();
        var attainment = await client.GetFromJsonAsync<JsonElement>("/api/v1/sla/attainment?clock=acknowledge", Cancellation);
        var target = Assert.Single(attainment.GetProperty("targets").EnumerateArray());
        Assert.Equal((5400, .725), (target.GetProperty("within_seconds").GetDouble(), target.GetProperty("target").GetDouble()));

        var lines = "day;sum;count\r\n" + string.Join("\r\n", Enumerable.Range(1, 28).Select(i => $"2026-02-{i:00}; {i}.5; 100"));
        Assert.Equal("/settings/targets?done=28", (await admin.SubmitInAsync("/settings/targets", "days", new() { ["outcome"] = "cost_to_serve", ["lines"] = lines }, Cancellation)).Location);
        Assert.Equal("/settings/targets?done=1", (await admin.SubmitInAsync("/settings/targets", "days", new() { ["outcome"] = "retention", ["lines"] = "2026-02-28\t60\t100" }, Cancellation)).Location);
        var pulse = (await admin.GetAsync("/pulse", Cancellation)).Html;
        Assert.Contains("1.50 EUR", pulse, StringComparison.Ordinal); // 15 on average over 100, for each 10
        Assert.Contains("Target of 2026: 50.0", pulse, StringComparison.Ordinal);
        Assert.Contains("came back &lt;script&gt;", pulse, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert(1)", pulse, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("within-0", "soon")]
    [InlineData("share-0", "")]
    [InlineData("share-0", "120")]
    [InlineData("value-retention", "101")]
    public async Task A_form_that_is_wrong_is_told_and_nothing_is_saved(string field, string value)
    {
        await using var app = await StartAsync();
        var (admin, _) = await app.SignedInAsync(Role.Administrator, Cancellation);
        using var __ = admin;
        var form = Outcomes(("clock-0", "acknowledge"), ("within-0", "2h"), ("share-0", "60"), ("year-retention", "2026"), ("value-retention", "50"));
        form[field] = value;
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.SubmitInAsync("/settings/targets", "targets", form, Cancellation)).Status);
        Assert.Empty((await app.WorkspaceAsync()).Documents);
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.SubmitInAsync("/settings/targets", "days", new() { ["outcome"] = "retention", ["lines"] = "2026-02-30;1;2" }, Cancellation)).Status);
    }

    private static Dictionary<string, string> Outcomes(params (string Name, string Value)[] fields) => fields.ToDictionary(f => f.Name, f => f.Value);
}
