using System.Net;
using System.Net.Http.Headers;
using Hark.Data.Work;
using Hark.Domain.Cases;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hark.Pages.Tests.Inbox;

public sealed class SqliteDesk(SqliteInboxApp app) : DeskSuite(app), IClassFixture<SqliteInboxApp>;

public sealed class PostgreSqlDesk(PostgreSqlInboxApp app) : DeskSuite(app), IClassFixture<PostgreSqlInboxApp>;

/// <summary>What is at hand while one works: snippets, macros, playbooks, files, many cases at once.</summary>
public abstract class DeskSuite(InboxApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Snippets_come_with_their_values_and_those_of_other_teams_do_not_come()
    {
        await SaveAsync("snippets", """{"snippets":[{"key":"sorry","name":"Sorry","text":"Dear {name}, case {case_number}. {me}"},{"key":"theirs","name":"Theirs","team":"sales","text":"Secret offer"}]}""");
        var number = await app.OpenAsync(name: "Jana <b>");
        using var agent = await app.SignInAsync(Role.Agent);
        var found = await agent.OpenAsync($"/inbox/{number}/snippets?q=");
        Assert.True(found.Says($"Dear Jana <b>, case {number}. {agent.Member.Name}"), found.Html);
        Assert.DoesNotContain("<b>", found.Html, StringComparison.Ordinal);
        Assert.False(found.Says("Secret offer"));
        Assert.False((await agent.OpenAsync($"/inbox/{number}/snippets?q=zzz")).Says("Sorry"));
        Assert.True((await agent.OpenAsync($"/inbox/{number}/mentions?q={agent.Member.Name}")).Says(agent.Member.Email));
    }

    [Fact]
    public async Task A_macro_does_all_of_it_or_nothing_and_is_taken_back_as_one()
    {
        await SaveAsync("macros", """{"macros":[{"key":"all","name":"All","severity":"critical","to_member":"me","reply":"Dear {name}","wait":true,"note":"done by macro"},{"key":"close","name":"Close","root_cause":"twice","outcome":"duplicate"},{"key":"theirs","name":"Theirs","team":"sales","note":"x"}]}""");
        var number = await app.OpenAsync(name: "Petr");
        using var agent = await app.SignInAsync(Role.Agent);
        var page = await agent.OpenAsync(number);
        Assert.False(page.Says("Theirs"));
        Assert.Equal(HttpStatusCode.BadRequest, (await agent.ActAsync(number, "macro", ("macro", "theirs"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await agent.ActAsync(number, "macro", ("macro", "all"), ("version", agent.Version))).Status);
        var done = await app.CaseAsync(number);
        Assert.Equal((CaseState.Waiting, Hark.Domain.Signals.Severity.Critical, (Guid?)agent.Member.MemberId), (done.State, done.Severity, done.AssigneeId));
        Assert.True((await agent.PostAsync("/inbox/undo", [("token", agent.Undo!)])).Status == HttpStatusCode.OK);
        var back = await app.CaseAsync(number);
        Assert.Equal((CaseState.New, Hark.Domain.Signals.Severity.Routine, (Guid?)null, (DateTimeOffset?)null), (back.State, back.Severity, back.AssigneeId, back.RespondedAt));
    }

    [Fact]
    public async Task Many_cases_are_changed_at_once_those_of_others_are_not_and_all_are_taken_back()
    {
        var numbers = new List<long>();
        for (var i = 0; i < 20; i++) numbers.Add(await app.OpenAsync());
        var foreign = await app.OpenAsync(sales: true);
        using var agent = await app.SignInAsync(Role.Agent);
        await agent.OpenAsync("/inbox?view=all");
        var answer = await agent.PostAsync("/inbox/bulk", [.. numbers.Append(foreign).Select(n => ("number", $"{n}")), ("do", "resolve"), ("root_cause", "strike"), ("outcome", "explained")]);
        Assert.True(answer.Says("20 cases changed. 1 could not be."), answer.Html);
        foreach (var number in numbers) Assert.Equal(CaseState.Resolved, (await app.CaseAsync(number)).State);
        Assert.Equal(CaseState.New, (await app.CaseAsync(foreign)).State);
        Assert.True((await agent.PostAsync("/inbox/undo", [("token", agent.Undo!)])).Says("20 cases are as they were"));
        foreach (var number in numbers) Assert.Equal(CaseState.New, (await app.CaseAsync(number)).State);
        Assert.True((await agent.PostAsync("/inbox/bulk", [("number", $"{numbers[0]}"), ("do", "explode")])).Says("missing or wrong"));
    }

    [Fact]
    public async Task A_playbook_is_shown_with_its_kind_of_case_and_its_steps_are_ticked_off_and_on()
    {
        await SaveAsync("playbooks", """{"playbooks":[{"key":"other","name":"Other","touchpoints":["checkout"],"steps":[{"key":"a","text":"Not this"}]},{"key":"help","name":"Help","touchpoints":["help"],"steps":[{"key":"a","text":"Say sorry"},{"key":"b","text":"Mend it"}]}]}""");
        var number = await app.OpenAsync();
        using var agent = await app.SignInAsync(Role.Agent);
        var page = await agent.OpenAsync(number);
        Assert.True(page.Says("Playbook: Help") && page.Says("Say sorry") && !page.Says("Not this"));
        var ticked = await agent.ActAsync(number, "steps", ("playbook", "help"), ("step", "a"), ("done", "true"), ("version", agent.Version));
        Assert.True(ticked.Says("1 / 2") && ticked.Says("step done: Say sorry"), ticked.Html);
        Assert.True((await agent.ActAsync(number, "steps", ("playbook", "help"), ("step", "a"), ("done", "false"), ("version", agent.Version))).Says("0 / 2"));
    }

    [Fact]
    public async Task Files_go_with_a_reply_and_are_only_ever_downloads_for_those_who_see_the_case()
    {
        var number = await app.OpenAsync();
        using var agent = await app.SignInAsync(Role.Agent);
        await agent.OpenAsync(number);
        var chips = await agent.UploadAsync($"/inbox/{number}/files", "../we<i>rd.html", "text/html", "<script>alert(1)</script>");
        Assert.Equal(HttpStatusCode.OK, chips.Status);
        Assert.DoesNotContain("<i>", chips.Html, StringComparison.Ordinal);
        var id = System.Text.RegularExpressions.Regex.Match(chips.Html, "name=\"attachment\" value=\"([^\"]+)\"").Groups[1].Value;
        await agent.ActAsync(number, "reply", ("text", "See the file"), ("attachment", id), ("version", agent.Version));
        await using (var db = app.App.Store.Read())
        {
            var caseId = (await app.CaseAsync(number)).CaseId;
            var mail = await db.OutboxMessages.SingleAsync(m => m.CaseId == caseId && m.Topic == "case.reply", Cancellation);
            Assert.Equal((Guid.Parse(id), "we<i>rd.html"), (EmailPayload.TryParse(mail.Payload)!.Files[0].AttachmentId, EmailPayload.TryParse(mail.Payload)!.Files[0].Name));
        }
        Assert.True((await agent.OpenAsync(number)).Says("we<i>rd.html"));
        var file = await agent.OpenAsync($"/inbox/files/{id}");
        Assert.Equal(HttpStatusCode.OK, file.Status);
        Assert.Equal("<script>alert(1)</script>", file.Html);
        Assert.StartsWith("attachment", agent.Disposition, StringComparison.Ordinal);
        using var stranger = await app.SignInAsync(Role.Agent, sales: true);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.OpenAsync($"/inbox/files/{id}")).Status);
        await stranger.OpenAsync("/inbox");
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.UploadAsync($"/inbox/{number}/files", "x.txt", "text/plain", "x")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await agent.UploadAsync($"/inbox/{number}/files", "empty.txt", "text/plain", "")).Status);
    }

    [Fact]
    public async Task Settings_pages_add_change_and_delete_and_are_for_those_who_configure()
    {
        using var owner = await app.SignInAsync(Role.ProgrammeOwner);
        foreach (var (page, fields, shown) in new (string, (string, string)[], string)[]
        {
            ("snippets", [("text", "Words {name}")], "Words {name}"), ("macros", [("note", "From the page")], "From the page"), ("playbooks", [("steps", "First\nSecond")], "First"),
        })
        {
            await owner.OpenAsync($"/settings/{page}");
            var saved = await owner.SubmitAsync("desk", [("name", "Žluťoučký <b>"), ("what", "save"), .. fields]);
            Assert.True(saved.Status == HttpStatusCode.Redirect, saved.Html);
            var listed = await owner.OpenAsync($"/settings/{page}");
            Assert.True(listed.Says("Žluťoučký <b>") && listed.Says(shown) && listed.Html.Contains("value=\"zlutoucky-b\"", StringComparison.Ordinal), listed.Html);
            var version = System.Text.RegularExpressions.Regex.Match(listed.Html, "name=\"version\" value=\"(\\d+)\"").Groups[1].Value;
            Assert.True((await owner.SubmitAsync("desk", [("key", "zlutoucky-b"), ("name", "Stale"), ("what", "save"), ("version", "0"), .. fields])).Says("Somebody else saved meanwhile"));
            await owner.OpenAsync($"/settings/{page}");
            await owner.SubmitAsync("desk", [("key", "zlutoucky-b"), ("what", "delete"), ("version", version)]);
            Assert.False((await owner.OpenAsync($"/settings/{page}")).Says("Žluťoučký"));
        }
        await owner.OpenAsync("/settings/snippets");
        Assert.True((await owner.SubmitAsync("desk", [("name", "Wrong"), ("what", "save"), ("text", "{nobody}")])).Says("has no value 'nobody' to show"));
        using var agent = await app.SignInAsync(Role.Agent);
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.OpenAsync("/settings/macros")).Status);
    }

    private async Task SaveAsync(string path, string json)
    {
        using var admin = await app.App.AdminAsync();
        var answer = await admin.PutAsync("/api/v1/" + path, new StringContent(json, new MediaTypeHeaderValue("application/json")), Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }
}
