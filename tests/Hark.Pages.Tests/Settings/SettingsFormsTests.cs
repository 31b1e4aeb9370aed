using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Hark.Data.Aggregates;
using Hark.Data.Workspaces;
using Hark.Domain.Routing;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Features.Imports;
using Hark.Web.Features.Signals;
using Hark.Web.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using static Hark.Web.Testing.AccountsApp;

namespace Hark.Pages.Tests.Settings;

/// <summary>Workspace, privacy, ownership, promises, escalation, rules by form and imports, as an administrator uses them.</summary>
public sealed class SettingsFormsTests
{
    private static readonly string[] Pages = ["workspace", "privacy", "ownership", "promises", "ladders", "targets", "rules/new", "rules/detractors", "imports"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_open_for_whoever_may_and_for_nobody_else()
    {
        await using var app = await StartAsync();
        var (admin, _) = await app.SignedInAsync(Role.Administrator, Cancellation);
        using var __ = admin;
        var (analyst, _) = await app.SignedInAsync(Role.Analyst, Cancellation);
        using var ___ = analyst;
        foreach (var page in Pages)
        {
            Assert.Equal((page, HttpStatusCode.OK), (page, (await admin.GetAsync("/settings/" + page, Cancellation)).Status));
            Assert.Equal((page, HttpStatusCode.Forbidden), (page, (await analyst.GetAsync("/settings/" + page, Cancellation)).Status));
        }
        var (owner, _) = await app.SignedInAsync(Role.ProgrammeOwner, Cancellation);
        using var ____ = owner;
        Assert.Equal(HttpStatusCode.Forbidden, (await owner.GetAsync("/settings/privacy", Cancellation)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync("/settings/rules/nothing", Cancellation)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync($"/settings/imports/{Guid.CreateVersion7(app.Time.GetUtcNow())}", Cancellation)).Status);
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task A_workspace_is_renamed_and_another_zone_counts_its_days_anew(TestStore store)
    {
        await using var app = await StartAsync(store);
        var (admin, _) = await app.SignedInAsync(Role.Administrator, Cancellation);
        using var __ = admin;
        await FillAsync(app, 40);
        Dictionary<string, string> fields = new() { ["name"] = "Vesna <b>", ["language"] = "cs", ["region"] = "SK", ["zone"] = "Pacific/Kiritimati" };
        Assert.Equal("/settings/workspace?done=saved", (await admin.SubmitInAsync("/settings/workspace", "workspace", fields, Cancellation)).Location);
        var workspace = await app.WorkspaceAsync();
        Assert.Equal(new WorkspaceSettings("Vesna <b>", "Pacific/Kiritimati", "cs", "SK", workspace.Workspace.MinimumCount), WorkspaceSettings.Of(workspace.Workspace));
        var differences = new List<string>();
        await app.Get<AggregateRebuild>().CheckAsync(workspace, d => differences.Add(d.ToString()), Cancellation);
        Assert.Empty(differences);
        Assert.DoesNotContain("Vesna <b>", (await admin.GetAsync("/settings/workspace", Cancellation)).Html, StringComparison.Ordinal);
        foreach (var (name, value) in new[] { ("zone", "Moon/Base"), ("language", "xx"), ("region", "XX"), ("name", " ") })
        {
            var wrong = new Dictionary<string, string>(fields) { [name] = value };
            Assert.Equal(HttpStatusCode.BadRequest, (await admin.SubmitInAsync("/settings/workspace", "workspace", wrong, Cancellation)).Status);
        }
        Assert.Contains("workspace.changed", await app.AuditAsync(Cancellation));
    }

    [Fact]
    public async Task Small_groups_hide_from_the_number_set_and_words_go_when_their_time_is_over()
    {
        await using var app = await StartAsync();
        var (admin, _) = await app.SignedInAsync(Role.Administrator, Cancellation);
        using var __ = admin;
        await FillAsync(app, 3);
        Assert.Equal("/settings/privacy?done=saved", (await admin.SubmitInAsync("/settings/privacy", "minimum", new() { ["minimum"] = "12" }, Cancellation)).Location);
        Assert.Equal(12, (await app.WorkspaceAsync()).Workspace.MinimumCount);
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.SubmitInAsync("/settings/privacy", "minimum", new() { ["minimum"] = "0" }, Cancellation)).Status);
        var source = (await app.WorkspaceAsync()).SourceByName["web"].SourceId.ToString();
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.SubmitInAsync("/settings/privacy", "kept", new() { [source] = "-1" }, Cancellation)).Status);
        Assert.Equal("/settings/privacy?done=saved", (await admin.SubmitInAsync("/settings/privacy", "kept", new() { [source] = "7" }, Cancellation)).Location);
        var worker = ActivatorUtilities.CreateInstance<RetentionWorker>(app.Services, NullLogger<RetentionWorker>.Instance);
        Assert.Equal(0, (await worker.RunOnceAsync(app.Time.GetUtcNow(), Cancellation)).Done);
        app.Time.Advance(TimeSpan.FromDays(8));
        Assert.Equal(3, (await worker.RunOnceAsync(app.Time.GetUtcNow(), Cancellation)).Done);
        await using var db = app.Store.Read();
        Assert.Empty(await db.Verbatims.ToListAsync(Cancellation));
        Assert.Equal(3, await db.Signals.CountAsync(s => s.ScoreMilli != null, Cancellation));
    }

    [Fact]
    public async Task Ownership_is_read_from_where_each_thing_keeps_it()
    {
        await using var app = await StartAsync();
        var (admin, _) = await app.SignedInAsync(Role.Administrator, Cancellation);
        using var __ = admin;
        await app.CreateSourceKeyAsync("Lonely <i>");
        await admin.SubmitInAsync("/settings/sources", "source", new() { ["name"] = "Owned", ["channel"] = "web", ["owner"] = "support" }, Cancellation);
        var page = await admin.GetAsync("/settings/ownership", Cancellation);
        Assert.True(page.Says("Nobody answers for one of them") && page.Says("Owned") && page.Says("Detractors") && page.Says("Lonely <i> ?"), page.Html);
        Assert.DoesNotContain("Lonely <i>", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promises_and_ladders_are_made_changed_and_put_in_order()
    {
        await using var app = await StartAsync();
        var (owner, _) = await app.SignedInAsync(Role.ProgrammeOwner, Cancellation);
        using var __ = owner;
        Dictionary<string, string> ladder = new() { ["key"] = "", ["name"] = "Night", ["what"] = "save", ["after-0"] = "4h", ["notify-0"] = "role:programme_owner", ["after-1"] = "-10m", ["notify-1"] = "team_lead", ["reassign-1"] = "team_lead", ["raise-1"] = "true" };
        Assert.Equal("/settings/ladders?done=saved", (await owner.SubmitInAsync("/settings/ladders", "desk", ladder, Cancellation)).Location);
        var made = WorkspacePolicies.Of(await app.WorkspaceAsync()).Sla.Ladders.Single(l => l.Key == "night");
        Assert.Equal(["-00:10:00 team_lead True", "04:00:00 role:programme_owner False"], made.Steps.Select(s => $"{s.After} {string.Join(' ', s.Notify)} {s.RaiseSeverity}"));
        ladder["after-0"] = "soon";
        Assert.Equal(HttpStatusCode.BadRequest, (await owner.SubmitInAsync("/settings/ladders", "desk", ladder, Cancellation)).Status);

        Dictionary<string, string> promise = new() { ["key"] = "", ["name"] = "Stores", ["what"] = "save", ["channels"] = "kiosk", ["target-respond"] = "3h", ["warn-respond"] = "30m", ["ladder-respond"] = "night", ["start-respond"] = "case_opened" };
        Assert.Equal("/settings/promises?done=saved", (await owner.SubmitInAsync("/settings/promises", "desk", promise, Cancellation)).Location);
        Assert.Equal("stores", await LastAsync(app, 1));
        Assert.Equal(HttpStatusCode.Found, (await owner.SubmitInAsync("/settings/promises", "desk", new() { ["key"] = "stores", ["what"] = "up" }, Cancellation)).Status);
        Assert.Equal("stores", await LastAsync(app, 2));
        promise["warn-respond"] = "4h"; // longer than what is promised
        Assert.Equal(HttpStatusCode.BadRequest, (await owner.SubmitInAsync("/settings/promises", "desk", promise, Cancellation)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await owner.SubmitInAsync("/settings/ladders", "desk", new() { ["key"] = "night", ["what"] = "delete" }, Cancellation)).Status); // a promise names it

        static async Task<string> LastAsync(AppFactory app, int fromEnd) => WorkspacePolicies.Of(await app.WorkspaceAsync()).Sla.Policies[^fromEnd].Key;
    }

    [Fact]
    public async Task A_rule_is_made_by_form_tried_changed_moved_and_removed()
    {
        await using var app = await StartAsync();
        var (owner, _) = await app.SignedInAsync(Role.ProgrammeOwner, Cancellation);
        using var __ = owner;
        await FillAsync(app, 4);
        app.Time.Advance(TimeSpan.FromHours(1));
        Dictionary<string, string> form = new()
        {
            ["name"] = "Angry <em>",
            ["enabled"] = "true",
            ["w.kind"] = "all",
            ["w.n"] = "2",
            ["w.0.kind"] = "field",
            ["w.0.field"] = "channel",
            ["w.0.op"] = "in",
            ["w.0.value"] = "web\r\nchat",
            ["w.1.kind"] = "any",
            ["w.1.not"] = "true",
            ["w.1.n"] = "2",
            ["w.1.0.kind"] = "field",
            ["w.1.0.field"] = "score",
            ["w.1.0.op"] = "gt",
            ["w.1.0.value"] = "40",
            ["w.1.1.kind"] = "count",
            ["w.1.1.days"] = "30",
            ["w.1.1.least"] = "3",
            ["a.n"] = "2",
            ["a.0.kind"] = "open_case",
            ["a.0.severity"] = "critical",
            ["a.0.team"] = "support",
            ["a.1.kind"] = "tag",
            ["a.1.tags"] = "angry, loud",
        };
        var shown = await owner.SubmitInAsync("/settings/rules/new", "rule", With(form, "do", "add-segment:w.1"), Cancellation);
        Assert.Contains("name=\"w.1.2.kind\" value=\"segment\"", shown.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Angry <em>", shown.Html, StringComparison.Ordinal);
        shown = await owner.SubmitInAsync("/settings/rules/new", "rule", With(form, "do", "remove:w.0"), Cancellation);
        Assert.Contains("name=\"w.0.n\" value=\"2\"", shown.Html, StringComparison.Ordinal);
        Assert.True((await owner.SubmitInAsync("/settings/rules/new", "rule", With(form, "do", "try"), Cancellation)).Says("It matches 0 of the 4 signals"), owner.Last.Html); // a rule before it stops

        Assert.Equal("/settings/rules?done=saved", (await owner.SubmitInAsync("/settings/rules/new", "rule", With(form, "do", "save"), Cancellation)).Location);
        var rule = (await RulesAsync(app))[^1];
        Assert.Equal("""{"all":[{"field":"channel","in":["web","chat"]},{"not":{"any":[{"field":"score","gt":40},{"signals_by_contact":{"within_days":30,"at_least":3}}]}}]}""", rule.When.ToJson());
        Assert.Equal(new OpenCase(Hark.Domain.Signals.Severity.Critical, "support"), rule.Then[0]);
        Assert.Equal(new AddTags(["angry", "loud"]), rule.Then[1]);

        var page = await owner.GetAsync($"/settings/rules/{rule.Id}", Cancellation);
        Assert.True(page.Says("web\nchat") || page.Says("web\r\nchat"), page.Html);
        var wrong = await owner.SubmitInAsync($"/settings/rules/{rule.Id}", "rule", With(form, "w.0.field", "chanel"), Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.True(wrong.Says("did you mean 'channel'"), wrong.Html);

        var order = new Dictionary<string, string> { ["id"] = rule.Id, ["what"] = "to", ["place"] = "0" };
        Assert.Equal(HttpStatusCode.Found, (await owner.SubmitInAsync("/settings/rules", "rule", order, Cancellation)).Status);
        Assert.Equal(rule.Id, (await RulesAsync(app))[0].Id);
        Assert.True((await owner.SubmitInAsync($"/settings/rules/{rule.Id}", "rule", With(form, "do", "try"), Cancellation)).Says("It matches 4 of the 4 signals"), owner.Last.Html);
        Assert.Equal(HttpStatusCode.Found, (await owner.SubmitInAsync($"/settings/rules/{rule.Id}", "rule", With(form, "do", "delete"), Cancellation)).Status);
        Assert.DoesNotContain(await RulesAsync(app), r => r.Id == rule.Id);

        static async Task<IReadOnlyList<Rule>> RulesAsync(AppFactory app) => WorkspacePolicies.Of(await app.WorkspaceAsync()).Rules.Rules;
    }

    [Fact]
    public void A_rule_with_many_parts_and_deep_groups_loses_none_of_them_in_the_form()
    {
        var form = new Dictionary<string, Microsoft.Extensions.Primitives.StringValues> { ["w.kind"] = "any", ["w.n"] = "61", ["a.n"] = "25" };
        for (var i = 0; i < 60; i++) (form[$"w.{i}.kind"], form[$"w.{i}.field"], form[$"w.{i}.op"], form[$"w.{i}.value"]) = ("field", "channel", "eq", "web");
        var deep = "w.60";
        for (var i = 0; i < 8; i++, deep += ".0") (form[deep + ".kind"], form[deep + ".not"], form[deep + ".n"]) = ("all", "true", "1");
        (form[deep + ".kind"], form[deep + ".key"]) = ("segment", "vip");
        for (var i = 0; i < 25; i++) (form[$"a.{i}.kind"], form[$"a.{i}.tags"]) = ("tag", FormattableString.Invariant($"t{i}"));
        var read = Hark.Web.Features.Rules.Editing.RuleForm.Read(new Microsoft.AspNetCore.Http.FormCollection(form), "many");
        Assert.Equal((61, 25), (read.When.Items.Count, read.Then.Count));
        Assert.Contains("\"segment\":\"vip\"", read.ToJson("many").ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_rule_survives_being_opened_and_saved_by_form()
    {
        await using var app = await StartAsync();
        foreach (var rule in WorkspacePolicies.Of(await app.WorkspaceAsync()).Rules.Rules)
        {
            var json = Hark.Web.Features.Rules.Editing.RuleForm.Of(rule).ToJson(rule.Id);
            var again = RuleSet.Parse($"{{\"rules\":[{json.ToJsonString()}]}}", new SnapshotNames(await app.WorkspaceAsync()), out var errors);
            Assert.True(again is not null, errors.ToString());
            Assert.True(again.Rules[0].SaysTheSameAs(rule), json.ToJsonString());
        }
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task A_file_is_sent_mapped_tried_and_stored_and_what_is_wrong_comes_back(TestStore store)
    {
        await using var app = await StartAsync(store);
        var (owner, _) = await app.SignedInAsync(Role.ProgrammeOwner, Cancellation);
        using var __ = owner;
        await app.CreateSourceKeyAsync();
        var source = (await app.WorkspaceAsync()).SourceByName["web"].SourceId;
        await owner.GetAsync("/settings/imports", Cancellation);
        Assert.Equal("/settings/imports?problem=file", (await UploadAsync(owner, source, "")).Location);
        await owner.GetAsync("/settings/imports", Cancellation);
        var csv = "id,date,score,comment,colour\n1,2026-02-01,9,Lovely,red\n2,2026-02-02,1,<script>alert(1)</script>,blue\n3,never,5,Late,green\n";
        var work = (await UploadAsync(owner, source, csv)).Location!;
        var page = await owner.GetAsync(work, Cancellation);
        Assert.True(page.Says("Lovely") && page.Says("<script>alert(1)</script>"), page.Html);
        Assert.DoesNotContain("<script>alert(1)", page.Html, StringComparison.Ordinal);

        var mapping = """{"fields":{"id":"id","occurred_at":{"column":"date","dates":["yyyy-MM-dd"]},"rating.scale":{"constant":"nps"},"rating.value":"score","text":"comment","attributes.colour":"colour"}}""";
        Assert.Equal(HttpStatusCode.BadRequest, (await owner.SubmitInAsync(work, "map", new() { ["do"] = "text", ["text"] = """{"joins":{"x":{"file":"/etc/passwd","key":"id"}},"fields":{"id":"id"}}""" }, Cancellation)).Status);
        Assert.Equal(work, (await owner.SubmitInAsync(work, "map", new() { ["do"] = "text", ["text"] = mapping }, Cancellation)).Location);
        await owner.SubmitInAsync(work, "map", new() { ["do"] = "try", ["column-4"] = "subject.location" }, Cancellation);
        var tried = await EndAsync(app, work);
        Assert.Equal((true, new ImportCounts(3, 2, 0, 0, 1, 0)), (tried.WasDry, tried.Counts));
        await using (var db = app.Store.Read()) Assert.False(await db.Signals.AnyAsync(Cancellation));
        page = await owner.GetAsync(work, Cancellation);
        Assert.True(page.Says("nothing was stored") && page.Says("\"location\":\"red\""), page.Html);

        await owner.SubmitInAsync(work, "map", new() { ["do"] = "run" }, Cancellation);
        var done = await EndAsync(app, work);
        Assert.Equal((false, 2, 1), (done.WasDry, done.Counts.Stored, done.Counts.Rejected));
        await using (var db = app.Store.Read()) Assert.Equal(["blue", "red"], await db.Signals.Select(s => s.Location!).Order().ToListAsync(Cancellation));
        var rejects = await owner.GetAsync(work + "/rejects", Cancellation);
        Assert.Contains("3,never,5,Late,green", rejects.Html, StringComparison.Ordinal);
        Assert.StartsWith("attachment", owner.Disposition, StringComparison.Ordinal);
        Assert.True((await owner.GetAsync("/settings/imports", Cancellation)).Says("answers.csv"));
        var (analyst, _) = await app.SignedInAsync(Role.Analyst, Cancellation);
        using var ___ = analyst;
        Assert.Equal(HttpStatusCode.Forbidden, (await analyst.GetAsync(work + "/rejects", Cancellation)).Status);
    }

    private static Task<Answer> UploadAsync(Browser browser, Guid source, string content)
    {
        var token = System.Text.RegularExpressions.Regex.Match(browser.Last.Html, "name=\"__RequestVerificationToken\" value=\"([^\"]*)\"").Groups[1].Value;
        var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { new StringContent(source.ToString()), "source" }, { new StringContent(content), "file", "answers.csv" } };
        return browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/settings/imports/files") { Content = form }, Cancellation);
    }

    /// <summary>The work once its run has ended.</summary>
    private static async Task<ImportWork> EndAsync(AppFactory app, string path)
    {
        var work = app.Get<ImportDesk>().Find((await app.WorkspaceAsync()).WorkspaceId, Guid.Parse(path[(path.LastIndexOf('/') + 1)..]))!;
        await work.Ended.WaitAsync(Cancellation);
        Assert.True(work.Stage == ImportStage.Done, work.Problem);
        return work;
    }

    private static async Task FillAsync(AppFactory app, int count)
    {
        using var client = app.Client(await app.CreateSourceKeyAsync());
        var signals = Enumerable.Range(0, count).Select(i => new
        {
            id = i.ToString(CultureInfo.InvariantCulture),
            occurred_at = app.Time.GetUtcNow().AddHours(-i * 5),
            text = "It came late",
            rating = new { scale = "nps", value = 2 },
        });
        (await client.PostAsJsonAsync("/api/v1/signals/batch", signals, Cancellation)).EnsureSuccessStatusCode();
    }

    private static Dictionary<string, string> With(Dictionary<string, string> form, string name, string value) => new(form) { [name] = value };
}
