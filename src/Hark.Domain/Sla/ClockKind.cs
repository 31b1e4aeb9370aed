namespace Hark.Domain.Sla;

/// <summary>What a clock waits for. Each kind runs on its own; several run on one case at once.</summary>
public enum ClockKind
{
    /// <summary>A person has taken the case.</summary>
    Acknowledge,

    /// <summary>The customer has had a first answer.</summary>
    Respond,

    /// <summary>The case is closed with a root cause and an outcome.</summary>
    Resolve,

    /// <summary>The customer has said that it is solved.</summary>
    Verify,
}

/// <summary>The instant from which a clock counts.</summary>
public enum ClockStart { CaseOpened, SignalReceived }
