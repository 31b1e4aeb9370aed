using FsCheck;
using FsCheck.Fluent;
using Hark.Data.Model;
using Hark.Data.Work;
using Hark.Testing;
using Xunit;

namespace Hark.Data.Tests.Work;

public sealed class SqliteOutboxHistory : OutboxHistorySuite
{
    protected override Task<WorkStore> CreateAsync() => WorkStore.CreateAsync(TestStore.Sqlite);
}

public sealed class PostgreSqlOutboxHistory : OutboxHistorySuite
{
    protected override Task<WorkStore> CreateAsync() => WorkStore.CreateAsync(TestStore.PostgreSql);
}

/// <summary>Two workers, a receiver, crashes and leases that run out, in any order: nothing is lost, nothing is marked twice, a repeat has the same id.</summary>
public abstract class OutboxHistorySuite
{
    /// <summary>What may happen next. <c>Send</c> delivers and writes the outcome; <c>SendAndDie</c> delivers and never writes it; <c>Fail</c> does not deliver.</summary>
    public enum Step { Enqueue, Claim, Send, Fail, SendAndDie, Die, Wait, WaitLong, Requeue }

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    protected abstract Task<WorkStore> CreateAsync();

    [Fact]
    public async Task No_history_loses_a_message_or_marks_it_twice()
    {
        await using var store = await CreateAsync();
        var steps = Gen.Zip(Gen.Elements(Enum.GetValues<Step>()), Gen.Choose(0, 1)).ListOf(40);
        Prop.ForAll(steps.ToArbitrary(), history => Task.Run(async () =>
        {
            var run = new History(store);
            foreach (var (step, worker) in history) await run.DoAsync(step, worker);
            await run.FinishAsync();
            return run.Fault is null ? true : throw new InvalidOperationException(run.Fault);
        }).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    private sealed class History(WorkStore store)
    {
        private readonly Guid _workspace = Guid.CreateVersion7(WorkStore.Start);
        private readonly Queue<OutboxClaim>[] _held = [new(), new()];
        private readonly HashSet<Guid> _enqueued = [];
        private readonly List<Guid> _received = [];
        private readonly Dictionary<Guid, int> _marked = [];
        private readonly Dictionary<Guid, int> _unconfirmed = [];
        private readonly Dictionary<Guid, int> _repeated = [];
        private DateTimeOffset _now = WorkStore.Start;

        public string? Fault { get; private set; }

        public async Task DoAsync(Step step, int worker)
        {
            switch (step)
            {
                case Step.Enqueue: await EnqueueAsync(); break;
                case Step.Claim: await ClaimAsync(worker, 2); break;
                case Step.Send: await SettleAsync(worker, delivered: true); break;
                case Step.Fail: await SettleAsync(worker, delivered: false); break;
                case Step.SendAndDie: if (_held[worker].TryDequeue(out var lost)) { Receive(lost.MessageId); Count(_unconfirmed, lost.MessageId); } break;
                case Step.Die: _held[worker].Clear(); break;
                case Step.Wait: _now += TimeSpan.FromSeconds(10); break;
                case Step.WaitLong: _now += Lease; break;
                case Step.Requeue: await RequeueAsync(); break;
            }
        }

        /// <summary>The trouble ends: one good worker finishes what is left.</summary>
        public async Task FinishAsync()
        {
            for (var round = 0; round < 20; round++)
            {
                _now += Lease + Lease;
                while (await ClaimAsync(0, 50) > 0)
                    while (_held[0].Count > 0) await SettleAsync(0, delivered: true);
            }
            while (_held[1].Count > 0) await SettleAsync(1, delivered: true); // wakes up much too late
            var states = await store.Queries.ListAsync(_workspace, new OutboxFilter(), null, 500);
            foreach (var id in _enqueued)
            {
                var received = _received.Count(r => r == id);
                var explained = 1 + _unconfirmed.GetValueOrDefault(id) + _repeated.GetValueOrDefault(id);
                if (states.SingleOrDefault(m => m.MessageId == id)?.State != OutboxState.Sent) Fault = $"{id} was not sent";
                else if (received == 0) Fault = $"{id} was lost";
                else if (_marked[id] != 1 + _repeated.GetValueOrDefault(id)) Fault = $"{id} was marked {_marked[id]} times";
                else if (received > explained) Fault = $"{id} was received {received} times, explained {explained}";
            }
            if (_received.Any(r => !_enqueued.Contains(r))) Fault = "an id came from nowhere";
        }

        private async Task EnqueueAsync()
        {
            var message = OutboxMessages.Email(_workspace, "test", new EmailPayload { To = "a@example.com", Subject = "s", Text = "t" }, _now);
            await store.Store.WriteAsync(db => store.Queue.EnqueueAsync(db, [message]));
            _enqueued.Add(message.MessageId);
        }

        private async Task<int> ClaimAsync(int worker, int limit)
        {
            var claims = await store.Queue.ClaimAsync(_workspace, "worker-" + worker, _now, Lease, limit);
            foreach (var claim in claims) _held[worker].Enqueue(claim);
            return claims.Count;
        }

        private async Task SettleAsync(int worker, bool delivered)
        {
            if (!_held[worker].TryDequeue(out var claim)) return;
            if (delivered) Receive(claim.MessageId);
            var outcome = delivered ? OutboxOutcome.Sent(_now) : OutboxOutcome.Retry(_now.AddSeconds(5), "no answer");
            var result = await store.Queue.SettleAsync(claim, outcome, _now, TimeSpan.Zero);
            if (!delivered) return;
            Count(result == SettleResult.Written ? _marked : _unconfirmed, claim.MessageId);
        }

        private async Task RequeueAsync()
        {
            if (_enqueued.Count == 0) return;
            var id = _enqueued.Min();
            var sent = (await store.Queries.FindAsync(_workspace, id))!.Value.Message.State == OutboxState.Sent;
            if (await store.Queue.RequeueAsync(_workspace, id, _now) == OutboxChange.Done && sent) Count(_repeated, id);
        }

        private void Receive(Guid id) => _received.Add(id);

        private static void Count(Dictionary<Guid, int> counts, Guid id) => counts[id] = counts.GetValueOrDefault(id) + 1;
    }
}
