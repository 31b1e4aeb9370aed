using System.Text.Json;
using Hark.Data.Model;
using Hark.Data.Work;
using Hark.Testing;
using Xunit;

namespace Hark.Data.Tests.Work;

public sealed class SqliteOutboxQueue : OutboxQueueSuite
{
    protected override Task<WorkStore> CreateAsync() => WorkStore.CreateAsync(TestStore.Sqlite);
}

public sealed class PostgreSqlOutboxQueue : OutboxQueueSuite
{
    [Fact]
    public async Task Claimers_pass_over_rows_that_another_transaction_holds()
    {
        await using var store = await CreateAsync();
        var first = await store.EnqueueAsync(WorkStore.Start);
        var second = await store.EnqueueAsync(WorkStore.Start.AddSeconds(1));
        var now = WorkStore.Start.AddSeconds(5);
        await store.Store.WriteAsync(async holding =>
        {
            var held = await store.Queue.ClaimAsync(holding, store.WorkspaceId, "a", now, now.AddMinutes(1), 1, default);
            Assert.Equal(first, Assert.Single(held).MessageId);
            var passed = await store.Queue.ClaimAsync(store.WorkspaceId, "b", now, TimeSpan.FromMinutes(1), 10);
            Assert.Equal(second, Assert.Single(passed).MessageId);
        });
    }

    protected override Task<WorkStore> CreateAsync() => WorkStore.CreateAsync(TestStore.PostgreSql);
}

public abstract class OutboxQueueSuite
{
    private static readonly DateTimeOffset T0 = WorkStore.Start;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    protected abstract Task<WorkStore> CreateAsync();

    private static Task<IReadOnlyList<OutboxClaim>> ClaimAsync(WorkStore store, DateTimeOffset now, string owner = "a", int limit = 10) =>
        store.Queue.ClaimAsync(store.WorkspaceId, owner, now, Lease, limit);

    private static Task<SettleResult> SettleAsync(WorkStore store, OutboxClaim claim, OutboxOutcome outcome, DateTimeOffset now) =>
        store.Queue.SettleAsync(claim, outcome, now, TimeSpan.FromMilliseconds(40));

    [Fact]
    public async Task A_message_exists_exactly_when_its_transaction_does()
    {
        await using var store = await CreateAsync();
        var email = new EmailPayload { To = "a@example.com", Subject = "s", Text = "t" };
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.Store.WriteAsync(async db =>
        {
            await store.Queue.EnqueueAsync(db, [OutboxMessages.Email(store.WorkspaceId, "test", email, T0)]);
            throw new InvalidOperationException("the change fails");
        }));
        Assert.Empty(await ClaimAsync(store, T0));
        await using var reading = store.Store.Read();
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.Queue.EnqueueAsync(reading, [OutboxMessages.Email(store.WorkspaceId, "test", email, T0)]));
    }

    [Fact]
    public async Task What_is_due_is_claimed_longest_waiting_first_and_only_once()
    {
        await using var store = await CreateAsync();
        var late = await store.EnqueueAsync(T0.AddSeconds(2));
        var early = await store.EnqueueAsync(T0.AddSeconds(1));
        await store.EnqueueAsync(T0.AddHours(1));
        Assert.Equal(T0.AddSeconds(1), await store.Queue.NextDueAsync(store.WorkspaceId));
        Assert.Empty(await ClaimAsync(store, T0));
        Assert.Equal(early, Assert.Single(await ClaimAsync(store, T0.AddSeconds(5), limit: 1)).MessageId);
        Assert.Equal(late, Assert.Single(await ClaimAsync(store, T0.AddSeconds(5), "b")).MessageId);
        Assert.Empty(await ClaimAsync(store, T0.AddSeconds(5), "c"));
    }

    [Fact]
    public async Task A_sent_message_is_done_and_its_try_is_recorded()
    {
        await using var store = await CreateAsync();
        var id = await store.EnqueueAsync(T0);
        var claim = Assert.Single(await ClaimAsync(store, T0));
        Assert.Equal(1, claim.Attempt);
        Assert.Equal(SettleResult.Written, await SettleAsync(store, claim, OutboxOutcome.Sent(T0.AddSeconds(1)), T0));
        var (message, attempts) = (await store.Queries.FindAsync(store.WorkspaceId, id))!.Value;
        Assert.Equal((OutboxState.Sent, T0.AddSeconds(1), 1), (message.State, message.SentAt, message.Attempts));
        Assert.Null(message.LeaseOwner);
        var attempt = Assert.Single(attempts);
        Assert.Equal((true, 40L, T0), (attempt.Delivered, attempt.DurationMs, attempt.At));
        Assert.Null(await store.Queue.NextDueAsync(store.WorkspaceId));
    }

    [Fact]
    public async Task A_stalled_holder_cannot_complete_after_a_take_over()
    {
        await using var store = await CreateAsync();
        var id = await store.EnqueueAsync(T0);
        var stalled = Assert.Single(await ClaimAsync(store, T0));
        Assert.Equal(T0 + Lease, await store.Queue.NextDueAsync(store.WorkspaceId));
        Assert.Empty(await ClaimAsync(store, T0 + Lease - TimeSpan.FromMilliseconds(1), "b"));
        var taken = Assert.Single(await ClaimAsync(store, T0 + Lease)); // same owner: only the token tells them apart
        Assert.Equal((id, 2, 2L), (taken.MessageId, taken.Attempt, taken.Token));
        foreach (var outcome in new[] { OutboxOutcome.Sent(T0), OutboxOutcome.Retry(T0, "x"), OutboxOutcome.Parked(T0, "x"), OutboxOutcome.Later(T0, "x", true) })
            Assert.Equal(SettleResult.LostRace, await SettleAsync(store, stalled, outcome, T0 + Lease));
        var (message, attempts) = (await store.Queries.FindAsync(store.WorkspaceId, id))!.Value;
        Assert.Equal((OutboxState.Pending, 2L), (message.State, message.LeaseToken));
        Assert.Empty(attempts);
        Assert.Equal(SettleResult.Written, await SettleAsync(store, taken, OutboxOutcome.Sent(T0), T0));
        Assert.Equal(SettleResult.LostRace, await SettleAsync(store, taken, OutboxOutcome.Parked(T0, "late"), T0));
    }

    [Fact]
    public async Task An_overrun_holder_that_nobody_overtook_still_completes()
    {
        await using var store = await CreateAsync();
        await store.EnqueueAsync(T0);
        var claim = Assert.Single(await ClaimAsync(store, T0));
        Assert.Equal(SettleResult.Written, await SettleAsync(store, claim, OutboxOutcome.Sent(T0.AddHours(1)), T0.AddHours(1)));
    }

    [Fact]
    public async Task Only_what_was_tried_uses_an_attempt()
    {
        await using var store = await CreateAsync();
        var id = await store.EnqueueAsync(T0);
        await SettleAsync(store, (await ClaimAsync(store, T0))[0], OutboxOutcome.Later(T0.AddSeconds(9), "not ready", tried: false), T0);
        Assert.Equal((0, "not ready", T0.AddSeconds(9)), await StateAsync());
        await SettleAsync(store, (await ClaimAsync(store, T0.AddSeconds(9)))[0], OutboxOutcome.Later(T0.AddSeconds(20), "429", tried: true), T0);
        Assert.Equal((0, "429", T0.AddSeconds(20)), await StateAsync());
        await SettleAsync(store, (await ClaimAsync(store, T0.AddSeconds(20)))[0], OutboxOutcome.Retry(T0.AddSeconds(30), "500"), T0);
        Assert.Equal((1, "500", T0.AddSeconds(30)), await StateAsync());
        Assert.Equal(["429", "500"], (await store.Queries.FindAsync(store.WorkspaceId, id))!.Value.Attempts.Select(a => a.Detail));

        async Task<(int, string?, DateTimeOffset)> StateAsync()
        {
            var message = await store.MessageAsync(id);
            return (message.Attempts, message.LastError, message.AvailableAt);
        }
    }

    [Fact]
    public async Task A_parked_message_is_sent_again_under_its_id_with_all_its_tries()
    {
        await using var store = await CreateAsync();
        var id = await store.EnqueueAsync(T0);
        await SettleAsync(store, (await ClaimAsync(store, T0))[0], OutboxOutcome.Parked(T0, "550 no such user"), T0);
        Assert.Empty(await ClaimAsync(store, T0.AddDays(9)));
        store.Queue.Wake.Reset();
        Assert.Equal(OutboxChange.Done, await store.Queue.RequeueAsync(store.WorkspaceId, id, T0.AddDays(9)));
        Assert.True(store.Queue.Wake.Signalled.IsCompleted);
        var again = Assert.Single(await ClaimAsync(store, T0.AddDays(9)));
        Assert.Equal((id, 1), (again.MessageId, again.Attempt));
        Assert.True(again.Token > 1);
    }

    [Fact]
    public async Task A_message_in_flight_is_left_alone_by_people()
    {
        await using var store = await CreateAsync();
        var id = await store.EnqueueAsync(T0);
        await ClaimAsync(store, T0);
        Assert.Equal(OutboxChange.InFlight, await store.Queue.RequeueAsync(store.WorkspaceId, id, T0.AddSeconds(1)));
        Assert.Equal(OutboxChange.InFlight, await store.Queue.CancelAsync(store.WorkspaceId, id, T0.AddSeconds(1), "no"));
    }

    [Fact]
    public async Task A_cancelled_message_is_not_sent_and_a_sent_one_cannot_be_cancelled()
    {
        await using var store = await CreateAsync();
        var id = await store.EnqueueAsync(T0);
        Assert.Equal(OutboxChange.Done, await store.Queue.CancelAsync(store.WorkspaceId, id, T0, "withdrawn"));
        Assert.Empty(await ClaimAsync(store, T0));
        Assert.Equal(OutboxChange.Done, await store.Queue.RequeueAsync(store.WorkspaceId, id, T0));
        await SettleAsync(store, (await ClaimAsync(store, T0))[0], OutboxOutcome.Sent(T0), T0);
        Assert.Equal(OutboxChange.WrongState, await store.Queue.CancelAsync(store.WorkspaceId, id, T0, "late"));
        Assert.Equal(OutboxChange.NotFound, await store.Queue.CancelAsync(store.WorkspaceId, Guid.CreateVersion7(T0), T0, "none"));
        Assert.Equal(OutboxChange.NotFound, await store.Queue.RequeueAsync(Guid.CreateVersion7(T0), id, T0));
    }

    [Fact]
    public async Task A_person_who_sends_again_after_the_lease_ended_fences_off_the_stalled_holder()
    {
        await using var store = await CreateAsync();
        var id = await store.EnqueueAsync(T0);
        var stalled = (await ClaimAsync(store, T0))[0];
        Assert.Equal(OutboxChange.Done, await store.Queue.RequeueAsync(store.WorkspaceId, id, T0 + Lease));
        Assert.Equal(SettleResult.LostRace, await SettleAsync(store, stalled, OutboxOutcome.Parked(T0, "x"), T0 + Lease));
    }

    [Fact]
    public async Task Holding_a_kind_back_delays_all_of_it_and_says_why()
    {
        await using var store = await CreateAsync();
        var email = await store.EnqueueAsync(T0);
        var hook = OutboxMessages.Webhook(store.WorkspaceId, Guid.CreateVersion7(T0), "case.opened", "{}", T0);
        await store.Store.WriteAsync(db => store.Queue.EnqueueAsync(db, [hook]));
        Assert.Equal(1, await store.Queue.HoldBackAsync(store.WorkspaceId, OutboxKind.Email, null, T0, T0.AddMinutes(5), "no mail server"));
        Assert.Equal(hook.MessageId, Assert.Single(await ClaimAsync(store, T0)).MessageId);
        Assert.Equal(0, await store.Queue.HoldBackAsync(store.WorkspaceId, OutboxKind.Email, "other@example.com", T0.AddMinutes(5), T0.AddHours(1), "down"));
        var held = await store.MessageAsync(email);
        Assert.Equal((OutboxState.Pending, "no mail server", 0, T0.AddMinutes(5)), (held.State, held.LastError, held.Attempts, held.AvailableAt));
    }

    [Fact]
    public async Task The_list_is_newest_first_in_pages()
    {
        await using var store = await CreateAsync();
        var ids = new List<Guid>();
        for (var n = 0; n < 5; n++) ids.Add(await store.EnqueueAsync(T0.AddSeconds(n), n % 2 == 0 ? "even@example.com" : "odd@example.com"));
        var first = await store.Queries.ListAsync(store.WorkspaceId, new OutboxFilter(), null, 2);
        Assert.Equal([ids[4], ids[3]], first.Select(m => m.MessageId));
        var rest = await store.Queries.ListAsync(store.WorkspaceId, new OutboxFilter(), first[^1].MessageId, 10);
        Assert.Equal([ids[2], ids[1], ids[0]], rest.Select(m => m.MessageId));
        var even = await store.Queries.ListAsync(store.WorkspaceId, new OutboxFilter(OutboxState.Pending, OutboxKind.Email, "even@example.com"), null, 10);
        Assert.Equal([ids[4], ids[2], ids[0]], even.Select(m => m.MessageId));
        Assert.Empty(await store.Queries.ListAsync(store.WorkspaceId, new OutboxFilter(OutboxState.Parked), null, 10));
        Assert.Empty(await store.Queries.ListAsync(Guid.CreateVersion7(T0), new OutboxFilter(), null, 10));
    }

    [Fact]
    public void Endpoints_get_the_topics_they_asked_for()
    {
        WebhookEndpoint Endpoint(string topics, DateTimeOffset? disabledAt = null) => new()
        { Key = "k", Url = "https://example.com", Secrets = "", Topics = topics, DisabledAt = disabledAt, EndpointId = Guid.CreateVersion7(T0) };

        void Data(Utf8JsonWriter json) { json.WriteStartObject(); json.WriteString("name", "Příliš"); json.WriteEndObject(); }
        WebhookEndpoint[] endpoints = [Endpoint(""), Endpoint("case.*"), Endpoint("signal.stored, case.opened"), Endpoint("case"), Endpoint("", T0)];
        var messages = OutboxMessages.Webhooks(Guid.CreateVersion7(T0), endpoints, "case.opened", Data, T0);
        Assert.Equal(endpoints[..3].Select(e => e.EndpointId.ToString()), messages.Select(m => m.Destination));
        Assert.Equal("""{"type":"case.opened","timestamp":"2026-11-22T06:00:00.000000Z","data":{"name":"Příliš"}}""", messages[0].Payload);
        Assert.Empty(OutboxMessages.Webhooks(Guid.CreateVersion7(T0), [endpoints[1]], "signal.stored", Data, T0));
    }
}
