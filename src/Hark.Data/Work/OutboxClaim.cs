using Hark.Data.Model;

namespace Hark.Data.Work;

/// <summary>A message this node may send now, with everything needed to send it.</summary>
/// <param name="Attempt">Which try this is: 1 for the first.</param>
/// <param name="Token">Proves the claim when the outcome is written.</param>
/// <param name="LeaseUntil">From here on another node may take it: sending must have ended before.</param>
public sealed record OutboxClaim(Guid WorkspaceId, Guid MessageId, OutboxKind Kind, string Destination, string Topic, string Payload, Guid? CaseId,
    Guid? ContactId, DateTimeOffset CreatedAt, int Attempt, string Owner, long Token, DateTimeOffset LeaseUntil);

/// <summary>What a try came to, as it is written.</summary>
/// <param name="State">The message's state from here on; <see cref="OutboxState.Pending"/> to try again.</param>
/// <param name="AvailableAt">When to try again; without meaning in the other states.</param>
/// <param name="Error">Why it is not sent, in words for people; null when it is.</param>
/// <param name="CountsAsAttempt">False gives the try back: the receiver was not ready, the message is not to blame.</param>
/// <param name="Tried">False when nothing left this process: no attempt is recorded.</param>
public sealed record OutboxOutcome(OutboxState State, DateTimeOffset AvailableAt, string? Error, bool CountsAsAttempt = true, bool Tried = true)
{
    public static OutboxOutcome Sent(DateTimeOffset now) => new(OutboxState.Sent, now, null);
    public static OutboxOutcome Retry(DateTimeOffset at, string error) => new(OutboxState.Pending, at, error);
    public static OutboxOutcome Later(DateTimeOffset at, string error, bool tried) => new(OutboxState.Pending, at, error, CountsAsAttempt: false, tried);
    public static OutboxOutcome Parked(DateTimeOffset now, string error) => new(OutboxState.Parked, now, error);
    public static OutboxOutcome Cancelled(DateTimeOffset now, string reason) => new(OutboxState.Cancelled, now, reason, Tried: false);
}

/// <summary>Whether an outcome was written. <see cref="LostRace"/>: the claim was taken over, and nothing was.</summary>
public enum SettleResult { Written, LostRace }

/// <summary>What became of a person's wish about a message.</summary>
public enum OutboxChange
{
    Done,
    NotFound,
    /// <summary>Being sent at this moment.</summary>
    InFlight,
    /// <summary>Not possible in its state.</summary>
    WrongState,
}
