using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hark.Domain.Common;
using Hark.Testing;
using Hark.Web.Features.Outbox;
using Hark.Web.Testing;
using Xunit;

namespace Hark.Web.Tests.Loop;

/// <summary>The promise of the product in one test: signal, case, answer, "did we solve it?", verified, counted; with a real mail server.</summary>
public sealed partial class WholeLoopTests
{
    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task A_bad_rating_is_heard_worked_on_verified_by_the_customer_and_counted(TestStore store)
    {
        await using var mail = await SmtpServer.StartAsync();
        await using var app = await AppFactory.StartAsync(store, settings: new Dictionary<string, string>
        {
            ["Hark:Mail:Host"] = "127.0.0.1",
            ["Hark:Mail:Port"] = mail.Port.ToString(CultureInfo.InvariantCulture),
            ["Hark:Mail:Security"] = "none",
            ["Hark:Mail:From"] = "care@shop.example",
            ["Hark:PublicUrl"] = "https://care.shop.example",
        });
        using var sender = app.Client(await app.CreateSourceKeyAsync("shop"));
        var sent = await Sending.SendAsync(sender, new
        {
            id = "order-81723",
            rating = new { scale = "nps", value = 2 },
            text = "Balík přišel o tři dny později",
            language = "cs",
            contact = new { email = "jana@example.com", name = "Jana", locale = "cs-CZ" },
            subject = new { order = "81723" },
        });
        var url = $"/api/v1/cases/{sent.GetProperty("case_id").GetString()}";
        using var agent = await app.AdminAsync();

        await ActAsync(agent, url + "/acknowledge", new { });
        app.Time.Advance(TimeSpan.FromMinutes(30));
        await ActAsync(agent, url + "/reply", new { text = "Omlouváme se, dopravce měl zpoždění. Vracíme vám dopravné." });
        app.Time.Advance(TimeSpan.FromHours(1));
        var refused = await agent.PostAsJsonAsync(url + "/resolve", new { outcome = "fixed" });
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        await ActAsync(agent, url + "/resolve", new { root_cause = "courier delay", outcome = "compensated" });
        var worker = app.Get<OutboxWorker>();
        while ((await worker.RunOnceAsync(app.Time.Now())).Done > 0) { }
        var mails = await mail.StopAsync();
        Assert.Equal(2, mails.Count);
        Assert.All(mails, m => Assert.Contains("jana@example.com", m.To));
        Assert.Contains(mails, m => m.Part("text/plain").Text.Contains("Vracíme vám dopravné", StringComparison.Ordinal));

        var link = mails.Select(m => Link().Match(m.Part("text/plain").Text)).First(m => m.Success).Groups[1].Value;
        using var customer = app.Client(null);
        Assert.Equal(HttpStatusCode.OK, (await customer.GetAsync(link + "?a=yes")).StatusCode);
        Assert.Equal("resolved", (await agent.GetFromJsonAsync<JsonElement>(url)).GetProperty("state").GetString());
        app.Time.Advance(TimeSpan.FromHours(5));
        using var answer = new FormUrlEncodedContent([new("a", "yes")]);
        Assert.Equal(HttpStatusCode.OK, (await customer.PostAsync(link, answer)).StatusCode);

        var done = await agent.GetFromJsonAsync<JsonElement>(url);
        Assert.Equal(("verified", "confirmed"), (done.GetProperty("state").GetString(), done.GetProperty("verification").GetString()));
        Assert.All(done.GetProperty("clocks").EnumerateArray(), c => Assert.Equal("met", c.GetProperty("state").GetString()));
        var attained = await agent.GetFromJsonAsync<JsonElement>("/api/v1/sla/attainment?clock=verify&from=2016-01-01");
        Assert.Equal((1, 0), (attained.GetProperty("n").GetInt32(), attained.GetProperty("open").GetInt32()));
        var timeline = done.GetProperty("timeline").EnumerateArray().Select(e => e.GetProperty("kind").GetString()).ToList();
        Assert.Subset(timeline.ToHashSet(), new HashSet<string?> { "opened", "acknowledged", "replied", "resolved", "verification_asked", "verified" });
    }

    private static async Task ActAsync(HttpClient agent, string url, object body)
    {
        var answer = await agent.PostAsJsonAsync(url, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex(@"https://care\.shop\.example(/v/[A-Za-z0-9_\-]+)")]
    private static partial Regex Link();
}
