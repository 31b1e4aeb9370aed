using Hark.Data.Cases;
using Hark.Data.Identity;
using Hark.Data.Signals;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hark.Data.Tests.Cases;

public sealed class SqlitePulseStore : PulseStoreSuite
{
    protected override TestStore Kind => TestStore.Sqlite;
}

public sealed class PostgreSqlPulseStore : PulseStoreSuite
{
    protected override TestStore Kind => TestStore.PostgreSql;
}

/// <summary>What Pulse and the palette read of cases and customers, and that each sees only what is theirs.</summary>
public abstract class PulseStoreSuite : IAsyncLifetime
{
    private CaseWorld _world = null!;

    protected abstract TestStore Kind { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await CaseWorld.CreateAsync(Kind);

    public async ValueTask DisposeAsync()
    {
        if (_world is not null) await _world.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Due_counts_leave_out_what_waits_for_the_customer_and_what_is_others()
    {
        await _world.OpenManyAsync(3, Severity.Routine, _world.Support);
        var waiting = await _world.OpenAsync();
        await _world.OpenAsync(team: _world.Sales);
        await new WaitForCustomer(_world.Writer).RunAsync(_world.On(waiting));
        _world.Time.Advance(TimeSpan.FromHours(80)); // beyond the verify clock, too
        var counts = new CaseCounts(_world.Store);
        Assert.Equal(new DueCounts(5, 4, 0), await counts.DueAsync(_world.WorkspaceId, CaseScope.All, _world.Now, _world.Now.AddHours(1), Cancellation));
        Assert.Equal(new DueCounts(4, 3, 0), await counts.DueAsync(_world.WorkspaceId, Of(_world.Support), _world.Now, _world.Now.AddHours(1), Cancellation));
        Assert.Equal(new DueCounts(0, 0, 0), await counts.DueAsync(_world.WorkspaceId, new(_world.Time.NewId(), new HashSet<Guid>()), _world.Now, _world.Now.AddHours(1), Cancellation));
        var ours = await _world.List.ReadAsync(_world.WorkspaceId, CaseScope.All, new() { Open = true, Waiting = false }, null, 10, _world.Now, Cancellation);
        Assert.DoesNotContain(ours, l => l.Key.CaseId == waiting);
        Assert.Equal(4, ours.Count);
    }

    [Fact]
    public async Task Cases_behind_signals_come_in_due_order_and_only_those_to_be_worked_on_now()
    {
        var first = await _world.OpenAsync();
        _world.Time.Advance(TimeSpan.FromMinutes(5));
        var (second, waiting, snoozed) = (await _world.OpenAsync(), await _world.OpenAsync(), await _world.OpenAsync());
        _world.Time.Advance(TimeSpan.FromMinutes(5));
        var theirs = await _world.OpenAsync(team: _world.Sales);
        await new WaitForCustomer(_world.Writer).RunAsync(_world.On(waiting));
        await new SnoozeCase(_world.Writer).RunAsync(_world.On(snoozed), _world.Now.AddHours(2), Cancellation);
        await _world.OpenAsync(); // about something else
        await _world.Store.WriteAsync(db => db.Signals.Where(s => s.CaseId == first || s.CaseId == second || s.CaseId == waiting || s.CaseId == snoozed || s.CaseId == theirs)
            .ExecuteUpdateAsync(u => u.SetProperty(s => s.Issue, "paid_twice"), Cancellation), Cancellation);
        var (behind, filter) = (new CasesBehind(_world.Store), new SignalFilter { Values = new Dictionary<string, IReadOnlyList<string>> { ["issue"] = ["paid_twice"] } });
        Assert.Equal([first, second, theirs], (await behind.ReadAsync(_world.WorkspaceId, CaseScope.All, filter, 10, Cancellation)).Select(c => c.CaseId));
        Assert.Equal([first, second], (await behind.ReadAsync(_world.WorkspaceId, Of(_world.Support), filter, 10, Cancellation)).Select(c => c.CaseId));
        Assert.Equal([first], (await behind.ReadAsync(_world.WorkspaceId, CaseScope.All, filter, 1, Cancellation)).Select(c => c.CaseId));
        Assert.Empty(await behind.ReadAsync(_world.WorkspaceId, new(_world.Time.NewId(), new HashSet<Guid>()), filter, 10, Cancellation));
    }

    [Fact]
    public async Task Glances_show_words_and_the_clocks_of_the_present_round()
    {
        var id = await _world.OpenAsync();
        await new ResolveCase(_world.Writer).RunAsync(_world.On(id), "courier", CaseOutcome.NoActionNeeded);
        await new ReopenCase(_world.Writer).RunAsync(_world.On(id), "again", Cancellation);
        var glance = (await new CaseGlances(_world.Store).ReadAsync(_world.WorkspaceId, [id], Cancellation))[id];
        Assert.Equal("It came late", glance.Words);
        Assert.NotEmpty(glance.Clocks);
        Assert.All(glance.Clocks, c => Assert.Equal(2, c.Round));
        Assert.Empty(await new CaseGlances(_world.Store).ReadAsync(_world.WorkspaceId, [], Cancellation));
    }

    [Fact]
    public async Task Persons_are_found_by_name_in_any_case_and_only_by_who_works_for_them()
    {
        await _world.OpenAsync();
        var finder = new ContactFinder(_world.Store);
        foreach (var words in (string[])["jana", "Jana Ž"])
            Assert.Equal([_world.Customer], (await finder.FindAsync(_world.WorkspaceId, Persons(null), words, 5, Cancellation)).Select(c => c.ContactId));
        Assert.Single(await finder.FindAsync(_world.WorkspaceId, Persons(_world.Support), "jana", 5, Cancellation));
        Assert.Empty(await finder.FindAsync(_world.WorkspaceId, Persons(_world.Sales), "jana", 5, Cancellation));
        Assert.Empty(await finder.FindAsync(_world.WorkspaceId, Persons(null), "100%", 5, Cancellation));
        Assert.Empty(await finder.FindAsync(_world.Time.NewId(), Persons(null), "jana", 5, Cancellation));
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(50, false)]
    public async Task Words_are_kept_as_long_as_their_source_promises(int days, bool erased)
    {
        var id = await _world.OpenAsync();
        _world.Time.Advance(TimeSpan.FromDays(40));
        var recent = await _world.OpenAsync();
        var workspace = await _world.Snapshots.GetAsync(_world.WorkspaceId, Cancellation);
        Assert.Equal(erased ? 1 : 0, await new OldWords(_world.Store, _world.Time).EraseAsync(workspace, workspace.SourceById[_world.Source], _world.Now.AddDays(-days), Cancellation));
        await using var db = _world.Store.Read();
        var left = await db.Signals.Where(s => db.Verbatims.Any(v => v.WorkspaceId == s.WorkspaceId && v.SignalId == s.SignalId)).Select(s => s.CaseId).ToListAsync(Cancellation);
        Assert.Equal(erased ? [recent] : [id, recent], left.OfType<Guid>().Order());
        Assert.Equal(2, await db.Signals.CountAsync(Cancellation));
        Assert.Equal(erased ? 1 : 0, await db.AuditEntries.CountAsync(a => a.Action == "verbatims.erased", Cancellation));
    }

    private CaseScope Of(Guid team) => new(_world.Agent, new HashSet<Guid> { team });

    private static PersonScope Persons(Guid? team) => team is { } t ? new(new(Guid.Empty, new HashSet<Guid> { t }), new WordScope([t], [])) : new(CaseScope.All, null);
}
