using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Hark.Domain.Workspaces;
using Hark.Web.Testing;
using Xunit;

namespace Hark.Web.Tests.Features.Sla;

public sealed class SlaApiTests : IAsyncLifetime
{
    private const string Office = """{"calendars":[{"key":"office","zone":"Europe/Prague","week":{"mon":["09:00-17:00"],"tue":["09:00-17:00"],"wed":["09:00-17:00"],"thu":["09:00-17:00"],"fri":["09:00-17:00"]}}]}""";
    private const string Promises = """{"policies":[{"key":"office","targets":{"resolve":{"target":"8h","calendar":"office","warn_before":"1h"}}}]}""";

    private AppFactory _app = null!;
    private HttpClient _admin = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await AppFactory.StartAsync();
        _admin = await _app.AdminAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Defaults_are_version_0_and_every_change_is_a_version()
    {
        var first = await _admin.GetFromJsonAsync<JsonElement>("/api/v1/sla-policies", Cancellation);
        Assert.Equal(0, first.GetProperty("version").GetInt64());
        Assert.Contains(first.GetProperty("document").GetProperty("policies").EnumerateArray(), p => p.GetProperty("key").GetString() == "chat");
        Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync("/api/v1/sla-policies", Promises)).Status); // the calendar is not there yet
        Assert.Equal(HttpStatusCode.OK, (await PutAsync("/api/v1/calendars", Office)).Status);
        Assert.Equal(1, (await PutAsync("/api/v1/sla-policies", Promises, "\"0\"")).Body.GetProperty("version").GetInt64());
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await PutAsync("/api/v1/sla-policies", Promises, "\"0\"")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync("/api/v1/calendars", """{"calendars":[]}""")).Status); // a policy counts in it
        Assert.Equal(2, (await PutAsync("/api/v1/sla-policies", first.GetProperty("document").GetRawText())).Body.GetProperty("version").GetInt64());
        var restored = await _admin.PostAsync("/api/v1/sla-policies/versions/1/restore", null, Cancellation);
        Assert.Equal(HttpStatusCode.OK, restored.StatusCode);
        var versions = await _admin.GetFromJsonAsync<JsonElement>("/api/v1/sla-policies/versions", Cancellation);
        Assert.Equal([3, 2, 1], versions.GetProperty("items").EnumerateArray().Select(v => v.GetProperty("version").GetInt64()));
        Assert.Equal(HttpStatusCode.NotFound, (await _admin.GetAsync("/api/v1/sla-policies/versions/9", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Errors_are_named_by_their_place()
    {
        var (status, body) = await PutAsync("/api/v1/calendars", """{"calendars":[{"key":"a","zone":"Nowhere/City","week":{"mon":["09:00-17:00"]}},{"key":"always","zone":"UTC","week":{"mon":["9"]}}]}""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(body.GetProperty("errors").EnumerateObject(), e => e.Name == "/calendars/0/zone");
        Assert.Contains(body.GetProperty("errors").EnumerateObject(), e => e.Name == "/calendars/1/week/mon/0");
        Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync("/api/v1/sla-policies?apply=sometimes", Promises)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync("/api/v1/sla-policies", """{"policies":[{"key":"x","targets":{"resolve":{"target":"-1h"}}}]}""")).Status);
    }

    [Fact]
    public async Task A_preview_tells_when_things_would_fall_due_holidays_included()
    {
        await PutAsync("/api/v1/calendars", Office);
        await PutAsync("/api/v1/sla-policies", Promises);
        var friday = new { opened_at = "2026-12-18T15:00:00Z" }; // 16:00 in Prague: one hour is left of the day
        Assert.Equal("2026-12-21T15:00:00Z", await DueAsync(friday));
        const string file = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261221\r\nSUMMARY:Day off\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        using var content = new StringContent(file, Encoding.UTF8, "text/calendar");
        using var imported = await _admin.PostAsync("/api/v1/calendars/office/holidays", content, Cancellation);
        Assert.Equal(HttpStatusCode.OK, imported.StatusCode);
        Assert.Equal(1, (await imported.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("imported").GetInt32());
        Assert.Equal("2026-12-22T15:00:00Z", await DueAsync(friday));
        Assert.Equal("2026-12-18T16:00:00Z", await DueAsync(new { opened_at = "2026-12-18T15:00:00Z", policies = JsonElement.Parse("""{"policies":[{"key":"q","targets":{"resolve":{"target":"1h"}}}]}""") }));
        using var rubbish = new StringContent("not a calendar", Encoding.UTF8, "text/calendar");
        Assert.Equal(HttpStatusCode.BadRequest, (await _admin.PostAsync("/api/v1/calendars/office/holidays", rubbish, Cancellation)).StatusCode);
        using var nowhere = new StringContent(file, Encoding.UTF8, "text/calendar");
        Assert.Equal(HttpStatusCode.NotFound, (await _admin.PostAsync("/api/v1/calendars/none/holidays", nowhere, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Applying_reaches_the_clocks_that_run()
    {
        var sender = _app.Client(await _app.CreateSourceKeyAsync());
        using var sent = await sender.PostAsJsonAsync("/api/v1/signals", new { rating = new { scale = "nps", value = 1 }, text = "Late" }, Cancellation);
        var id = (await sent.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("case_id").GetGuid();
        var saved = await PutAsync("/api/v1/sla-policies?apply=from_now", """{"policies":[{"key":"slow","targets":{"acknowledge":{"target":"9h"}}}]}""");
        Assert.Equal(1, saved.Body.GetProperty("applied").GetProperty("changed").GetInt64());
        var details = await _admin.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{id}", Cancellation);
        var clock = details.GetProperty("clocks").EnumerateArray().Single(k => k.GetProperty("kind").GetString() == "acknowledge");
        Assert.Equal(("slow", _app.Time.GetUtcNow().AddHours(9)), (clock.GetProperty("policy").GetString(), clock.GetProperty("due_at").GetDateTimeOffset()));
        using var again = await _admin.PostAsJsonAsync("/api/v1/sla-policies/apply", new { mode = "retroactive" }, Cancellation);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task Only_those_who_configure_may_change_them()
    {
        var agent = _app.Client(await _app.CreateTokenAsync(Role.Agent));
        Assert.Equal(HttpStatusCode.OK, (await agent.GetAsync("/api/v1/sla-policies", Cancellation)).StatusCode);
        using var content = new StringContent(Promises, Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.PutAsync("/api/v1/sla-policies", content, Cancellation)).StatusCode);
    }

    private async Task<string?> DueAsync(object body)
    {
        using var response = await _admin.PostAsJsonAsync("/api/v1/sla-policies/preview", body, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonElement.Parse(text).GetProperty("clocks")[0].GetProperty("due_at").GetString();
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> PutAsync(string path, string json, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var response = await _admin.SendAsync(request, Cancellation);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation));
    }
}
