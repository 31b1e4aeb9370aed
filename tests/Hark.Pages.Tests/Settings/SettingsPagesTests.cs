using System.Net;
using Hark.Data.Model;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Testing;
using Xunit;
using static Hark.Web.Testing.AccountsApp;

namespace Hark.Pages.Tests.Settings;

/// <summary>Sources, rules, clocks, documents, webhooks and the outbox as a programme owner changes them on pages.</summary>
public sealed class SettingsPagesTests
{
    private static readonly string[] Pages =
    [
        "sources", "rules", "clocks", "webhooks", "outbox", "about", "documents/rules", "documents/segments", "documents/cohorts", "documents/personas", "documents/templates",
        "documents/sla-policies", "documents/calendars",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Settings_begin_with_what_one_may_and_are_shut_to_others()
    {
        await using var app = await StartAsync();
        var (owner, _) = await app.SignedInAsync(Role.ProgrammeOwner, Cancellation);
        using var __ = owner;
        Assert.Equal("/settings/teams", (await owner.GetAsync("/settings", Cancellation)).Location);
        foreach (var page in Pages) Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/settings/" + page, Cancellation)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync("/settings/documents/nothing", Cancellation)).Status);
        var (analyst, _) = await app.SignedInAsync(Role.Analyst, Cancellation);
        using var ___ = analyst;
        foreach (var page in Pages) Assert.Equal(HttpStatusCode.Forbidden, (await analyst.GetAsync("/settings/" + page, Cancellation)).Status);
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task A_source_is_made_changed_and_given_a_key_that_sends(TestStore store)
    {
        await using var app = await StartAsync(store);
        var (browser, _) = await app.SignedInAsync(Role.Administrator, Cancellation);
        using var __ = browser;
        await browser.GetAsync("/settings/sources", Cancellation);
        Dictionary<string, string> fields = new() { ["name"] = "<b>Kiosk</b>", ["channel"] = "kiosk", ["kind"] = "direct", ["owner"] = "support", ["window"] = "24" };
        Assert.Equal("/settings/sources?done=saved", (await browser.SubmitAsync("source", fields, Cancellation)).Location);
        var source = (await app.WorkspaceAsync()).SourceByName["<b>Kiosk</b>"];
        Assert.Equal((24, null), (source.ResponseWindowHours, source.RetentionDays));

        Assert.DoesNotContain("<b>Kiosk", (await browser.GetAsync("/settings/sources", Cancellation)).Html, StringComparison.Ordinal);
        fields["id"] = source.SourceId.ToString();
        fields["window"] = "0";
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SubmitAsync("source", fields, Cancellation)).Status);
        fields["window"] = "often";
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SubmitAsync("source", fields, Cancellation)).Status);
        (fields["window"], fields["retention"]) = ("", "365");
        await browser.GetAsync("/settings/sources", Cancellation);
        Assert.Equal(HttpStatusCode.Found, (await browser.SubmitAsync("source", fields, Cancellation)).Status);
        source = (await app.WorkspaceAsync()).SourceById[source.SourceId];
        Assert.Equal((null, 365), (source.ResponseWindowHours, source.RetentionDays));

        await browser.GetAsync("/settings/sources", Cancellation);
        var shown = await browser.SubmitAsync("key", new() { ["id"] = source.SourceId.ToString(), ["name"] = "till" }, Cancellation);
        var start = shown.Html.IndexOf("hark_sk_", StringComparison.Ordinal);
        var key = shown.Html[start..shown.Html.IndexOf('<', start)];
        using var feed = app.CreateClient();
        feed.DefaultRequestHeaders.Authorization = new("Bearer", key);
        using var body = new StringContent("""{"id": "till-1", "rating": {"scale": "stars", "value": 2}}""", System.Text.Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.Created, (await feed.PostAsync("/api/v1/signals", body, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Keys_of_sources_are_the_administrators()
    {
        await using var app = await StartAsync();
        var (admin, _) = await app.SignedInAsync(Role.Administrator, Cancellation);
        using var __ = admin;
        await admin.GetAsync("/settings/sources", Cancellation);
        await admin.SubmitAsync("source", new() { ["name"] = "Web", ["channel"] = "web" }, Cancellation);
        var (owner, _) = await app.SignedInAsync(Role.ProgrammeOwner, Cancellation);
        using var ___ = owner;
        await owner.GetAsync("/settings/sources", Cancellation);
        var id = (await app.WorkspaceAsync()).SourceByName["Web"].SourceId.ToString();
        var answer = await owner.SubmitAsync("source", new() { ["_handler"] = "key", ["id"] = id, ["name"] = "mine" }, Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Empty((await app.WorkspaceAsync()).Keys);
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task Rules_are_moved_switched_tried_edited_and_brought_back(TestStore store)
    {
        await using var app = await StartAsync(store);
        var (browser, _) = await app.SignedInAsync(Role.ProgrammeOwner, Cancellation);
        using var __ = browser;
        await browser.GetAsync("/settings/rules", Cancellation);
        Assert.True(browser.Last.Says("severity eq critical"));
        Assert.Equal("/settings/rules?done=saved", (await browser.SubmitAsync("rule", new() { ["id"] = "critical", ["what"] = "down" }, Cancellation)).Location);
        await browser.GetAsync("/settings/rules", Cancellation);
        Assert.True(browser.Last.Html.IndexOf("band eq negative", StringComparison.Ordinal) < browser.Last.Html.IndexOf("severity eq critical", StringComparison.Ordinal));
        // The page was read before somebody else's change.
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SubmitAsync("rule", new() { ["id"] = "critical", ["what"] = "off", ["version"] = "0" }, Cancellation)).Status);
        await browser.GetAsync("/settings/rules", Cancellation);
        Assert.Equal(HttpStatusCode.OK, (await browser.SubmitAsync("try", [], Cancellation)).Status);

        await browser.GetAsync("/settings/documents/rules", Cancellation);
        var wrong = await browser.SubmitAsync("document", new() { ["text"] = "{\"rules\": [{\"id\": \"x\",\n \"name\": \"X\", \"when\": {\"field\": \"nothing\", \"op\": \"eq\", \"value\": 1}, \"then\": []}]}" }, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.True(wrong.Says("/rules/0/when/field"));
        Assert.True(wrong.Says("line 2"));
        Assert.True(wrong.Says("\"name\": \"X\"")); // what was typed stays
        await browser.GetAsync("/settings/documents/rules", Cancellation);
        Assert.Equal("/settings/documents/rules?done=2", (await browser.SubmitAsync("document", new() { ["text"] = """{"rules": []}""" }, Cancellation)).Location);
        Assert.Contains("class=\"deleted\"", (await browser.GetAsync("/settings/documents/rules", Cancellation)).Html, StringComparison.Ordinal);
        Assert.Equal("/settings/documents/rules?done=3", (await browser.SubmitAsync("restore", new() { ["restore"] = "1" }, Cancellation)).Location);
        var workspace = await app.WorkspaceAsync();
        Assert.Equal(3, workspace.Documents[DocumentKind.Rules].Version);
        Assert.Contains("band", workspace.Documents[DocumentKind.Rules].Document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clocks_say_when_a_case_that_opens_at_a_picked_moment_is_due()
    {
        await using var app = await StartAsync();
        var (browser, _) = await app.SignedInAsync(Role.ProgrammeOwner, Cancellation);
        using var __ = browser;
        var page = await browser.GetAsync("/settings/clocks?channel=chat&severity=routine&at=2026-03-02T10:00", Cancellation);
        Assert.True(page.Says("2 Mar, 10:01")); // chat is answered within 60 seconds
        Assert.True(page.Says("5 Mar, 10:00")); // and verified within 72 hours
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/settings/clocks?channel=nothing&at=never", Cancellation)).Status);
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task A_webhook_is_made_tested_and_its_message_withdrawn(TestStore store)
    {
        await using var app = await StartAsync(store);
        var (browser, _) = await app.SignedInAsync(Role.ProgrammeOwner, Cancellation);
        using var __ = browser;
        await browser.GetAsync("/settings/webhooks", Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SubmitAsync("webhook", new() { ["key"] = "crm", ["url"] = "http://127.0.0.1/" }, Cancellation)).Status);
        await browser.GetAsync("/settings/webhooks", Cancellation);
        var made = await browser.SubmitAsync("webhook", new() { ["key"] = "crm", ["url"] = "https://crm.example.com/hark", ["topics"] = "case.*, signal.*" }, Cancellation);
        Assert.True(made.Says("whsec_"));
        await browser.GetAsync("/settings/webhooks", Cancellation);
        Assert.False(browser.Last.Says("whsec_"));
        Assert.Equal("/settings/webhooks?done=tested", (await browser.SubmitAsync("endpoint", new() { ["what"] = "test" }, Cancellation)).Location);
        var outbox = await browser.GetAsync("/settings/outbox?state=pending&kind=webhook", Cancellation);
        Assert.True(outbox.Says("webhook.test"));
        Assert.Equal(HttpStatusCode.Found, (await browser.SubmitAsync("message", new() { ["what"] = "cancel" }, Cancellation)).Status);
        Assert.True((await browser.GetAsync("/settings/outbox?state=cancelled", Cancellation)).Says("webhook.test"));
    }
}
