using System.Net;
using Hark.Data.Accounts;
using Hark.Data.Messages;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Testing;
using Xunit;
using static Hark.Web.Testing.AccountsApp;

namespace Hark.Pages.Tests.Accounts;

/// <summary>Invitations, members, teams, the audit log, and who may open what.</summary>
public sealed class PeopleTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task An_invitation_makes_one_member_with_the_role_and_team_that_were_meant(TestStore store)
    {
        await using var app = await StartAsync(store);
        var team = await app.CreateTeamAsync("delivery");
        var (browser, _) = await app.SignedInAsync(Role.Administrator, Cancellation);
        using var __ = browser;
        await browser.GetAsync("/settings/members", Cancellation);
        var sent = await browser.SubmitAsync("invite", new() { ["email"] = "Petr@Example.com", ["role"] = "team_lead", ["team"] = team.TeamId.ToString() }, Cancellation);
        Assert.Equal("/settings/members?done=invited", sent.Location);
        var link = await app.LinkAsync(MessageTopics.Invitation, Cancellation);

        using var petr = new Browser(app);
        Assert.True((await petr.GetAsync(link, Cancellation)).Says("petr@example.com"));
        Assert.Equal(HttpStatusCode.BadRequest, (await petr.SubmitAsync("invitation", new() { ["name"] = "Petr", ["password"] = "short" }, Cancellation)).Status);
        Assert.Equal(HttpStatusCode.Found, (await petr.SubmitAsync("invitation", new() { ["name"] = "Petr", ["password"] = Password }, Cancellation)).Status);
        Assert.Equal(HttpStatusCode.OK, (await petr.GetAsync("/account", Cancellation)).Status);
        var workspace = await app.WorkspaceAsync();
        var member = workspace.MemberByEmail["petr@example.com"];
        Assert.Equal((Role.TeamLead, team.TeamId), (member.Role, Assert.Single(workspace.TeamsOfMember[member.MemberId])));

        using var again = new Browser(app);
        Assert.Equal(HttpStatusCode.Gone, (await again.GetAsync(link, Cancellation)).Status);
        var audit = await app.AuditAsync(Cancellation);
        Assert.Contains("invitation.sent", audit);
        Assert.Contains("invitation.accepted", audit);
    }

    [Fact]
    public async Task An_invitation_ends_by_itself_when_taken_back_and_when_sent_again()
    {
        await using var app = await StartAsync();
        var (browser, _) = await app.SignedInAsync(Role.Administrator, Cancellation);
        using var __ = browser;
        await browser.GetAsync("/settings/members", Cancellation);
        await browser.SubmitAsync("invite", new() { ["email"] = "a@example.com", ["role"] = "agent" }, Cancellation);
        var first = await app.LinkAsync(MessageTopics.Invitation, Cancellation);
        app.Time.Advance(TimeSpan.FromMinutes(1)); // mail ids are in order of time
        await browser.GetAsync("/settings/members", Cancellation);
        await browser.SubmitAsync("invitation", new() { ["what"] = "again" }, Cancellation);
        var second = await app.LinkAsync(MessageTopics.Invitation, Cancellation);
        using var guest = new Browser(app);
        Assert.Equal(HttpStatusCode.Gone, (await guest.GetAsync(first, Cancellation)).Status);
        Assert.Equal(HttpStatusCode.OK, (await guest.GetAsync(second, Cancellation)).Status);
        app.Time.Advance(Invitations.ValidFor);
        Assert.Equal(HttpStatusCode.Gone, (await guest.GetAsync(second, Cancellation)).Status);
        Assert.Equal(HttpStatusCode.Gone, (await guest.GetAsync("/invitation/0000", Cancellation)).Status);
    }

    [Theory]
    [InlineData(Role.Administrator, true, true, true)]
    [InlineData(Role.ProgrammeOwner, false, true, false)]
    [InlineData(Role.Analyst, false, false, false)]
    [InlineData(Role.TeamLead, false, false, false)]
    [InlineData(Role.Agent, false, false, false)]
    [InlineData(Role.Viewer, false, false, false)]
    public async Task Settings_open_for_the_roles_that_may(Role role, bool members, bool teams, bool audit)
    {
        await using var app = await StartAsync();
        var (browser, _) = await app.SignedInAsync(role, Cancellation);
        using var __ = browser;
        foreach (var (page, may) in ((string, bool)[])[("members", members), ("teams", teams), ("audit", audit)])
            Assert.Equal(may ? HttpStatusCode.OK : HttpStatusCode.Forbidden, (await browser.GetAsync("/settings/" + page, Cancellation)).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account", Cancellation)).Status);
    }

    [Fact]
    public async Task A_disabled_member_is_out_at_once()
    {
        await using var app = await StartAsync();
        var (browser, member) = await app.SignedInAsync(Role.Agent, Cancellation);
        using var _ = browser;
        var (admin, me) = await app.SignedInAsync(Role.Administrator, Cancellation);
        using var __ = admin;
        await admin.GetAsync("/settings/members", Cancellation);
        await admin.SubmitAsync("member", new() { ["id"] = member.MemberId.ToString(), ["role"] = "agent", ["what"] = "disable" }, Cancellation);
        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/account", Cancellation)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.SignInAsync(member.Email, Password, Cancellation)).Status);
        Assert.NotEqual(me.MemberId, member.MemberId);
    }

    [Fact]
    public async Task Another_workspaces_people_are_not_there()
    {
        await using var app = await StartAsync();
        var other = await app.CreateWorkspaceAsync();
        var theirs = await app.CreateMemberAsync(Role.Agent, other.WorkspaceId);
        var (admin, _) = await app.SignedInAsync(Role.Administrator, Cancellation);
        using var __ = admin;
        Assert.False((await admin.GetAsync("/settings/members", Cancellation)).Says(theirs.Email));
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.SubmitAsync("member", new() { ["id"] = theirs.MemberId.ToString(), ["role"] = "viewer", ["what"] = "disable" }, Cancellation)).Status);
        await admin.GetAsync("/settings/audit", Cancellation);
        Assert.False(admin.Last.Says(theirs.MemberId.ToString()));
    }

    [Fact]
    public async Task Teams_are_made_and_filled_and_the_audit_log_finds_it()
    {
        await using var app = await StartAsync();
        var (admin, member) = await app.SignedInAsync(Role.Administrator, Cancellation);
        using var __ = admin;
        await admin.GetAsync("/settings/teams", Cancellation);
        Assert.Equal(HttpStatusCode.Found, (await admin.SubmitAsync("team", new() { ["name"] = "Stores", ["key"] = "stores" }, Cancellation)).Status);
        var team = (await app.WorkspaceAsync()).TeamByKey["stores"];
        await admin.GetAsync("/settings/teams", Cancellation);
        await admin.SubmitAsync("places", new() { ["id"] = team.TeamId.ToString(), ["place-" + member.MemberId] = "lead" }, Cancellation);
        var place = Assert.Single((await app.WorkspaceAsync()).TeamMembers, m => m.TeamId == team.TeamId);
        Assert.Equal((member.MemberId, true), (place.MemberId, place.Lead));
        Assert.True((await admin.GetAsync($"/settings/audit?about=team&by={member.MemberId}", Cancellation)).Says("team.members_changed"));
        Assert.False((await admin.GetAsync("/settings/audit?about=invitation", Cancellation)).Says("team.members_changed"));
    }
}
