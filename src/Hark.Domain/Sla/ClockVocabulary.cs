namespace Hark.Domain.Sla;
public enum ClockKind { Acknowledge, Respond, Resolve, Verify }
public enum ClockState { Running, Paused, Met, Cancelled }
