namespace Hark.Data.Messages;

/// <summary>What messages in the outbox are for. Those of webhooks are part of the outside contract.</summary>
public static class MessageTopics
{
    // E-mail
    public const string Verification = "case.verification";
    public const string Reply = "case.reply";
    public const string CallBack = "case.call_back";
    public const string CaseNotice = "case.notice";
    public const string SignalNotice = "signal.notice";
    public const string AutoReply = "signal.auto_reply";
    public const string Invitation = "account.invitation";
    public const string PasswordReset = "account.password_reset";

    // Webhooks
    public const string SignalCreated = "signal.created";

    /// <summary>Sent to the one endpoint that a rule names, whatever it subscribed to.</summary>
    public const string SignalRouted = "signal.routed";
    public const string CaseOpened = "case.opened";
    public const string CaseResolved = "case.resolved";
    public const string CaseVerified = "case.verified";
    public const string CaseReopened = "case.reopened";
    public const string CaseBreached = "case.breached";

    /// <summary>Every event an endpoint may ask for.</summary>
    public static IReadOnlyList<string> Events { get; } = [SignalCreated, CaseOpened, CaseResolved, CaseVerified, CaseReopened, CaseBreached];
}
