using System.Net;
using Hark.Data.Cases;
using Hark.Data.Model;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hark.Pages.Tests.Inbox;

public sealed class SqliteInboxApp() : InboxApp(TestStore.Sqlite);

public sealed class PostgreSqlInboxApp() : InboxApp(TestStore.PostgreSql);

public sealed class SqliteInbox(SqliteInboxApp app) : InboxSuite(app), IClassFixture<SqliteInboxApp>;

public sealed class PostgreSqlInbox(PostgreSqlInboxApp app) : InboxSuite(app), IClassFixture<PostgreSqlInboxApp>;

public abstract class InboxSuite(InboxApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_case_shows_the_customers_words_first_and_every_act_changes_it()
    {
        var number = await app.OpenAsync("The parcel came a week late");
        using var agent = await app.SignInAsync(Role.Agent);
        var page = await agent.OpenAsync(number);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.True(page.Html.IndexOf("The parcel came a week late", StringComparison.Ordinal) > 0);
        Assert.True(page.Says("2 / 10"));

        foreach (var (act, fields, state) in new (string, (string, string)[], CaseState)[]
        {
            ("acknowledge", [], CaseState.Acknowledged), ("start", [], CaseState.InProgress), ("wait", [], CaseState.Waiting), ("reply", [("text", "We are sorry")], CaseState.InProgress),
            ("note", [("text", "Look at the courier")], CaseState.InProgress), ("severity", [("severity", "critical")], CaseState.InProgress),
            ("snooze", [("until", app.App.Time.GetUtcNow().AddDays(1).ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture))], CaseState.InProgress), ("wake", [], CaseState.InProgress),
            ("resolve", [("root_cause", "courier"), ("outcome", "fixed")], CaseState.Resolved), ("reopen", [], CaseState.InProgress), ("resolve", [("root_cause", "courier"), ("outcome", "fixed")], CaseState.Resolved),
            ("verify", [("solved", "true")], CaseState.Verified),
        })
        {
            var answer = await agent.ActAsync(number, act, [.. fields, ("version", agent.Version)]);
            Assert.True(answer.Status == HttpStatusCode.OK, $"{act}: {answer.Html}");
            Assert.Equal(state, (await app.CaseAsync(number)).State);
        }
        Assert.Equal(agent.Member.MemberId, (await app.CaseAsync(number)).AssigneeId);
        page = await agent.OpenAsync(number);
        Assert.True(page.Says("We are sorry") && page.Says("Look at the courier") && page.Says("resolved, Fixed: courier"));
    }

    [Fact]
    public async Task Two_people_who_resolve_the_same_case_get_a_clear_answer_and_lose_nothing()
    {
        var number = await app.OpenAsync();
        using var both = new Pair(await app.SignInAsync(Role.Agent), await app.SignInAsync(Role.TeamLead));
        var (first, second) = (both.First, both.Second);
        await first.OpenAsync(number);
        await second.OpenAsync(number);
        var version = second.Version;
        await first.ActAsync(number, "resolve", ("root_cause", "courier lost it"), ("outcome", "compensated"), ("version", first.Version));

        var answer = await second.ActAsync(number, "resolve", ("root_cause", "label torn"), ("outcome", "fixed"), ("version", version));
        Assert.Equal(HttpStatusCode.PreconditionFailed, answer.Status);
        Assert.True(answer.Says($"Somebody was faster. {first.Member.Name}: acknowledged, resolved, Compensated: courier lost it"), answer.Html);
        Assert.True(answer.Says("What you wrote is kept"));
        Assert.Contains("id=\"problem-resolve\"", answer.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"reply\"", answer.Html, StringComparison.Ordinal);
        Assert.Equal(("courier lost it", CaseOutcome.Compensated), ((await app.CaseAsync(number)).RootCause, (await app.CaseAsync(number)).Outcome!.Value));

        var again = await second.ActAsync(number, "resolve", ("root_cause", "label torn"), ("outcome", "fixed"), ("version", second.Version));
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.True(again.Says("The case is now: Resolved"));
    }

    [Fact]
    public async Task A_sent_reply_and_a_resolution_can_be_taken_back_by_who_made_them_only()
    {
        var number = await app.OpenAsync();
        using var both = new Pair(await app.SignInAsync(Role.Agent), await app.SignInAsync(Role.Agent));
        var (me, other) = (both.First, both.Second);
        await me.OpenAsync(number);
        await other.OpenAsync(number);
        await me.ActAsync(number, "reply", ("text", "We look into it"), ("version", me.Version));
        var token = me.Undo!;
        Assert.Equal(UndoChange.Window, (await MailAsync(number))[0].AvailableAt - app.App.Time.GetUtcNow());
        Assert.True((await other.PostAsync("/inbox/undo", [("token", token)])).Says("too late"));
        Assert.Equal(CaseState.InProgress, (await app.CaseAsync(number)).State);
        Assert.Equal(HttpStatusCode.OK, (await me.PostAsync("/inbox/undo", [("token", token)])).Status);
        Assert.Equal((CaseState.New, (Guid?)null), ((await app.CaseAsync(number)).State, (await app.CaseAsync(number)).AssigneeId));
        Assert.All(await MailAsync(number), m => Assert.Equal(OutboxState.Cancelled, m.State));

        await me.ActAsync(number, "resolve", ("root_cause", "courier"), ("outcome", "fixed"), ("version", me.Version));
        app.App.Time.Advance(TimeSpan.FromHours(1));
        Assert.True((await me.PostAsync("/inbox/undo", [("token", me.Undo!)])).Says("too late"));
        Assert.Equal(CaseState.Resolved, (await app.CaseAsync(number)).State);
    }

    [Theory]
    [InlineData(Role.Agent)]
    [InlineData(Role.TeamLead)]
    [InlineData(Role.Viewer)]
    public async Task A_case_of_another_team_is_not_there_whatever_way_one_asks(Role role)
    {
        var number = await app.OpenAsync("Secret words of sales", sales: true);
        using var stranger = await app.SignInAsync(role);
        var id = (await app.CaseAsync(number)).CaseId;
        var page = await stranger.OpenAsync(number);
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        foreach (var path in (string[])[$"/inbox/{number}", $"/inbox/{number}/pane", $"/inbox/{number}/parts?version=0", $"/inbox/{number}/assign", "/inbox?view=all", "/inbox/list?view=all", $"/inbox/list?view=all&q={number}"])
            Assert.False((await stranger.OpenAsync(path)).Says("Secret words of sales"), path);
        await stranger.OpenAsync("/inbox?view=all");
        foreach (var act in (string[])["acknowledge", "note", "reply", "resolve", "assign", "here", "snooze"])
            Assert.Equal(act == "here" || role != Role.Viewer ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden, (await stranger.ActAsync(number, act, ("text", "x"), ("root_cause", "x"), ("outcome", "fixed"), ("assignee", ""), ("until", "2030-01-01T10:00"))).Status);
        Assert.Equal(CaseState.New, (await app.CaseAsync(number)).State);
        Assert.NotEqual(Guid.Empty, id);
    }

    [Fact]
    public async Task A_case_of_another_workspace_cannot_be_reached()
    {
        using var agent = await app.SignInAsync(Role.Administrator);
        var other = await app.App.CreateWorkspaceAsync("Foreign " + app.App.Time.NewId());
        var owner = await app.App.CreateMemberAsync(Role.Administrator, other.WorkspaceId); // else every visitor is led to the setup of that workspace
        await app.App.Get<Hark.Data.Workspaces.MemberAdmin>().SetPasswordAsync(other.WorkspaceId, owner.MemberId, AccountsApp.Password, Actor.System("test"), Cancellation);
        var key = await app.App.CreateSourceKeyAsync(workspaceId: other.WorkspaceId);
        using var client = app.App.Client(key);
        await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(client, "/api/v1/signals", new { id = "f", text = "Foreign words", rating = new { scale = "nps", value = 0 } }, Cancellation);
        Assert.False((await agent.OpenAsync("/inbox?view=all")).Says("Foreign words"));
    }

    [Fact]
    public async Task Roles_that_only_read_see_no_way_to_work_and_have_none()
    {
        var number = await app.OpenAsync();
        using var analyst = await app.SignInAsync(Role.Analyst);
        var page = await analyst.OpenAsync(number);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain("id=\"reply\"", page.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await analyst.ActAsync(number, "acknowledge")).Status);
    }

    [Fact]
    public async Task A_post_without_the_token_of_our_page_does_nothing()
    {
        var number = await app.OpenAsync();
        using var agent = await app.SignInAsync(Role.Agent);
        await agent.OpenAsync(number);
        Assert.Equal(HttpStatusCode.BadRequest, (await agent.PostAsync($"/inbox/{number}/acknowledge", [], token: false)).Status);
        Assert.Equal(CaseState.New, (await app.CaseAsync(number)).State);
    }

    [Fact]
    public async Task A_page_that_has_the_present_version_is_told_nothing_and_an_older_one_what_is_new()
    {
        var number = await app.OpenAsync();
        using var both = new Pair(await app.SignInAsync(Role.Agent), await app.SignInAsync(Role.TeamLead));
        await both.First.OpenAsync(number);
        var (version, seen) = (both.First.Version, Uri.EscapeDataString(app.App.Time.GetUtcNow().ToString("O")));
        Assert.Equal(HttpStatusCode.NoContent, (await both.First.OpenAsync($"/inbox/{number}/parts?version={version}&since={seen}")).Status);
        app.App.Time.Advance(TimeSpan.FromMinutes(1));
        await both.Second.OpenAsync(number);
        await both.Second.ActAsync(number, "note", ("text", "The courier admits it"), ("version", both.Second.Version));
        var news = await both.First.OpenAsync($"/inbox/{number}/parts?version={version}&since={seen}");
        Assert.True(news.Says("1 change since you looked") && news.Says("The courier admits it") && news.Says("New since you looked"), news.Html);
    }

    [Fact]
    public async Task Colleagues_see_who_writes()
    {
        var number = await app.OpenAsync();
        using var both = new Pair(await app.SignInAsync(Role.Agent), await app.SignInAsync(Role.TeamLead));
        await both.First.OpenAsync(number);
        await both.Second.OpenAsync(number);
        await both.Second.ActAsync(number, "here", ("writing", "note"));
        Assert.True((await both.First.ActAsync(number, "here", ("writing", ""))).Says("is writing a note on this case"));
        await both.Second.ActAsync(number, "here", ("writing", ""));
        Assert.True((await both.First.ActAsync(number, "here")).Says("looks at this case, too"));
        app.App.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.False((await both.First.ActAsync(number, "here")).Says(both.Second.Member.Name));
    }

    [Fact]
    public async Task Merging_linking_and_calls_go_through_the_forms()
    {
        var (one, other, third) = (await app.OpenAsync(), await app.OpenAsync(), await app.OpenAsync(sales: true));
        using var agent = await app.SignInAsync(Role.Agent);
        await agent.OpenAsync(one);
        Assert.Equal(HttpStatusCode.NotFound, (await agent.ActAsync(one, "merge", ("other", $"{third}"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await agent.ActAsync(one, "link", ("other", $"#{other}"))).Status);
        Assert.True((await agent.OpenAsync(other)).Says($"linked with case {one}"));
        Assert.Equal(HttpStatusCode.OK, (await agent.ActAsync(other, "unlink", ("other", $"{one}"))).Status);
        await agent.OpenAsync(one);
        var from = app.App.Time.GetUtcNow().AddHours(3).ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(HttpStatusCode.OK, (await agent.ActAsync(one, "calls", ("from", from), ("minutes", "60"), ("phone", "+420 601 000 214"))).Status);
        await using (var db = app.App.Store.Read())
        {
            var call = await db.CallBacks.SingleAsync(b => b.Phone == "+420 601 000 214", Cancellation);
            Assert.Equal(HttpStatusCode.OK, (await agent.ActAsync(one, $"calls/{call.CallBackId}/done")).Status);
        }
        Assert.Equal(HttpStatusCode.OK, (await agent.ActAsync(one, "merge", ("other", $"{other}"))).Status);
        Assert.Equal(CaseState.Merged, (await app.CaseAsync(one)).State);
        Assert.Equal(HttpStatusCode.OK, (await agent.ActAsync(one, "unmerge")).Status);
    }

    [Fact]
    public async Task A_saved_filter_is_kept_with_its_count_and_forgotten()
    {
        await app.OpenAsync("Only this", name: "Uniquely Named");
        using var agent = await app.SignInAsync(Role.Agent);
        await agent.OpenAsync("/inbox?view=all");
        var kept = await agent.PostAsync("/inbox/filters", [("name", "Unique ones"), ("query", "q=Uniquely"), ("team", "")]);
        Assert.Equal(HttpStatusCode.Redirect, kept.Status);
        var page = await agent.OpenAsync(kept.Location!);
        Assert.True(page.Says("Unique ones") && page.Says("Only this"));
        var id = kept.Location![(kept.Location!.IndexOf("saved=", StringComparison.Ordinal) + 6)..];
        await agent.PostAsync($"/inbox/filters/{id}/delete", []);
        Assert.False((await agent.OpenAsync("/inbox?view=all")).Says("Unique ones"));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("'\"--></style></script><svg/onload=alert(1)>")]
    [InlineData("javascript:alert(1)//<a href=javascript:alert(1)>")]
    public async Task Hostile_words_are_only_words(string payload)
    {
        var number = await app.OpenAsync(payload, name: payload);
        using var agent = await app.SignInAsync(Role.Agent);
        await agent.OpenAsync(number);
        await agent.ActAsync(number, "note", ("text", payload), ("version", agent.Version));
        await agent.ActAsync(number, "reply", ("text", payload), ("version", agent.Version));
        await agent.PostAsync("/inbox/filters", [("name", payload[..Math.Min(60, payload.Length)]), ("query", "q=x")]);
        var said = await agent.ActAsync(number, "resolve", ("root_cause", payload), ("outcome", "fixed"), ("version", agent.Version));
        foreach (var answer in new[] { said, await agent.OpenAsync(number), await agent.OpenAsync("/inbox?view=all"), await agent.OpenAsync("/inbox/causes") })
        {
            Assert.DoesNotContain("<script>alert", answer.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img src=x", answer.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<svg/onload", answer.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("href=\"javascript:", answer.Html, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task A_wrong_filter_is_explained_and_a_link_from_a_mail_leads_to_the_case()
    {
        var number = await app.OpenAsync();
        using var agent = await app.SignInAsync(Role.Agent);
        Assert.True((await agent.OpenAsync("/inbox?view=never")).Says("This filter does not work"));
        Assert.Equal($"/inbox/{number}", (await agent.OpenAsync($"/inbox/{(await app.CaseAsync(number)).CaseId}")).Location);
    }

    private async Task<List<OutboxMessage>> MailAsync(long number)
    {
        var id = (await app.CaseAsync(number)).CaseId;
        await using var db = app.App.Store.Read();
        return await db.OutboxMessages.Where(m => m.CaseId == id && m.Kind == OutboxKind.Email).ToListAsync(Cancellation);
    }

    private sealed class Pair(InboxBrowser first, InboxBrowser second) : IDisposable
    {
        public InboxBrowser First => first;
        public InboxBrowser Second => second;

        public void Dispose()
        {
            first.Dispose();
            second.Dispose();
        }
    }
}
