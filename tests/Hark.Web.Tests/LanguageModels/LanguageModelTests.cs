using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hark.Data.Cases;
using Hark.Data.Identity;
using Hark.Domain.Signals;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Features.LanguageModels.Uses;
using Hark.Web.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hark.Web.Tests.LanguageModels;

public sealed class LanguageModelTests : IAsyncLifetime
{
    private const string Settings = "/api/v1/language-model";
    private static readonly Dictionary<string, string> Private = new() { ["Hark:LanguageModel:AllowPrivateAddresses"] = "true" };
    private ModelServer _model = null!;

    public async ValueTask InitializeAsync() => _model = await ModelServer.StartAsync();

    public ValueTask DisposeAsync() => _model.DisposeAsync();

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task What_is_sent_has_no_personal_data_is_in_the_audit_and_is_counted(TestStore store)
    {
        await using var app = await AppFactory.StartAsync(store, settings: Private);
        using var admin = await app.AdminAsync();
        var id = await SendAsync(app, "Pavel Novák zde, pište na pavel@example.com nebo +420 777 123 456. Balík nedorazil.");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await admin.PostAsync($"/api/v1/signals/{id}/translation", null)).StatusCode); // off until somebody switches it on
        Assert.Empty(_model.Asked);

        await PlugAsync(admin);
        _model.Says = _ => "The parcel did not come.";
        var translated = await ReadAsync(await admin.PostAsync($"/api/v1/signals/{id}/translation?language=en", null));
        Assert.Equal(("The parcel did not come.", ModelServer.Model), (translated.GetProperty("text").GetString(), translated.GetProperty("model").GetString()));
        var (system, user) = Assert.Single(_model.Asked);
        Assert.Contains("into English", system, StringComparison.Ordinal);
        Assert.Equal("[name] zde, pište na [email] nebo [phone]. Balík nedorazil.", user);
        Assert.Empty(_model.Refused);

        var asked = (await admin.GetFromJsonAsync<JsonElement>("/api/v1/audit")).GetProperty("items").EnumerateArray().First(a => a.GetProperty("action").GetString() == "language_model.asked");
        Assert.Equal(("signal", id), (asked.GetProperty("target_kind").GetString(), asked.GetProperty("target_id").GetString()));
        Assert.Equal(user, asked.GetProperty("data").GetProperty("sent").GetString());
        var settings = await admin.GetFromJsonAsync<JsonElement>(Settings);
        Assert.Equal((100, 1, 0), (settings.GetProperty("tokens_this_month").GetInt32(), settings.GetProperty("calls_this_month").GetInt32(), settings.GetProperty("failures_this_month").GetInt32()));
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task What_was_sent_goes_with_the_person_whose_words_it_was(TestStore store)
    {
        await using var app = await AppFactory.StartAsync(store, settings: Private);
        using var admin = await app.AdminAsync();
        await PlugAsync(admin);
        _model.Says = _ => "The parcel did not come.";
        var id = await SendAsync(app, "Balík nedorazil do Zlatých Moravců.");
        await ReadAsync(await admin.PostAsync($"/api/v1/signals/{id}/translation?language=en", null));
        Assert.Contains("Moravců", (await AskedAsync()).GetProperty("data").GetProperty("sent").GetString(), StringComparison.Ordinal);
        Guid contact;
        await using (var db = app.Store.Read()) contact = await db.Contacts.Select(c => c.ContactId).SingleAsync();
        Assert.True((await app.Get<ErasePerson>().RunAsync(app.WorkspaceId, contact, Actor.System("test"))).Ok);
        var (kind, left) = ((await AskedAsync()).GetProperty("target_kind").GetString(), (await AskedAsync()).GetProperty("data").ValueKind);
        Assert.Equal(("signal", JsonValueKind.Null), (kind, left));

        async Task<JsonElement> AskedAsync() =>
            (await admin.GetFromJsonAsync<JsonElement>("/api/v1/audit")).GetProperty("items").EnumerateArray().First(a => a.GetProperty("action").GetString() == "language_model.asked");
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task A_budget_is_not_exceeded_and_begins_anew_with_the_month(TestStore store)
    {
        await using var app = await AppFactory.StartAsync(store, settings: Private);
        using var admin = await app.AdminAsync();
        var id = await SendAsync(app, "Balík nedorazil.");
        await PlugAsync(admin, tokens: 1_000); // what is held for a call is more than what this model says it took
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => admin.PostAsync($"/api/v1/signals/{id}/translation", null)));
        var (spent, done) = (answers.Count(a => a.StatusCode == HttpStatusCode.TooManyRequests), answers.Count(a => a.StatusCode == HttpStatusCode.OK));
        Assert.Equal(12, spent + done);
        Assert.InRange(done, 1, 10);
        Assert.Equal(done, _model.Asked.Count);
        Assert.Equal(100 * done, (await admin.GetFromJsonAsync<JsonElement>(Settings)).GetProperty("tokens_this_month").GetInt32());
        for (var more = done; more < 10; more++) if ((await admin.PostAsync($"/api/v1/signals/{id}/translation", null)).StatusCode == HttpStatusCode.TooManyRequests) break;
        Assert.Equal(HttpStatusCode.TooManyRequests, (await admin.PostAsync($"/api/v1/signals/{id}/translation", null)).StatusCode);
        app.Time.Advance(TimeSpan.FromDays(31));
        await ReadAsync(await admin.PostAsync($"/api/v1/signals/{id}/translation", null));
    }

    [Fact]
    public async Task A_key_is_never_shown_and_stays_with_the_address_it_was_made_for()
    {
        await using var app = await AppFactory.StartAsync(settings: Private);
        using var admin = await app.AdminAsync();
        var saved = await PlugAsync(admin);
        Assert.True(saved.GetProperty("has_key").GetBoolean());
        Assert.DoesNotContain(ModelServer.Key, await admin.GetStringAsync(Settings), StringComparison.Ordinal);
        Assert.DoesNotContain(ModelServer.Key, await admin.GetStringAsync("/api/v1/audit"), StringComparison.Ordinal);
        Assert.NotEqual(ModelServer.Key, (await app.Get<Hark.Data.Understanding.LanguageModelBook>().FindAsync(app.WorkspaceId))!.Key);
        Assert.True((await ReadAsync(await admin.PutAsJsonAsync(Settings, Body(_model.Endpoint, key: null)))).GetProperty("has_key").GetBoolean());
        Assert.False((await ReadAsync(await admin.PutAsJsonAsync(Settings, Body("https://other.example/v1", key: null)))).GetProperty("has_key").GetBoolean());

        var stale = new HttpRequestMessage(HttpMethod.Put, Settings) { Content = JsonContent.Create(Body(_model.Endpoint, key: null)) };
        stale.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await admin.SendAsync(stale)).StatusCode);
        foreach (var wrong in new[] { "ftp://x", "https://a:b@x/v1", "not", "https://x/v1?y=1" })
            Assert.Equal(HttpStatusCode.BadRequest, (await admin.PutAsJsonAsync(Settings, Body(wrong, key: null))).StatusCode);
        using var lead = app.Client(await app.CreateTokenAsync(Role.TeamLead));
        Assert.Equal(HttpStatusCode.Forbidden, (await lead.GetAsync(Settings)).StatusCode);
    }

    [Fact]
    public async Task A_private_address_is_refused_unless_the_operator_allows_it()
    {
        await using var app = await AppFactory.StartAsync();
        using var admin = await app.AdminAsync();
        var id = await SendAsync(app, "Late");
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.PutAsJsonAsync(Settings, Body(_model.Endpoint, ModelServer.Key))).StatusCode);
        await ReadAsync(await admin.PutAsJsonAsync(Settings, Body(_model.Endpoint.Replace("http:", "https:", StringComparison.Ordinal), ModelServer.Key)));
        var refused = await admin.PostAsync($"/api/v1/signals/{id}/translation", null);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("Hark:LanguageModel:AllowPrivateAddresses", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(_model.Asked);
    }

    [Fact]
    public async Task A_failure_is_tried_once_more_told_and_not_billed_where_it_was_refused()
    {
        await using var app = await AppFactory.StartAsync(settings: Private);
        using var admin = await app.AdminAsync();
        var id = await SendAsync(app, "Late");
        await PlugAsync(admin);
        var tries = 0;
        _model.Instead = context => { context.Response.StatusCode = 503; return Task.FromResult(++tries == 1); };
        await ReadAsync(await admin.PostAsync($"/api/v1/signals/{id}/translation", null));
        Assert.Equal(2, tries);

        tries = 0;
        _model.Instead = context => { tries++; context.Response.StatusCode = 500; return Task.FromResult(true); };
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await admin.PostAsync($"/api/v1/signals/{id}/translation", null)).StatusCode);
        Assert.Equal(2, tries);
        _model.Instead = async context => { await context.Response.WriteAsync("<html>"); return true; };
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await admin.PostAsync($"/api/v1/signals/{id}/translation", null)).StatusCode);
        _model.Instead = _ => Task.FromResult(false);
        await ReadAsync(await admin.PutAsJsonAsync(Settings, Body(_model.Endpoint, "wrong-key")));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await admin.PostAsync($"/api/v1/signals/{id}/translation", null)).StatusCode);
        Assert.Equal("Incorrect API key provided", Assert.Single(_model.Refused)); // not tried again: it would be refused again
        Assert.Equal(3, (await admin.GetFromJsonAsync<JsonElement>(Settings)).GetProperty("failures_this_month").GetInt32());
    }

    [Fact]
    public async Task A_model_that_does_not_answer_in_time_is_given_up()
    {
        await using var app = await AppFactory.StartAsync(settings: Private);
        using var admin = await app.AdminAsync();
        var id = await SendAsync(app, "Late");
        await PlugAsync(admin);
        var (there, over) = (new TaskCompletionSource(), new TaskCompletionSource());
        _model.Instead = async _ => { there.TrySetResult(); await over.Task; return true; };
        var answer = admin.PostAsync($"/api/v1/signals/{id}/translation", null);
        await there.Task;
        app.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await answer).StatusCode);
        over.SetResult();
        Assert.True((await admin.GetFromJsonAsync<JsonElement>(Settings)).GetProperty("tokens_this_month").GetInt32() > 0); // it may have worked all the same
    }

    [Fact]
    public async Task A_summary_keeps_only_what_was_really_said()
    {
        await using var app = await AppFactory.StartAsync(settings: Private);
        using var admin = await app.AdminAsync();
        var id = await SendAsync(app, "The courier never rang the bell", "courier");
        await PlugAsync(admin);
        _model.Says = _ => """Sure! {"points":[{"text":"Nobody rings","quotes":[{"of":1,"words":"never rang"},{"of":1,"words":"he was drunk"}]},{"text":"Prices are high","quotes":[{"of":1,"words":"too expensive"}]}]}""";
        var summary = await ReadAsync(await admin.PostAsync("/api/v1/topics/courier/summary", null));
        var point = Assert.Single(summary.GetProperty("points").EnumerateArray());
        Assert.Equal("Nobody rings", point.GetProperty("text").GetString());
        var quote = Assert.Single(point.GetProperty("quotes").EnumerateArray());
        Assert.Equal(("never rang", id), (quote.GetProperty("words").GetString(), quote.GetProperty("signal_id").GetString()));
        _model.Says = _ => """{"points":[{"text":"Prices are high","quotes":[{"of":1,"words":"too expensive"}]}]}""";
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await admin.PostAsync("/api/v1/topics/courier/summary", null)).StatusCode);
        using var lead = app.Client(await app.CreateTokenAsync(Role.TeamLead, null, null, (await app.CreateTeamAsync("shops")).TeamId));
        Assert.Equal(HttpStatusCode.NotFound, (await lead.PostAsync("/api/v1/topics/courier/summary", null)).StatusCode); // no words of theirs
    }

    [Fact]
    public async Task A_draft_is_in_the_box_and_nowhere_else()
    {
        await using var app = await AppFactory.StartAsync(settings: Private);
        using var admin = await app.AdminAsync();
        var id = await SendAsync(app, "My name is Jana Malá and the plates came broken.", name: "Jana Malá");
        await PlugAsync(admin);
        await app.CreateTeamAsync("care");
        var opened = await app.Get<OpenCaseByHand>().RunAsync(await app.WorkspaceAsync(), Guid.Parse(id), null, new CaseByHand(Severity.Routine, null, null), Actor.System("test"));
        _model.Says = said => said.Contains("Jana", StringComparison.Ordinal) ? "leaked" : "Dear [name], I am sorry. [when the new plates come]";
        var caseId = opened.Value.CaseId;
        var draft = await ReadAsync(await admin.PostAsync($"/api/v1/cases/{caseId}/draft", null));
        Assert.Equal("Dear Jana Malá, I am sorry. [when the new plates come]", draft.GetProperty("text").GetString());
        Assert.DoesNotContain((await admin.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{caseId}")).GetProperty("timeline").EnumerateArray(), e => e.GetProperty("kind").GetString() == "replied");
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("{", 0)]
    [InlineData("[]", 0)]
    [InlineData("""{"points":7}""", 0)]
    [InlineData("""{"points":[{"text":"a","quotes":[{"of":"1","words":"never rang"}]}]}""", 0)]
    [InlineData("""{"points":[{"text":"a","quotes":[{"of":2,"words":"never rang"}]}]}""", 0)]
    [InlineData("""{"points":[{"text":"a","quotes":[{"of":1,"words":"it"}]}]}""", 0)]
    [InlineData("""{"points":[{"text":"a","quotes":[{"of":1,"words":"NEVER RANG"}]}]}""", 0)]
    [InlineData("""{"points":[{"text":"a","quotes":[{"of":1,"words":"never\nrang"}]},{"text":"b"}]}""", 1)]
    public void Answers_of_any_shape_are_read(string answer, int points) => Assert.Equal(points, QuotedSummary.Read(answer, ["It  never rang"]).Count);

    private Task<JsonElement> PlugAsync(HttpClient admin, long tokens = 100_000) => ReadAsync(admin.PutAsJsonAsync(Settings, Body(_model.Endpoint, ModelServer.Key, tokens)));

    private static object Body(string endpoint, string? key, long tokens = 100_000) =>
        new { endpoint, model = ModelServer.Model, key, uses = new[] { "name_themes", "draft_replies", "summarise", "translate" }, monthly_tokens = tokens };

    private static async Task<string> SendAsync(AppFactory app, string text, string? topic = null, string name = "Pavel Novák")
    {
        using var sender = app.Client(await app.CreateSourceKeyAsync());
        return (await Sending.SendAsync(sender, new { text, topics = topic is null ? [] : new[] { topic }, contact = new { id = "c1", name } })).GetProperty("signal_id").GetString()!;
    }

    private static async Task<JsonElement> ReadAsync(Task<HttpResponseMessage> answer) => await ReadAsync(await answer);

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, HttpStatusCode expected = HttpStatusCode.OK)
    {
        Assert.True(answer.StatusCode == expected, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
