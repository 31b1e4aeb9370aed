using System.Net;
using Hark.Data.Cases;
using Hark.Data.Messages;
using Hark.Data.Model;
using Hark.Domain.Cases;
using Hark.Domain.Messages;
using Hark.Domain.Signals;
using Hark.Domain.Sla;
using Hark.Domain.Workspaces;
using Hark.Web.Infrastructure.CustomerPages;
using Hark.Web.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hark.Web.Tests.Features.Verification;

public sealed class VerificationTests : IAsyncLifetime
{
    private AppFactory _app = null!;
    private HttpClient _client = null!;
    private Guid _workspace, _case, _contact;
    private string _token = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await AppFactory.StartAsync();
        _client = _app.Client(null);
        _workspace = (await _app.WorkspaceAsync()).WorkspaceId;
        (_case, _contact) = (Guid.CreateVersion7(_app.Time.GetUtcNow()), Guid.CreateVersion7(_app.Time.GetUtcNow()));
        await AddResolvedAsync("cs-CZ");
        _token = Link(1, TimeSpan.FromDays(7));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Get_and_head_show_the_question_and_change_nothing()
    {
        var before = await StateAsync();
        foreach (var query in (string[])["", "?a=yes", "?a=no", "?a=yes&l=fa"])
        {
            using var shown = await _client.GetAsync(Path(_token) + query, Cancellation);
            Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
            using var head = await _client.SendAsync(new HttpRequestMessage(HttpMethod.Head, Path(_token) + query), Cancellation);
            Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        }
        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task The_page_is_small_private_and_carries_strict_headers()
    {
        using var response = await _client.GetAsync(Path(_token) + "?a=yes", Cancellation);
        var html = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal("default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.Contains("noindex", Assert.Single(response.Headers.GetValues("X-Robots-Tag")), StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.DoesNotContain("style=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("the customer's own words", html, StringComparison.Ordinal);
        Assert.DoesNotContain("jana@example.com", html, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"cs\" dir=\"ltr\">", html, StringComparison.Ordinal);
        Assert.Contains("1042", html, StringComparison.Ordinal);
        var css = await _client.GetByteArrayAsync(CustomerStyles.Path, Cancellation);
        Assert.InRange(html.Length + css.Length, 1, 20_000);
        Assert.Contains($"href=\"{CustomerStyles.Path}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_language_has_its_page_and_Persian_runs_from_right_to_left()
    {
        foreach (var language in Languages.All)
        {
            var html = await _client.GetStringAsync(Path(_token) + "?l=" + language, Cancellation);
            Assert.Contains($"<html lang=\"{language}\" dir=\"{(language == "fa" ? "rtl" : "ltr")}\">", html, StringComparison.Ordinal);
            Assert.Contains(CustomerPage.Text(MessageBook.Standard[language].Page("question")), html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Yes_verifies_once_however_often_it_is_pressed()
    {
        Assert.Contains(Czech("yes_title"), await PostAsync("a", "yes"), StringComparison.Ordinal);
        var after = await StateAsync();
        Assert.Equal((CaseState.Verified, 1), (after.State, after.Round));
        Assert.True(after.Solved);
        Assert.Contains(Czech("yes_title"), await PostAsync("a", "yes"), StringComparison.Ordinal);
        Assert.Equal(after, await StateAsync());
        await using var db = _app.Store.Read();
        Assert.Equal(ClockState.Met, (await db.CaseClocks.SingleAsync(k => k.CaseId == _case && k.Kind == ClockKind.Verify && k.Round == 1, Cancellation)).State);
    }

    [Fact]
    public async Task No_reopens_once_in_a_fresh_round_with_fresh_clocks()
    {
        Assert.Contains(Czech("no_title"), await PostAsync("a", "no"), StringComparison.Ordinal);
        var after = await StateAsync();
        Assert.Equal(2, after.Round);
        Assert.False(after.Solved);
        Assert.Contains(Czech("no_title"), await PostAsync("a", "no"), StringComparison.Ordinal);
        Assert.Equal(after, await StateAsync());
        await using var db = _app.Store.Read();
        Assert.True(await db.CaseClocks.AnyAsync(k => k.CaseId == _case && k.Round == 2, Cancellation));
        Assert.True((await db.Cases.SingleAsync(c => c.CaseId == _case, Cancellation)).IsOpen);
    }

    [Fact]
    public async Task A_comment_after_no_is_kept_once()
    {
        await PostAsync("a", "no");
        var words = "pořád chybí šroubek\n<script>alert(1)</script>";
        Assert.Contains(Czech("comment_title"), await PostAsync("comment", words.Replace("\n", "\r\n", StringComparison.Ordinal)), StringComparison.Ordinal);
        await PostAsync("comment", words);
        await using var db = _app.Store.Read();
        Assert.Equal(words, Assert.Single(await db.CaseEvents.Where(e => e.CaseId == _case && e.Kind == CaseEventKind.CustomerReplied).ToListAsync(Cancellation)).Text);
        Assert.Equal(words, (await db.Verifications.SingleAsync(v => v.CaseId == _case, Cancellation)).Comment);
    }

    [Fact]
    public async Task A_yes_may_be_taken_back_and_a_no_may_not()
    {
        await PostAsync("a", "yes");
        Assert.Contains(Czech("no_title"), await PostAsync("a", "no"), StringComparison.Ordinal);
        var after = await StateAsync();
        Assert.Equal(2, after.Round);
        Assert.False(after.Solved);
        Assert.Contains(Czech("no_title"), await PostAsync("a", "yes"), StringComparison.Ordinal);
        Assert.Equal(after, await StateAsync());
    }

    [Fact]
    public async Task Two_answers_at_once_are_one()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync("a", "no")));
        Assert.Equal(2, (await StateAsync()).Round);
    }

    [Fact]
    public async Task A_link_of_an_earlier_round_says_that_the_case_moved_on()
    {
        await PostAsync("a", "no");
        await ResolveAsync();
        var before = await StateAsync();
        Assert.Contains(Czech("moved_title"), await PostAsync("a", "yes"), StringComparison.Ordinal);
        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task An_expired_link_is_gone_and_answers_nothing()
    {
        var before = await StateAsync();
        _app.Time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        using (var still = await _client.GetAsync(Path(_token), Cancellation)) Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        _app.Time.Advance(TimeSpan.FromSeconds(1));
        using var get = await _client.GetAsync(Path(_token), Cancellation);
        using var post = await _client.PostAsync(Path(_token), Form("a", "yes"), Cancellation);
        Assert.Equal(HttpStatusCode.Gone, get.StatusCode);
        Assert.Equal(HttpStatusCode.Gone, post.StatusCode);
        Assert.Contains(Czech("expired_title"), await post.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task Forged_and_foreign_links_are_not_found()
    {
        var before = await StateAsync();
        var other = (await _app.CreateWorkspaceAsync()).WorkspaceId;
        var expires = _app.Time.GetUtcNow().AddDays(1);
        string[] tokens =
        [
            "x", "%20", new string('A', 600), Flip(_token, 0), Flip(_token, _token.Length / 2), Flip(_token, _token.Length - 2), _token[..^4],
            _app.Get<Hark.Web.Features.Outbox.Email.UnsubscribeLinks>().TokenFor(_workspace, _contact),
            _app.Get<VerificationLinks>().TokenFor(new(other, _case, 1, expires)),
            _app.Get<VerificationLinks>().TokenFor(new(_workspace, _contact, 1, expires)), Link(2, TimeSpan.FromDays(1)),
        ];
        foreach (var token in tokens)
        {
            using var get = await _client.GetAsync(Path(token), Cancellation);
            using var post = await _client.PostAsync(Path(token), Form("a", "yes"), Cancellation);
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (get.StatusCode, post.StatusCode));
            Assert.Contains("This link does not work", await get.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }
        Assert.Equal(before, await StateAsync());
    }

    [Theory]
    [InlineData("a", "maybe")]
    [InlineData("b", "yes")]
    public async Task A_form_that_is_no_answer_is_refused_with_the_question(string name, string value)
    {
        using var response = await _client.PostAsync(Path(_token), Form(name, value), Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(Czech("question"), await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private static string Path(string token) => "/v/" + token;
    private static string Czech(string key) => CustomerPage.Text(MessageBook.Standard["cs"].Page(key));
    private static FormUrlEncodedContent Form(string name, string value) => new([KeyValuePair.Create(name, value)]);
    private static string Flip(string token, int at) => token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..];
    private string Link(int round, TimeSpan valid) => _app.Get<VerificationLinks>().TokenFor(new(_workspace, _case, round, _app.Time.GetUtcNow() + valid));

    private async Task<string> PostAsync(string name, string value)
    {
        using var response = await _client.PostAsync(Path(_token), Form(name, value), Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync(Cancellation);
    }

    private async Task<(CaseState State, int Round, long Version, bool? Solved, int Events, int Outbox)> StateAsync()
    {
        await using var db = _app.Store.Read();
        var c = await db.Cases.SingleAsync(x => x.CaseId == _case, Cancellation);
        var v = await db.Verifications.SingleAsync(x => x.CaseId == _case && x.Round == 1, Cancellation);
        return (c.State, c.Round, c.Version, v.Solved, await db.CaseEvents.CountAsync(e => e.CaseId == _case, Cancellation), await db.OutboxMessages.CountAsync(Cancellation));
    }

    private async Task AddResolvedAsync(string locale)
    {
        var now = _app.Time.GetUtcNow();
        var source = (await _app.Get<Data.Workspaces.SourceAdmin>().CreateAsync(_workspace, new() { Name = "shop", Channel = Channel.Web }, Actor.System("test"))).Value;
        await _app.Store.WriteAsync(async db =>
        {
            db.Contacts.Add(new Contact { WorkspaceId = _workspace, ContactId = _contact, CanonicalId = _contact, Email = "jana@example.com", Name = "Jana", Locale = locale, FirstSignalAt = now, LastSignalAt = now, CreatedAt = now });
            var opened = Case.Open(new() { WorkspaceId = _workspace, CaseId = _case, Number = 1042, Severity = Severity.Routine, OpenedAt = now, FirstSignalId = _case, SignalAt = now, SourceId = source.SourceId, Channel = Channel.Web, ContactId = _contact, Title = "the customer's own words" });
            db.Cases.Add(opened);
            var snapshot = await _app.Get<Data.Workspaces.WorkspaceSnapshots>().GetAsync(_workspace, Cancellation);
            db.CaseClocks.AddRange(CaseClocks.Start(Data.Workspaces.WorkspacePolicies.Of(snapshot), opened, [], null, now));
            await db.SaveChangesAsync(Cancellation);
        }, Cancellation);
        await ResolveAsync();
    }

    private async Task ResolveAsync()
    {
        var resolve = new ResolveCase(_app.Get<CaseWriter>());
        var command = new CaseCommand(_workspace, _case, CaseScope.All, Actor.System("test"));
        Assert.True((await resolve.RunAsync(command, "screw missing", CaseOutcome.Fixed, cancellation: Cancellation)).Ok);
    }
}
