using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hark.Data.Aggregates;
using Hark.Data.Model;
using Hark.Data.Signals;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hark.Pages.Tests.Customers;

public sealed class SqliteCustomersPlace : CustomersPlaceTests
{
    protected override TestStore Kind => TestStore.Sqlite;
}

public sealed class PostgreSqlCustomersPlace : CustomersPlaceTests
{
    protected override TestStore Kind => TestStore.PostgreSql;
}

/// <summary>The place of customers as a person without script sees it.</summary>
public abstract class CustomersPlaceTests : IAsyncLifetime
{
    /// <summary>In everything that tells who a person is.</summary>
    private const string Mark = "zqxjw", Phone = "777987654";

    private AppFactory _app = null!;
    private HttpClient _shop = null!, _web = null!, _api = null!;
    private Team _care = null!;

    protected abstract TestStore Kind { get; }
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await AccountsApp.StartAsync(Kind);
        _care = await _app.CreateTeamAsync("care");
        await _app.Get<SourceAdmin>().CreateAsync((await _app.WorkspaceAsync()).WorkspaceId, new SourceSettings { Name = "shop", Channel = Channel.Store, OwnerTeam = "care" }, Actor.System("test"));
        _shop = _app.Client(await _app.CreateSourceKeyAsync("shop"));
        _web = _app.Client(await _app.CreateSourceKeyAsync("web"));
        _api = await _app.AdminAsync();
        await _app.PersonAsync(Role.Administrator, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task People_and_accounts_are_found_by_those_who_may_see_them()
    {
        var account = new { id = "a-1", name = "Acme <b>", annual_value = 12000, currency = "EUR", renews_on = "2027-01-31" };
        await SendAsync(_shop, new { id = "1", text = "Hello", contact = new { id = "c-1", name = "Jana <script>", email = "jana@example.com", traits = new Dictionary<string, object> { ["tier"] = "<i>gold" } }, account });
        await SendAsync(_web, new { id = "2", text = "Theirs", contact = new { id = "c-2", name = "Petr Novák", phone = "+420 601 000 111" }, account = new { id = "a-2", name = "Beta" } });
        using var analyst = await SignedInAsync(Role.Analyst);
        var all = await analyst.GetAsync("/customers", Cancellation);
        Assert.True(all.Says("Jana <script>") && all.Says("Petr Novák"));
        Assert.DoesNotContain("Jana <script>", all.Html, StringComparison.Ordinal);
        foreach (var (query, found) in new[] { ("q=petr", 1), ("q=NOVÁK", 1), ("q=jana@", 1), ("q=c-1", 1), ("q=%2B420601", 1), ("q=nobody", 0), ("view=accounts", 2), ("view=accounts&q=acm", 1) })
            Assert.Equal((query, found), (query, Regex.Count((await analyst.GetAsync("/customers?" + query, Cancellation)).Html, "hk-person\"")));
        var (jana, petr) = (await ContactAsync("id=c-1"), await ContactAsync("id=c-2"));
        var page = await analyst.GetAsync($"/customers/{jana}", Cancellation);
        Assert.True(page.Says("jana@example.com") && page.Says("Acme <b>") && page.Says("12,000\u00a0EUR") && page.Says("31 Jan 2027") && page.Says("<i>gold") && page.Says("Hello"));
        Assert.DoesNotContain("<i>gold", page.Html, StringComparison.Ordinal);

        using var agent = await SignedInAsync(Role.Agent, _care.TeamId);
        var own = await agent.GetAsync("/customers", Cancellation);
        Assert.True(own.Says("Jana <script>") && !own.Says("Petr Novák"));
        Assert.False((await agent.GetAsync("/customers?q=petr", Cancellation)).Says("Petr Novák"));
        Assert.Equal(HttpStatusCode.OK, (await agent.GetAsync($"/customers/{jana}", Cancellation)).Status);
        var accounts = await agent.GetAsync("/customers?view=accounts", Cancellation);
        Assert.True(accounts.Says("Acme <b>") && !accounts.Says("Beta"));
        using var viewer = await SignedInAsync(Role.Viewer, _care.TeamId);
        Assert.False((await viewer.GetAsync("/customers", Cancellation)).Says("Jana"));
        await using var db = _app.Store.Read();
        var other = (await db.Accounts.SingleAsync(a => a.ExternalId == "a-2", Cancellation)).AccountId;
        foreach (var (browser, path) in new[] { (agent, $"/customers/{petr}"), (agent, $"/customers/accounts/{other}"), (viewer, $"/customers/{jana}"), (analyst, $"/customers/{_app.Time.NewId()}") })
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await browser.GetAsync(path, Cancellation)).Status));
        using var token = _app.Client(await _app.CreateTokenAsync(Role.Agent, null, null, _care.TeamId));
        Assert.Equal(HttpStatusCode.NotFound, (await token.GetAsync($"/api/v1/contacts/{petr}", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await token.GetAsync($"/api/v1/contacts/{jana}", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task An_account_shows_its_score_people_and_timeline()
    {
        for (var i = 0; i < 6; i++)
            await SendAsync(_web, new { id = $"s{i}", text = $"Word {i}", rating = new { scale = "nps", value = 8 }, contact = new { id = $"c-{i % 2}", name = $"Person {i % 2}" }, account = new { id = "a-1", name = "Acme", annual_value = 900 } });
        await using var db = _app.Store.Read();
        var id = (await db.Accounts.SingleAsync(Cancellation)).AccountId;
        using var browser = await SignedInAsync(Role.Analyst);
        var page = await browser.GetAsync($"/customers/accounts/{id}", Cancellation);
        Assert.True(page.Says(">80<") && page.Says("n 6") && page.Says("Person 0") && page.Says("Person 1") && page.Says("Word 5") && page.Says("Word 0"));
    }

    [Fact]
    public async Task Two_contacts_are_merged_and_parted_on_the_page()
    {
        await SendAsync(_web, new { id = "1", text = "First words", contact = new { email = "one@example.com" } });
        await SendAsync(_shop, new { id = "2", text = "Second words", contact = new { phone = "+420 601 000 222" } });
        var (one, two) = (await ContactAsync("email=one@example.com"), await ContactAsync("phone=%2B420601000222"));
        using var analyst = await SignedInAsync(Role.Analyst);
        Assert.Equal(HttpStatusCode.BadRequest, (await analyst.SubmitInAsync($"/customers/{one}", "merge", new() { ["other"] = "nobody@example.com" }, Cancellation)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await analyst.SubmitInAsync($"/customers/{one}", "merge", new() { ["other"] = "601 000 222" }, Cancellation)).Status);
        var merged = await analyst.GetAsync($"/customers/{two}", Cancellation);
        Assert.True(merged.Says("First words") && merged.Says("Second words") && merged.Says("by hand"));
        // Who saw one of them sees the person now, and still only the words of their own team.
        using var lead = await SignedInAsync(Role.TeamLead, _care.TeamId);
        var own = await lead.GetAsync($"/customers/{one}", Cancellation);
        Assert.True(own.Says("Second words") && !own.Says("First words"));
        var merge = Regex.Match(merged.Html, "name=\"merge\" value=\"([^\"]+)\"").Groups[1].Value;
        Assert.Equal(HttpStatusCode.Redirect, (await analyst.SubmitInAsync($"/customers/{two}", "part", new() { ["merge"] = merge }, Cancellation)).Status);
        Assert.False((await analyst.GetAsync($"/customers/{two}", Cancellation)).Says("First words"));
        Assert.Equal(HttpStatusCode.NotFound, (await lead.GetAsync($"/customers/{one}", Cancellation)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await lead.SubmitInAsync($"/customers/{two}", "merge", new() { ["other"] = one }, Cancellation)).Status);
        using var agent = await SignedInAsync(Role.Agent, _care.TeamId);
        await agent.GetAsync($"/customers/{two}", Cancellation);
        Assert.DoesNotContain("id=\"other\"", agent.Last.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_is_exported_then_erased_and_every_number_stays()
    {
        var person = await FillAsync();
        using var browser = await SignedInAsync(Role.ProgrammeOwner);
        var exported = await browser.GetAsync($"/customers/{person}/export.json", Cancellation);
        foreach (var part in new[] { "zqxjw@example.com", "zqxjw-ext", "zqxjwtext", "zqxjwanswer", "zqxjw-card", "zqxjwnote", "zqxjwreply", "zqxjwcomment", "zqxjwcall", "\"contact_back\":true" }) Assert.True(exported.Says(part), part);
        var before = await NumbersAsync();

        Assert.Equal(HttpStatusCode.OK, (await browser.SubmitInAsync($"/customers/{person}", "erase", [], Cancellation)).Status);
        Assert.NotEmpty(await WholeStore.FindAsync(_app.Store, _app.Database, Mark, Cancellation)); // not without being sure
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SubmitInAsync($"/customers/{person}", "erase", new() { ["sure"] = "yes" }, Cancellation)).Status);

        Assert.Empty(await WholeStore.FindAsync(_app.Store, _app.Database, Mark, Cancellation));
        Assert.Empty(await WholeStore.FindAsync(_app.Store, _app.Database, Mark[1..], Cancellation)); // an index keeps of a word only where it differs from the one before
        Assert.Empty(await WholeStore.FindAsync(_app.Store, _app.Database, Phone, Cancellation));
        Assert.NotEmpty(await WholeStore.FindAsync(_app.Store, _app.Database, "somebody else", Cancellation));
        Assert.Equal(before, await NumbersAsync());
        var differences = new List<CellDifference>();
        await _app.Get<AggregateRebuild>().CheckAsync(await _app.WorkspaceAsync(), differences.Add, Cancellation);
        Assert.Empty(differences);
        Assert.True((await browser.GetAsync($"/customers/{person}", Cancellation)).Says("An erased person"));
        Assert.True((await browser.GetAsync("/signals", Cancellation)).Says("The words were erased"));
        Assert.Contains("contact.erased", await _app.AuditAsync(Cancellation));

        // The same record again, changed, brings nothing back.
        Assert.Equal("duplicate", (await Sending.SendAsync(_web, Signal("1", "zqxjwtext once more"))).GetProperty("status").GetString());
        Assert.Empty(await WholeStore.FindAsync(_app.Store, _app.Database, Mark, Cancellation));
    }

    [Fact]
    public async Task Who_may_not_export_or_erase_does_not()
    {
        await SendAsync(_shop, new { id = "1", text = "Words", contact = new { email = "jana@example.com" } });
        var person = await ContactAsync("email=jana@example.com");
        using var lead = await SignedInAsync(Role.TeamLead, _care.TeamId);
        Assert.Equal(HttpStatusCode.Forbidden, (await lead.GetAsync($"/customers/{person}/export.json", Cancellation)).Status);
        await lead.GetAsync($"/customers/{person}", Cancellation);
        var form = lead.FieldsOf("merge");
        (form["_handler"], form["sure"]) = ("erase", "yes");
        Assert.Equal(HttpStatusCode.Forbidden, (await lead.PostFormAsync($"/customers/{person}", form, Cancellation)).Status);
        await using var db = _app.Store.Read();
        Assert.Equal("jana@example.com", (await db.Contacts.SingleAsync(Cancellation)).Email);
    }

    private static object Signal(string id, string text, int nps = 2) => new
    {
        id = Mark + id,
        text,
        touchpoint = "delivery",
        rating = new { scale = "nps", value = nps },
        contact = new { id = "zqxjw-ext", name = "Zqxjw Nováková", email = "zqxjw@example.com", phone = "+420 777 987 654", locale = "cs-CZ", traits = new Dictionary<string, object> { ["nick"] = "zqxjwnick" } },
        subject = new { order = "zqxjw-order", ticket = "zqxjw-ticket" + id },
        consent = new { contact_back = true },
        attributes = new Dictionary<string, object> { ["card"] = "zqxjw-card" },
        answers = new[] { new { question = "why", value = "zqxjwanswer" } },
    };

    /// <summary>One person in every table that can hold one, beside somebody else.</summary>
    private async Task<string> FillAsync()
    {
        await SendAsync(_web, Signal("1", "Broken, zqxjwtext"));
        await SendAsync(_web, Signal("1", "Broken, zqxjwtext and again")); // written over
        await SendAsync(_web, Signal("2", "zqxjwtext too", 9));
        await SendAsync(_web, new { id = "e1", text = "The parcel of somebody else", rating = new { scale = "nps", value = 3 }, contact = new { email = "else@example.com" } });
        var person = await ContactAsync("email=zqxjw@example.com");
        await _api.GetAsync("/api/v1/signals?contact=zqxjw@example.com", Cancellation);
        var signal = (await _api.GetFromJsonAsync<JsonElement>("/api/v1/signals?contact=zqxjw-ext", Cancellation)).GetProperty("items").EnumerateArray().Single(s => s.GetProperty("id").GetString() == Mark + "2").GetProperty("signal_id").GetString();
        using var owner = await SignedInAsync(Role.ProgrammeOwner);
        Assert.Equal(HttpStatusCode.Redirect, (await owner.SubmitInAsync($"/signals/{signal}", "open-case", new() { ["title"] = "Call Zqxjw", ["severity"] = "critical", ["team"] = "" }, Cancellation)).Status);
        await using (var read = _app.Store.Read())
        {
            foreach (var c in await read.Cases.Where(c => c.ContactId == Guid.Parse(person)).ToListAsync(Cancellation))
            {
                await ActAsync(c.CaseId, "note", new { text = "zqxjwnote" });
                await ActAsync(c.CaseId, "reply", new { text = "zqxjwreply" });
                await ActAsync(c.CaseId, "resolve", new { root_cause = "courier", outcome = "fixed" });
            }
        }
        await _app.Store.WriteAsync(async db =>
        {
            var caseId = (await db.Cases.FirstAsync(c => c.ContactId == Guid.Parse(person), Cancellation)).CaseId;
            var workspace = (await _app.WorkspaceAsync()).WorkspaceId;
            foreach (var question in await db.Verifications.ToListAsync(Cancellation)) (question.Comment, question.Solved) = ("zqxjwcomment", true);
            db.CallBacks.Add(new CallBack { WorkspaceId = workspace, CallBackId = _app.Time.NewId(), CaseId = caseId, SlotStart = _app.Time.Now(), SlotEnd = _app.Time.Now().AddHours(1), Phone = "+420" + Phone, Note = "zqxjwcall", CreatedAt = _app.Time.Now() });
            db.CaseAttachments.Add(new CaseAttachment
            {
                WorkspaceId = workspace,
                AttachmentId = _app.Time.NewId(),
                CaseId = caseId,
                Name = "zqxjwfile.txt",
                MediaType = "text/plain",
                Size = 10,
                Content = "zqxjwbytes"u8.ToArray(),
                MemberId = (await db.Members.FirstAsync(Cancellation)).MemberId,
                AddedAt = _app.Time.Now(),
                Used = true,
            });
            var mail = await db.OutboxMessages.FirstAsync(m => m.CaseId == caseId && m.Kind == OutboxKind.Email, Cancellation);
            mail.LastError = "550 zqxjw@example.com unknown";
            db.OutboxAttempts.Add(new OutboxAttempt { WorkspaceId = workspace, MessageId = mail.MessageId, Token = 1, At = _app.Time.Now(), Detail = "zqxjw@example.com" });
            db.AuditEntries.Add(new AuditEntry { WorkspaceId = workspace, EntryId = _app.Time.NewId(), At = _app.Time.Now(), ActorKind = ActorKind.Member, ActorId = "x", Action = "signal.read", TargetKind = "contact", TargetId = "Zqxjw@Example.com" });
            await db.SaveChangesAsync(Cancellation);
        }, Cancellation);
        return person;
    }

    private async Task<string> NumbersAsync()
    {
        var numbers = new List<string>();
        foreach (var metric in new[] { "count", "nps", "score", "negative_rate", "comment_rate", "cases_opened", "time_to_resolve" })
            numbers.Add(await _api.GetStringAsync($"/api/v1/metrics?metric={metric}&from=2016-01-01&grain=none", Cancellation));
        numbers.Add(await _api.GetStringAsync("/api/v1/metrics?metric=count&from=2016-01-01&group_by=touchpoint", Cancellation));
        return string.Join('\n', numbers);
    }

    private async Task ActAsync(Guid caseId, string action, object body)
    {
        var answer = await _api.PostAsJsonAsync($"/api/v1/cases/{caseId}/{action}", body, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private async Task SendAsync(HttpClient sender, object signal)
    {
        await Sending.SendAsync(sender, signal);
        await _app.Get<SearchIndexer>().RunAsync((await _app.WorkspaceAsync()).WorkspaceId, cancellation: Cancellation);
    }

    private async Task<string> ContactAsync(string query) =>
        (await _api.GetFromJsonAsync<JsonElement>("/api/v1/contacts?" + query, Cancellation)).GetProperty("contact_id").GetString()!;

    private async Task<Browser> SignedInAsync(Role role, params Guid[] teams)
    {
        var member = await _app.PersonAsync(role, Cancellation, teams);
        var browser = new Browser(_app);
        await browser.SignInAsync(member.Email, AccountsApp.Password, Cancellation);
        return browser;
    }
}
