using Hark.Data.Cases;
using Hark.Data.Model;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Testing;
using Xunit;

namespace Hark.Data.Tests.Cases;

public sealed class SqliteInboxStore : InboxStoreSuite
{
    protected override TestStore Kind => TestStore.Sqlite;
}

public sealed class PostgreSqlInboxStore : InboxStoreSuite
{
    protected override TestStore Kind => TestStore.PostgreSql;
}

public abstract class InboxStoreSuite : IAsyncLifetime
{
    private CaseWorld _world = null!;

    protected abstract TestStore Kind { get; }

    public async ValueTask InitializeAsync() => _world = await CaseWorld.CreateAsync(Kind);

    public async ValueTask DisposeAsync()
    {
        if (_world is not null) await _world.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Counts_are_what_the_list_shows_and_stop_at_their_bound()
    {
        await _world.OpenManyAsync(5, Severity.Routine, _world.Support);
        var (waiting, asked, mine) = (await _world.OpenAsync(team: _world.Sales), await _world.OpenAsync(), await _world.OpenAsync());
        await new WaitForCustomer(_world.Writer).RunAsync(_world.On(waiting));
        await new ResolveCase(_world.Writer).RunAsync(_world.On(asked), "courier", CaseOutcome.Fixed);
        await new RequestCallBack(_world.Writer, _world.Time).RunAsync(_world.On(mine), new(_world.Now.AddHours(1), _world.Now.AddHours(2), null, null));
        await new AssignCase(_world.Writer).RunAsync(_world.On(mine), null, _world.Agent.ToString());
        foreach (var (filter, expected) in new (CaseFilter, int)[]
        {
            (new() { Open = true }, 7), (new() { Waiting = true }, 1), (new() { Asked = true }, 1), (new() { AssigneeId = _world.Agent, Open = true }, 1), (new() { CallBefore = _world.Now.AddHours(3) }, 1),
            (new() { CallBefore = _world.Now.AddHours(1) }, 0), (new() { TeamIds = new HashSet<Guid> { _world.Sales }, Open = true }, 1), (new() { Text = "Late", Open = true }, 7), (new() { Location = "Brno" }, 0),
        })
        {
            Assert.Equal(expected, await Query.CountAsync(_world.WorkspaceId, CaseScope.All, filter, 100, _world.Now, TestContext.Current.CancellationToken));
            Assert.Equal(expected, (await Query.ReadAsync(_world.WorkspaceId, CaseScope.All, filter, null, 100, _world.Now, TestContext.Current.CancellationToken)).Count);
        }
        Assert.Equal(3, await Query.CountAsync(_world.WorkspaceId, CaseScope.All, new CaseFilter(), 3, _world.Now, TestContext.Current.CancellationToken));
        Assert.Equal(0, await Query.CountAsync(_world.WorkspaceId, new(_world.Time.NewId(), new HashSet<Guid>()), new CaseFilter(), 100, _world.Now, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Who_has_a_case_on_the_screen_is_known_until_they_are_silent()
    {
        var (id, looks, cancellation) = (await _world.OpenAsync(), new CaseLooks(_world.Store), TestContext.Current.CancellationToken);
        await looks.SeeAsync(_world.WorkspaceId, id, _world.Agent, null, _world.Now, cancellation);
        await looks.SeeAsync(_world.WorkspaceId, id, _world.Lead, CaseWriting.Note, _world.Now, cancellation);
        Assert.Equal([(_world.Lead, (CaseWriting?)CaseWriting.Note)], (await looks.OthersAsync(_world.WorkspaceId, id, _world.Agent, _world.Now, cancellation)).Select(l => (l.MemberId, l.Writing)));
        var first = _world.Now;
        _world.Time.Advance(CaseLooks.Beat * 3);
        await looks.SeeAsync(_world.WorkspaceId, id, _world.Lead, null, _world.Now, cancellation);
        Assert.Empty(await looks.OthersAsync(_world.WorkspaceId, id, _world.Lead, _world.Now, cancellation));
        Assert.Equal(first, (await looks.LastAsync(_world.WorkspaceId, id, _world.Agent, cancellation))!.SeenAt);
        Assert.Equal([id], (await looks.SeenAsync(_world.WorkspaceId, _world.Agent, [id, _world.Time.NewId()], cancellation)).Keys);
    }

    [Fact]
    public async Task Saved_filters_are_ones_own_and_those_of_ones_teams()
    {
        var (saved, cancellation) = (new SavedFilters(_world.Store, _world.Time), TestContext.Current.CancellationToken);
        var (agent, lead, stranger) = (Scope(_world.Agent, _world.Support), Scope(_world.Lead, _world.Support), Scope(_world.Lead, _world.Sales));
        var own = (await saved.CreateAsync(_world.WorkspaceId, agent, null, "Mine", "severity=critical", cancellation)).Value;
        await saved.CreateAsync(_world.WorkspaceId, agent, _world.Support, "Ours", "channel=web", cancellation);
        Assert.Equal(["Mine", "Ours"], (await saved.ListAsync(_world.WorkspaceId, agent, cancellation)).Select(f => f.Name));
        Assert.Equal(["Ours"], (await saved.ListAsync(_world.WorkspaceId, lead, cancellation)).Select(f => f.Name));
        Assert.Empty(await saved.ListAsync(_world.WorkspaceId, stranger, cancellation));
        Assert.Equal(ErrorKind.NotFound, (await saved.CreateAsync(_world.WorkspaceId, agent, _world.Sales, "Theirs", "channel=web", cancellation)).Error?.Kind);
        Assert.Equal(ErrorKind.Invalid, (await saved.CreateAsync(_world.WorkspaceId, agent, null, " ", "channel=web", cancellation)).Error?.Kind);
        Assert.Equal(ErrorKind.NotFound, (await saved.DeleteAsync(_world.WorkspaceId, _world.Lead, own.FilterId, cancellation)).Error?.Kind);
        Assert.True((await saved.DeleteAsync(_world.WorkspaceId, _world.Agent, own.FilterId, cancellation)).Ok);
        Assert.Equal(["Ours"], (await saved.ListAsync(_world.WorkspaceId, agent, cancellation)).Select(f => f.Name));
    }

    [Fact]
    public async Task A_link_stands_on_both_cases_and_a_step_in_the_timeline()
    {
        var (one, other) = (await _world.OpenAsync(), await _world.OpenAsync(team: _world.Sales));
        var theirs = new CaseCommand(_world.WorkspaceId, one, Scope(_world.Agent, _world.Support), _world.ByAgent);
        Assert.Equal(ErrorKind.NotFound, (await new LinkCase(_world.Writer).RunAsync(theirs, other, linked: true)).Error?.Kind);
        Assert.Equal(ErrorKind.Invalid, (await new LinkCase(_world.Writer).RunAsync(_world.On(one), one, linked: true)).Error?.Kind);
        Assert.True((await new LinkCase(_world.Writer).RunAsync(_world.On(one), other, linked: true)).Ok);
        Assert.Equal(other, CaseEvents.Detail((await _world.EventsAsync(one))[^1].Data)!.CaseId);
        Assert.Equal(one, CaseEvents.Detail((await _world.EventsAsync(other))[^1].Data)!.CaseId);
        Assert.True((await new TickStep(_world.Writer).RunAsync(_world.On(one), "late", "apologise", done: true)).Ok);
        Assert.Equal((CaseEventKind.StepDone, "apologise"), ((await _world.EventsAsync(one))[^1].Kind, CaseEvents.Detail((await _world.EventsAsync(one))[^1].Data)!.StepKey));
        await new ResolveCase(_world.Writer).RunAsync(_world.On(one), "courier", CaseOutcome.Fixed);
        Assert.Equal(ErrorCodes.CaseState, (await new TickStep(_world.Writer).RunAsync(_world.On(one), "late", "apologise", done: false)).Error?.Code);
    }

    private CaseListQuery Query => new(_world.Store);

    private static CaseScope Scope(Guid member, Guid team) => new(member, new HashSet<Guid> { team });
}
