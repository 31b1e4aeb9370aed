using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hark.Data.Aggregates;
using Hark.Testing;
using Hark.Web.Testing;
using Xunit;

namespace Hark.Web.Tests.Intake;

/// <summary>A time server, or an administrator, sets the clock of the machine back while signals come in.</summary>
public sealed class ClockJumpTests
{
    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task A_clock_that_is_set_back_loses_nothing_and_repeats_nothing(TestStore store)
    {
        await using var app = await AppFactory.StartAsync(store);
        using var sender = app.Client(await app.CreateSourceKeyAsync("shop"));
        using var agent = await app.AdminAsync();
        var before = app.Time.GetUtcNow();
        var first = await Sending.SendAsync(sender, Detractor("1", "order-1"));

        app.Time.Set(before.AddHours(-1));
        Assert.Equal("duplicate", (await Sending.SendAsync(sender, Detractor("1", "order-1"))).GetProperty("status").GetString());
        var joined = await Sending.SendAsync(sender, Detractor("2", "order-1"));
        var other = await Sending.SendAsync(sender, Detractor("3", "order-2"));
        Assert.Equal(Case(first), Case(joined));
        Assert.NotEqual(Case(first), Case(other));
        using var taken = await agent.GetAsync(Case(first));
        using var acknowledge = new HttpRequestMessage(HttpMethod.Post, Case(first) + "/acknowledge") { Content = JsonContent.Create(new { }), Headers = { { "If-Match", taken.Headers.ETag!.Tag } } };
        using var acknowledged = await agent.SendAsync(acknowledge);
        Assert.Equal(HttpStatusCode.OK, acknowledged.StatusCode);

        var details = await agent.GetFromJsonAsync<JsonElement>(Case(first));
        Assert.Equal(2, details.GetProperty("signals").GetArrayLength());
        var clock = details.GetProperty("clocks").EnumerateArray().Single(c => c.GetProperty("kind").GetString() == "acknowledge");
        Assert.Equal(("met", JsonValueKind.Null), (clock.GetProperty("state").GetString(), clock.GetProperty("breached_at").ValueKind));
        app.Time.Set(before);
        var count = await agent.GetFromJsonAsync<JsonElement>("/api/v1/metrics?metric=count&from=2016-01-01&grain=none");
        Assert.Equal(3, count.GetProperty("rows")[0].GetProperty("n").GetInt32());
        var differences = new List<string>();
        await app.Get<AggregateRebuild>().CheckAsync(await app.WorkspaceAsync(), d => differences.Add(d.ToString()));
        Assert.Empty(differences);
    }

    private static string Case(JsonElement sent) => $"/api/v1/cases/{sent.GetProperty("case_id").GetString()}";

    private static object Detractor(string id, string order) =>
        new { id, rating = new { scale = "nps", value = 2 }, contact = new { email = "jana@example.com" }, subject = new { order } };
}
