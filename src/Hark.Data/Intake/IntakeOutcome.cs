namespace Hark.Data.Intake;

/// <summary>What became of a signal.</summary>
public enum IntakeStatus { Created, Duplicate, Updated }

/// <summary>The answer to a signal, given after it is durable.</summary>
/// <param name="SignalId">Of the stored signal; for a duplicate that of the first.</param>
/// <param name="CaseId">The case it opened or joined, now or earlier; null when none.</param>
public sealed record IntakeOutcome(Guid SignalId, IntakeStatus Status, Guid? CaseId);
