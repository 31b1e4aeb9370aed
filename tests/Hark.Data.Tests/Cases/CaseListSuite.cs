using Hark.Data.Cases;
using Hark.Domain.Cases;
using Hark.Domain.Signals;
using Hark.Testing;
using Xunit;

namespace Hark.Data.Tests.Cases;

public sealed class SqliteCaseList : CaseListSuite
{
    protected override TestStore Kind => TestStore.Sqlite;
}

public sealed class PostgreSqlCaseList : CaseListSuite
{
    protected override TestStore Kind => TestStore.PostgreSql;
}

public abstract class CaseListSuite : IAsyncLifetime
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
    public async Task Open_ones_by_due_time_then_those_without_one_then_closed_ones_page_by_page()
    {
        var late = await _world.OpenAsync();
        var soon = await _world.OpenAsync(Severity.Critical);
        var (asked, unasked) = (await _world.OpenAsync(), await _world.OpenAsync(anonymous: true));
        foreach (var id in (Guid[])[asked, unasked]) await new ResolveCase(_world.Writer).RunAsync(_world.On(id), "courier", CaseOutcome.Fixed);
        List<Guid> all = [soon, late, asked, unasked];
        Assert.Equal(all, await IdsAsync(new()));
        var paged = new List<Guid>();
        CaseListKey? after = null;
        for (var i = 0; i < 4; i++)
        {
            var line = Assert.Single(await _world.List.ReadAsync(_world.WorkspaceId, CaseScope.All, new(), after, 1, _world.Now));
            paged.Add(line.Key.CaseId);
            after = line.Key;
        }
        Assert.Equal(all, paged);
        Assert.Empty(await _world.List.ReadAsync(_world.WorkspaceId, CaseScope.All, new(), after, 1, _world.Now));
        Assert.Equal([soon, late], await IdsAsync(new() { Open = true }));
        Assert.Equal([asked, unasked], await IdsAsync(new() { Open = false }));
    }

    [Fact]
    public async Task Equal_due_times_page_without_loss()
    {
        var ids = await _world.OpenManyAsync(7, Severity.Routine, _world.Support);
        var seen = new List<Guid>();
        CaseListKey? after = null;
        while (await _world.List.ReadAsync(_world.WorkspaceId, CaseScope.All, new(), after, 3, _world.Now) is { Count: > 0 } page)
        {
            seen.AddRange(page.Select(l => l.Key.CaseId));
            after = page[^1].Key;
        }
        Assert.Equal(ids.Order(), seen.Order());
    }

    [Fact]
    public async Task Every_filter_filters()
    {
        var mine = await _world.OpenAsync(title: "Parcel 100% broken_again");
        await new AcknowledgeCase(_world.Writer).RunAsync(_world.On(mine));
        var sales = await _world.OpenAsync(Severity.Critical, team: _world.Sales, title: "Faktura ŠPATNÁ", anonymous: true);
        await new SnoozeCase(_world.Writer).RunAsync(_world.On(sales), _world.Now.AddDays(1));

        Assert.Equal([mine], await IdsAsync(new() { States = [CaseState.Acknowledged, CaseState.Waiting] }));
        Assert.Equal([sales], await IdsAsync(new() { TeamId = _world.Sales }));
        Assert.Equal([mine], await IdsAsync(new() { AssigneeId = _world.Agent }));
        Assert.Equal([sales], await IdsAsync(new() { AssigneeId = Guid.Empty }));
        Assert.Equal([sales], await IdsAsync(new() { Severity = Severity.Critical }));
        Assert.Equal(2, (await IdsAsync(new() { SourceId = _world.Source, Channel = Channel.Web })).Count);
        Assert.Empty(await IdsAsync(new() { Channel = Channel.Chat }));
        Assert.Equal([mine], await IdsAsync(new() { ContactId = _world.Customer }));
        Assert.Equal([sales], await IdsAsync(new() { Snoozed = true }));
        Assert.Equal([sales], await IdsAsync(new() { DueBefore = _world.Now.AddHours(1) }));
        Assert.Equal([mine], await IdsAsync(new() { Text = "#1" }));
        Assert.Equal([mine], await IdsAsync(new() { Text = "pArCeL 100% broken_" }));
        Assert.Empty(await IdsAsync(new() { Text = "parcel 1000 broken" }));
        Assert.Equal([sales], await IdsAsync(new() { Text = "ŠPATNÁ" }));
        Assert.Equal([mine], await IdsAsync(new() { Text = "jana" }));
        Assert.Empty(await IdsAsync(new() { Breached = true }));
        _world.Time.Advance(TimeSpan.FromHours(1)); // due, though nobody has swept yet
        Assert.Equal([sales], await IdsAsync(new() { Breached = true }));
        Assert.Equal([mine], await IdsAsync(new() { Breached = false }));
    }

    [Fact]
    public async Task One_sees_the_cases_of_ones_teams_and_ones_own()
    {
        var (support, sales) = (await _world.OpenAsync(), await _world.OpenAsync(team: _world.Sales));
        var unrouted = (await _world.OpenManyAsync(1, Severity.Routine, null))[0];
        var scope = new CaseScope(_world.Agent, new HashSet<Guid> { _world.Support });
        Assert.Equal([support], await IdsAsync(new(), scope));
        await new AssignCase(_world.Writer).RunAsync(_world.On(sales), null, _world.Agent.ToString());
        Assert.Equal(new[] { support, sales }.Order(), (await IdsAsync(new(), scope)).Order());
        Assert.Contains(unrouted, await IdsAsync(new()));
        Assert.Empty(await IdsAsync(new(), new CaseScope(_world.Lead, new HashSet<Guid>())));
    }

    private async Task<List<Guid>> IdsAsync(CaseFilter filter, CaseScope? scope = null) =>
        [.. (await _world.List.ReadAsync(_world.WorkspaceId, scope ?? CaseScope.All, filter, null, 100, _world.Now)).Select(l => l.Key.CaseId)];
}
