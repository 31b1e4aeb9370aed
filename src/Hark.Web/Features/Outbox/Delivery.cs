using Hark.Data.Model;
using Hark.Data.Work;

namespace Hark.Web.Features.Outbox;

/// <summary>What a try to send came to.</summary>
public abstract record Delivery
{
    private Delivery() { }

    /// <summary>The receiver took it.</summary>
    public sealed record Delivered : Delivery;

    /// <summary>It will never be taken as it is: parked.</summary>
    public sealed record Refused(string Reason) : Delivery;

    /// <summary>It may be taken later; the try counts.</summary>
    /// <param name="RetryAfter">What the receiver asked for.</param>
    /// <param name="Unreachable">No answer at all: what else waits for the same destination is spared the try for a while.</param>
    public sealed record Failed(string Reason, TimeSpan? RetryAfter = null, bool Unreachable = false) : Delivery;

    /// <summary>The receiver is busy, or we are not set up rightly: later, and the message is not to blame.</summary>
    /// <param name="After">Not before; null leaves it to the worker.</param>
    public sealed record NotNow(string Reason, TimeSpan? After = null) : Delivery;

    /// <summary>Nobody wants it any more: cancelled.</summary>
    public sealed record Withdrawn(string Reason) : Delivery;
}

/// <summary>Sends messages of one kind.</summary>
public interface IOutboxSender
{
    OutboxKind Kind { get; }
    RetrySchedule Schedule { get; }

    /// <summary>A try takes no longer than this.</summary>
    TimeSpan Timeout { get; }

    /// <summary>Why nothing of this kind can be sent at present, in words for the operator; null when it can.</summary>
    string? Unready { get; }

    /// <summary>Whose failure makes others of the same key wait: one receiver, or the server that sends for all of them (null).</summary>
    string? DestinationOf(OutboxClaim claim);

    /// <summary>One try. Expected failures are values; an exception counts as <see cref="Delivery.Failed"/>.</summary>
    Task<Delivery> SendAsync(OutboxClaim claim, DateTimeOffset now, CancellationToken cancellation);
}
