namespace Hark.Domain.Signals;

/// <summary>Where a signal was heard.</summary>
public enum Channel { Web, App, Email, Sms, Chat, Push, Kiosk, Call, Store, Review, Ticket, Social, Meeting, Usage }

/// <summary>Said (a rating, a comment), done elsewhere (a ticket, a review, a call) or inferred from behaviour.</summary>
public enum SignalKind { Direct, Indirect, Inferred }

/// <summary>Whether a signal or case may wait its turn.</summary>
public enum Severity { Routine, Critical }

/// <summary>The side a text takes. <see cref="Unknown"/> where the model abstains.</summary>
public enum SentimentLabel { Negative, Neutral, Positive, Unknown }
