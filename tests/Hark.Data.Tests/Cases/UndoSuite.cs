using Hark.Data.Cases;
using Hark.Data.Model;
using Hark.Data.Work;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Domain.Sla;
using Hark.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hark.Data.Tests.Cases;

public sealed class SqliteUndo : UndoSuite
{
    protected override TestStore Kind => TestStore.Sqlite;
}

public sealed class PostgreSqlUndo : UndoSuite
{
    protected override TestStore Kind => TestStore.PostgreSql;
}

public abstract class UndoSuite : IAsyncLifetime
{
    private CaseWorld _world = null!;

    protected abstract TestStore Kind { get; }

    private OutboxQueue Outbox => new(_world.Store);
    private UndoChange Undo => new(_world.Writer, Outbox);

    public async ValueTask InitializeAsync() => _world = await CaseWorld.CreateAsync(Kind);

    public async ValueTask DisposeAsync()
    {
        if (_world is not null) await _world.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private CaseCommand Held(Guid id) => _world.On(id) with { Hold = UndoChange.Window };

    [Fact]
    public async Task A_resolution_taken_back_leaves_case_clocks_and_question_as_they_were_and_nothing_is_sent()
    {
        var id = await _world.OpenAsync(joinKey: _world.Time.NewId());
        _world.Time.Advance(TimeSpan.FromMinutes(10));
        await new AcknowledgeCase(_world.Writer).RunAsync(_world.On(id));
        var (before, clocks, known) = (await _world.CaseAsync(id), await _world.ClocksAsync(id), (await _world.MessagesAsync()).Count);
        _world.Time.Advance(TimeSpan.FromMinutes(10));
        var resolved = await new ResolveCase(_world.Writer).RunAsync(Held(id), "courier", CaseOutcome.Fixed);
        Assert.All((await _world.MessagesAsync()).Skip(known), m => Assert.Equal(_world.Now + UndoChange.Window, m.AvailableAt));
        _world.Time.Advance(TimeSpan.FromSeconds(5));

        var undone = await Undo.RunAsync(_world.On(id), resolved.Value.Undo!);
        Assert.True(undone.Ok, undone.Error?.Detail);

        var after = await _world.CaseAsync(id);
        Assert.Equal(before.Before(), after.Before());
        Assert.Equal((before.DueAt, before.Breached, before.Round), (after.DueAt, after.Breached, after.Round));
        Assert.Equal(clocks.Select(Shape), (await _world.ClocksAsync(id)).Select(Shape));
        Assert.All((await _world.MessagesAsync()).Skip(known), m => Assert.Equal(OutboxState.Cancelled, m.State));
        await using var db = _world.Store.Read();
        Assert.False(await db.Verifications.AnyAsync(v => v.CaseId == id, TestContext.Current.CancellationToken));
        Assert.Equal([CaseEventKind.Resolved, CaseEventKind.VerificationAsked, CaseEventKind.Undone], (await _world.EventsAsync(id)).TakeLast(3).Select(e => e.Kind));

        static object Shape(CaseClock k) => (k.Kind, k.State, k.Terms, k.Segments, k.DueAt, k.MetAt, k.NextMomentAt, k.ElapsedMs);
    }

    [Fact]
    public async Task A_reply_can_be_called_back_until_it_leaves_and_not_after()
    {
        var id = await _world.OpenAsync();
        var sent = await new ReplyToCustomer(_world.Writer).RunAsync(Held(id), "We look into it", wait: true);
        Assert.Empty(await Outbox.ClaimAsync(_world.WorkspaceId, "node", _world.Now, TimeSpan.FromMinutes(1), 10, TestContext.Current.CancellationToken));
        Assert.True((await Undo.RunAsync(_world.On(id), sent.Value.Undo!)).Ok);
        Assert.Equal((CaseState.New, (DateTimeOffset?)null, (Guid?)null), await StandAsync(id));
        Assert.Equal(ClockState.Running, (await _world.ClocksAsync(id)).Single(k => k.Kind == ClockKind.Respond).State);

        var again = await new ReplyToCustomer(_world.Writer).RunAsync(Held(id), "We look into it", wait: false);
        _world.Time.Advance(UndoChange.Window);
        Assert.Single(await Outbox.ClaimAsync(_world.WorkspaceId, "node", _world.Now, TimeSpan.FromMinutes(1), 10, TestContext.Current.CancellationToken));
        var late = await Undo.RunAsync(_world.On(id), again.Value.Undo!);
        Assert.Equal(ErrorCodes.Conflict, late.Error?.Code);
        Assert.Equal(CaseState.InProgress, (await _world.CaseAsync(id)).State);
    }

    [Fact]
    public async Task What_somebody_has_gone_on_with_is_not_taken_back()
    {
        var id = await _world.OpenAsync();
        var snoozed = await new SnoozeCase(_world.Writer).RunAsync(Held(id), _world.Now.AddDays(1));
        await new AddNote(_world.Writer).RunAsync(_world.On(id), "I called them");
        Assert.Equal(ErrorCodes.VersionConflict, (await Undo.RunAsync(_world.On(id), snoozed.Value.Undo!)).Error?.Code);
        Assert.NotNull((await _world.CaseAsync(id)).SnoozedUntil);
    }

    [Fact]
    public async Task A_change_that_changed_nothing_has_no_way_back()
    {
        var id = await _world.OpenAsync();
        Assert.Null((await new AssignCase(_world.Writer).RunAsync(Held(id), "support", null)).Value.Undo);
    }

    [Fact]
    public async Task The_join_key_stays_with_the_case_that_took_it_meanwhile()
    {
        var key = _world.Time.NewId();
        var id = await _world.OpenAsync(joinKey: key);
        var resolved = await new ResolveCase(_world.Writer).RunAsync(Held(id), "courier", CaseOutcome.Fixed);
        var other = await _world.OpenAsync(joinKey: key);
        Assert.True((await Undo.RunAsync(_world.On(id), resolved.Value.Undo!)).Ok);
        Assert.Equal((null, key), ((await _world.CaseAsync(id)).JoinKey, (await _world.CaseAsync(other)).JoinKey));
    }

    private async Task<(CaseState, DateTimeOffset?, Guid?)> StandAsync(Guid id)
    {
        var c = await _world.CaseAsync(id);
        return (c.State, c.RespondedAt, c.AssigneeId);
    }
}
