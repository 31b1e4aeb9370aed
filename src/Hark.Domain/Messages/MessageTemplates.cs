using System.Collections.Frozen;
using Hark.Domain.Routing;

namespace Hark.Domain.Messages;

/// <summary>What stands under a message.</summary>
public enum MessageFooter
{
    /// <summary>The company and the number of the customer's own case.</summary>
    Case,

    /// <summary>Why it came and how to end such messages: mail that nobody asked for.</summary>
    Optional,

    /// <summary>For those who work with Hark.</summary>
    Staff,
}

/// <summary>A message Hark can send: what its texts must and may contain.</summary>
/// <param name="Key">Name in documents and rules.</param>
/// <param name="Required">Values without which the message is pointless: subject and body together must contain each.</param>
/// <param name="Optional">Values a text may leave out, beside <c>{workspace}</c>, <c>{greeting}</c> and <c>{name}</c>, which all may use.</param>
public sealed record MessageTemplate(string Key, MessageFooter Footer, IReadOnlyList<string> Required, IReadOnlyList<string> Optional)
{
    /// <summary>Everything a text of this message may contain.</summary>
    public IReadOnlyList<string> Placeholders { get; } = [.. Required, .. Optional, "workspace", "greeting", "name"];
}

/// <summary>The messages Hark can send, by key.</summary>
public static class MessageTemplates
{
    public const string CaseVerification = "case_verification";
    public const string CaseReply = "case_reply";
    public const string CallBackInvitation = "call_back_invitation";
    public const string CallBackCancelled = "call_back_cancelled";
    public const string SignalNotice = "signal_notice";
    public const string NoticeOpened = "notice_opened";
    public const string NoticeWarning = "notice_warning";
    public const string NoticeBreach = "notice_breach";
    public const string NoticeEscalation = "notice_escalation";
    public const string NoticeAssignment = "notice_assignment";
    public const string NoticeMention = "notice_mention";

    public const string Invitation = "account_invitation";
    public const string PasswordReset = "account_password_reset";

    public static IReadOnlyList<MessageTemplate> All { get; } =
    [
        new(CaseVerification, MessageFooter.Case, ["yes_url", "no_url"], ["case_number", "opened_on", "expires_on"]),
        new(CaseReply, MessageFooter.Case, ["message"], ["case_number", "opened_on", "author"]),
        new(CallBackInvitation, MessageFooter.Case, ["slot"], ["case_number", "phone"]),
        new(CallBackCancelled, MessageFooter.Case, ["slot"], ["case_number"]),
        new(RuleSet.PassiveTemplate, MessageFooter.Optional, [], []),
        new(RuleSet.PromoterTemplate, MessageFooter.Optional, [], []),
        new(SignalNotice, MessageFooter.Staff, ["url"], ["rule", "source", "touchpoint", "score", "case_number"]),
        new(Invitation, MessageFooter.Staff, ["url"], ["actor", "expires_on"]),
        new(PasswordReset, MessageFooter.Staff, ["url"], ["minutes"]),
        Notice(NoticeOpened), Notice(NoticeWarning), Notice(NoticeBreach), Notice(NoticeEscalation), Notice(NoticeAssignment), Notice(NoticeMention),
    ];

    public static FrozenDictionary<string, MessageTemplate> ByKey { get; } = All.ToFrozenDictionary(t => t.Key, StringComparer.Ordinal);

    /// <summary>Every template that a rule may name: the automatic replies to a customer and the notice of a signal.</summary>
    public static IReadOnlyList<string> Keys { get; } = [RuleSet.PassiveTemplate, RuleSet.PromoterTemplate, SignalNotice];

    private static MessageTemplate Notice(string key) =>
        new(key, MessageFooter.Staff, ["case_number", "url"], ["title", "severity", "due", "clock", "step", "actor", "note"]);
}

/// <summary>The short texts around messages and on the hosted page, with the values each must and may contain.</summary>
internal static class TextCatalogue
{
    public static FrozenDictionary<string, (string[] Required, string[] Optional)> Phrases { get; } = new Dictionary<string, (string[], string[])>
    {
        ["greeting"] = ([], []),
        ["greeting_named"] = ([], ["name"]),
        ["footer_case"] = (["case_number"], ["workspace"]),
        ["footer_optional"] = (["workspace"], []),
        ["footer_unsubscribe"] = ([], []),
        ["footer_staff"] = (["workspace"], []),
        ["call_back_summary"] = (["workspace"], []),
        ["date"] = (["day", "month", "year"], []),
        ["date_time"] = (["date", "time"], []),
        ["slot"] = (["date", "start", "end", "zone"], []),
        ["severity_critical"] = ([], []),
        ["severity_routine"] = ([], []),
        ["clock_acknowledge"] = ([], []),
        ["clock_respond"] = ([], []),
        ["clock_resolve"] = ([], []),
        ["clock_verify"] = ([], []),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static FrozenDictionary<string, (string[] Required, string[] Optional)> Page { get; } = ((string[])
    [
        "language", "languages", "question", "lead", "yes", "no", "privacy", "yes_title", "yes_text", "no_title", "no_text", "comment", "send", "comment_title",
        "change_to_no", "moved_title", "moved_text", "expired_title", "expired_text", "unknown_title", "unknown_text", "later_title", "later_text",
    ]).Select(key => (Key: key, Shape: ((string[])[], (string[])[])))
        .Append((Key: "about", Shape: (["case_number", "opened_on"], [])))
        .ToFrozenDictionary(p => p.Key, p => p.Shape, StringComparer.Ordinal);
}
