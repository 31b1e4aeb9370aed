using System.Diagnostics;
using Hark.Data.Model;
using Hark.Data.Work;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Web.Infrastructure.Workers;

namespace Hark.Web.Features.Outbox;

/// <summary>
/// Sends what waits in the outbox: claims a batch, sends it in parallel with few at a time to each destination, and writes each outcome as soon as it is known.
/// </summary>
/// <remarks>
/// A claim is only sent while its lease outlasts the sender's time-out, so another node takes a message over only when this one is gone or stalled; the
/// token then keeps the stalled one from writing. Several lanes run at once, so a slow receiver does not hold up the others.
/// </remarks>
public sealed class OutboxWorker(OutboxQueue queue, WorkspaceSnapshots workspaces, IEnumerable<IOutboxSender> senders, NodeName node, TimeProvider time,
    ILogger<OutboxWorker> logger) : Worker(time, logger)
{
    public const int BatchSize = 32;

    /// <summary>In one lane.</summary>
    public const int ParallelPerDestination = 2;

    /// <summary>Must exceed the longest time-out of a sender by far: the rest of a batch waits for its turn within it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);

    /// <summary>How long a kind that cannot be sent at all waits for the next look.</summary>
    private static readonly TimeSpan UnreadyWait = TimeSpan.FromMinutes(5);

    /// <summary>Where a receiver said "too many" without saying until when.</summary>
    private static readonly TimeSpan BusyWait = TimeSpan.FromMinutes(1);

    private readonly Dictionary<OutboxKind, IOutboxSender> _senders = senders.ToDictionary(s => s.Kind);
    private readonly DestinationHealth _destinations = new();
    private readonly TimeProvider _time = time;

    public override string Name => "outbox";

    protected override int Lanes => 4;

    protected override WakeSignal Wake => queue.Wake;

    public override async Task<WorkerRun> RunOnceAsync(DateTimeOffset now, CancellationToken cancellation = default)
    {
        var (done, next) = (0, (DateTimeOffset?)null);
        foreach (var workspace in await workspaces.AllAsync(cancellation))
        {
            var run = await RunWorkspaceAsync(workspace.WorkspaceId, now, cancellation);
            done += run.Done;
            if (next is null || run.Next < next) next = run.Next ?? next;
        }
        return new WorkerRun(done, next);
    }

    private async Task<WorkerRun> RunWorkspaceAsync(Guid workspaceId, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await queue.NextDueAsync(workspaceId, cancellation) is not { } due) return new WorkerRun(0, null);
        if (due > now) return new WorkerRun(0, due);
        foreach (var sender in _senders.Values)
            if (sender.Unready is { } reason) await queue.HoldBackAsync(workspaceId, sender.Kind, null, now, now + UnreadyWait, reason, cancellation);
        var claims = await queue.ClaimAsync(workspaceId, node.Value, now, Lease, BatchSize, cancellation);
        await Task.WhenAll(claims.GroupBy(c => KeyOf(c)).Select(g => SendAllAsync(g.Key, [.. g], cancellation)));
        return new WorkerRun(claims.Count, await queue.NextDueAsync(workspaceId, cancellation));
    }

    private Task SendAllAsync(string destination, IReadOnlyList<OutboxClaim> claims, CancellationToken cancellation) =>
        Parallel.ForEachAsync(claims, new ParallelOptions { MaxDegreeOfParallelism = ParallelPerDestination },
            async (claim, _) => await SendOneAsync(destination, claim, cancellation));

    private async Task SendOneAsync(string destination, OutboxClaim claim, CancellationToken cancellation)
    {
        var sender = _senders[claim.Kind];
        var startedAt = _time.Now();
        var started = _time.GetTimestamp();
        var outcome = BeforeSending(sender, destination, claim, startedAt, cancellation);
        if (outcome is null)
        {
            var delivery = await TryAsync(sender, claim, startedAt, cancellation);
            outcome = await JudgeAsync(sender, destination, claim, delivery);
        }
        // Written even while the node is stopping: what was sent must be known as sent.
        var result = await queue.SettleAsync(claim, outcome, startedAt, _time.GetElapsedTime(started), CancellationToken.None);
        if (result == SettleResult.LostRace)
            logger.LogWarning("Message {MessageId} was taken over while it was being sent here; its outcome was not written", claim.MessageId);
        else if (outcome.State == OutboxState.Parked)
            logger.LogWarning("Message {MessageId} ({Topic}) is parked: {Reason}", claim.MessageId, claim.Topic, outcome.Error);
    }

    /// <summary>Reasons not to try at all.</summary>
    private OutboxOutcome? BeforeSending(IOutboxSender sender, string destination, OutboxClaim claim, DateTimeOffset now, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return OutboxOutcome.Later(now, "The node stopped before it was its turn.", tried: false);
        if (now + sender.Timeout > claim.LeaseUntil) return OutboxOutcome.Later(now, "It was not its turn before its lease ended.", tried: false);
        if (_destinations.DownUntil(destination, now) is { } until) return OutboxOutcome.Later(until, "The destination did not answer a moment ago.", tried: false);
        // Claimed more often than there are tries: its senders died without an outcome, again and again.
        return claim.Attempt > sender.Schedule.Tries
            ? OutboxOutcome.Parked(now, "The last try ended without an outcome: the node that made it stopped. It may have been delivered.") with { Tried = false }
            : null;
    }

    private async Task<Delivery> TryAsync(IOutboxSender sender, OutboxClaim claim, DateTimeOffset now, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(sender.Timeout, _time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            return await sender.SendAsync(claim, now, ended.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return new Delivery.Failed(FormattableString.Invariant($"No answer within {sender.Timeout.TotalSeconds:0} s."), Unreachable: true);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new Delivery.NotNow("The node stopped while it was being sent.", TimeSpan.Zero);
        }
        catch (Exception e)
        {
            logger.LogError(e, "Sending message {MessageId} failed unexpectedly", claim.MessageId);
            return new Delivery.Failed("Unexpected error: " + e.Message);
        }
    }

    private async Task<OutboxOutcome> JudgeAsync(IOutboxSender sender, string destination, OutboxClaim claim, Delivery delivery)
    {
        var now = _time.Now();
        if (delivery is Delivery.Failed { Unreachable: true } failure) await SpareAsync(sender, destination, claim, now, failure.Reason);
        else if (delivery is not Delivery.Withdrawn) _destinations.Answered(destination);
        return delivery switch
        {
            Delivery.Delivered => OutboxOutcome.Sent(now),
            Delivery.Refused refused => OutboxOutcome.Parked(now, refused.Reason),
            Delivery.Withdrawn withdrawn => OutboxOutcome.Cancelled(now, withdrawn.Reason),
            Delivery.NotNow notNow => OutboxOutcome.Later(now + RetrySchedule.Bounded(notNow.After ?? BusyWait), notNow.Reason, tried: true),
            Delivery.Failed failed => sender.Schedule.After(claim.Attempt, failed.RetryAfter, Random.Shared.NextDouble()) is { } wait
                ? OutboxOutcome.Retry(now + wait, failed.Reason)
                : OutboxOutcome.Parked(now, FormattableString.Invariant($"Given up after {claim.Attempt} tries. {failed.Reason}")),
            _ => throw new UnreachableException(),
        };
    }

    private async Task SpareAsync(IOutboxSender sender, string destination, OutboxClaim claim, DateTimeOffset now, string reason)
    {
        var until = _destinations.Failed(destination, now);
        await queue.HoldBackAsync(claim.WorkspaceId, claim.Kind, sender.DestinationOf(claim), now, until, "Waiting for the destination: " + reason, CancellationToken.None);
    }

    private string KeyOf(OutboxClaim claim) => EnumNames<OutboxKind>.Of(claim.Kind) + ":" + _senders[claim.Kind].DestinationOf(claim);
}
