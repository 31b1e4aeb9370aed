using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Hark.Data.Model;
using Hark.Data.Work;
using Hark.Data.Workspaces;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Domain.Messages;

namespace Hark.Data.Messages;

/// <summary>
/// Makes the rows of the outbox for everything Hark has to say, to be inserted in the caller's transaction. Pure: no I/O, no clock. A message nobody can or
/// may get is null. Texts are parsed once per workspace snapshot; a message costs some 10 µs.
/// </summary>
[SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "Callers hold one composer; which message needs the settings is its own matter.")]
public sealed class MessageComposer(MessageSettings settings)
{
    /// <summary>"Did we solve it?" Null when the customer has no e-mail address. Goes to the unsubscribed too: it is about their own case.</summary>
    /// <param name="url">The customer's own link, to which <c>?a=yes</c> or <c>?a=no</c> is added; see <see cref="VerificationLinks"/>.</param>
    /// <param name="expiresAt">Until when the link works.</param>
    public OutboxMessage? Verification(WorkspaceSnapshot workspace, Case about, MailRecipient to, string url, DateTimeOffset expiresAt, DateTimeOffset now)
    {
        if (!to.Reachable) return null;
        var texts = Texts(workspace, to.Locale, about.Language);
        var values = CaseValues(workspace, about, to, texts);
        (values["yes_url"], values["no_url"]) = (url + "?a=yes", url + "?a=no");
        values["expires_on"] = texts.Dates.Date(expiresAt, workspace.Zone);
        return Email(workspace, MessageTopics.Verification, Render(workspace, MessageTemplates.CaseVerification, texts, values), to, now, about, p => p);
    }

    /// <summary>What a member wrote to the customer, with greeting and case number around it. Null when there is no address.</summary>
    /// <param name="author">The member's name as the customer shall see it; null shows only the company.</param>
    /// <param name="references">Message-IDs of earlier messages, oldest first.</param>
    /// <param name="files">What goes with it.</param>
    public OutboxMessage? Reply(WorkspaceSnapshot workspace, Case about, MailRecipient to, string text, string? author, DateTimeOffset now,
        IReadOnlyList<string>? references = null, IReadOnlyList<EmailFile>? files = null)
    {
        if (!to.Reachable) return null;
        var texts = Texts(workspace, to.Locale, about.Language);
        var values = CaseValues(workspace, about, to, texts);
        (values["message"], values["author"]) = (text.Trim(), author);
        return Email(workspace, MessageTopics.Reply, Render(workspace, MessageTemplates.CaseReply, texts, values), to, now, about,
            p => p with { References = references ?? [], Automatic = false, Files = files ?? [] });
    }

    /// <summary>The invitation to a call-back, or its cancellation when the call-back is cancelled; with an iCalendar part when mail can be sent at all.</summary>
    public OutboxMessage? CallBack(WorkspaceSnapshot workspace, Case about, MailRecipient to, CallBack callBack, DateTimeOffset now)
    {
        if (!to.Reachable) return null;
        var texts = Texts(workspace, to.Locale, about.Language);
        var values = CaseValues(workspace, about, to, texts);
        values["slot"] = texts.Dates.Slot(callBack.SlotStart, callBack.SlotEnd, workspace.Zone);
        values["phone"] = callBack.Phone;
        var key = callBack.State == CallBackState.Cancelled ? MessageTemplates.CallBackCancelled : MessageTemplates.CallBackInvitation;
        var message = Render(workspace, key, texts, values);
        var calendar = settings.MailFrom is { } from ? CallBackCalendar.Of(callBack, to, workspace.Workspace.Name, from, texts, values, workspace.Zone, now) : null;
        return Email(workspace, MessageTopics.CallBack, message, to, now, about, p => p with { Calendar = calendar });
    }

    /// <summary>The automatic answer to a signal. Null without an address, and for who unsubscribed: nobody asked for it.</summary>
    /// <param name="template">One of <see cref="MessageTemplates.Keys"/>; a rule may name no other.</param>
    /// <param name="language">The signal's, for when the person's own is unknown.</param>
    public OutboxMessage? AutoReply(WorkspaceSnapshot workspace, string template, MailRecipient to, string? language, DateTimeOffset now)
    {
        if (!to.Reachable || to.Unsubscribed || !MessageTemplates.ByKey.TryGetValue(template, out var known) || known.Footer != MessageFooter.Optional) return null;
        var texts = Texts(workspace, to.Locale, language);
        var unsubscribe = settings.UnsubscribeUrl(workspace.WorkspaceId, to.ContactId);
        var values = new Dictionary<string, string?>(StringComparer.Ordinal) { ["workspace"] = workspace.Workspace.Name, ["name"] = to.Name };
        return Email(workspace, MessageTopics.AutoReply, Render(workspace, template, texts, values, unsubscribe), to, now, null,
            p => p with { UnsubscribeUrl = unsubscribe });
    }

    /// <summary>One e-mail for each address, in the workspace's language.</summary>
    /// <param name="addresses">Of members and teams; each once, ignoring case.</param>
    public IReadOnlyList<OutboxMessage> Notice(WorkspaceSnapshot workspace, CaseNotice notice, Case about, IEnumerable<string> addresses, DateTimeOffset now)
    {
        var texts = Texts(workspace);
        var values = CaseValues(workspace, about, null, texts);
        (values["title"], values["url"]) = (about.Title, settings.CaseUrl(about.CaseId));
        values["severity"] = texts.Phrase("severity_" + EnumNames<Domain.Signals.Severity>.Of(about.Severity));
        values["clock"] = notice.Clock is { } clock ? texts.Phrase("clock_" + EnumNames<Domain.Sla.ClockKind>.Of(clock)) : null;
        values["due"] = (notice.DueAt ?? about.DueAt) is { } due ? texts.Dates.DateTime(due, workspace.Zone) : null;
        values["step"] = notice.Step?.ToString(CultureInfo.InvariantCulture);
        (values["actor"], values["note"]) = (notice.Actor, notice.Note);
        return Staff(workspace, MessageTopics.CaseNotice, Render(workspace, notice.Template.Key, texts, values), addresses, now, about.CaseId);
    }

    /// <summary>A rule's notice of a signal, for each address.</summary>
    public IReadOnlyList<OutboxMessage> Notice(WorkspaceSnapshot workspace, SignalNotice notice, IEnumerable<string> addresses, DateTimeOffset now)
    {
        var texts = Texts(workspace);
        var values = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["workspace"] = workspace.Workspace.Name,
            ["url"] = settings.SignalUrl(notice.SignalId),
            ["rule"] = notice.Rule,
            ["source"] = notice.Source,
            ["touchpoint"] = notice.Touchpoint,
            ["score"] = notice.Score?.ToString("0", CultureInfo.InvariantCulture),
            ["case_number"] = notice.CaseNumber?.ToString(CultureInfo.InvariantCulture),
        };
        return Staff(workspace, MessageTopics.SignalNotice, Render(workspace, MessageTemplates.SignalNotice, texts, values), addresses, now, notice.CaseId);
    }

    /// <summary>Asks somebody to become a member.</summary>
    /// <param name="actor">Name of who invites; null leaves it out.</param>
    public OutboxMessage Invitation(WorkspaceSnapshot workspace, string email, string url, string? actor, DateTimeOffset expiresAt, DateTimeOffset now)
    {
        var texts = Texts(workspace);
        var values = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["workspace"] = workspace.Workspace.Name,
            ["url"] = url,
            ["actor"] = actor,
            ["expires_on"] = texts.Dates.Date(expiresAt, workspace.Zone),
        };
        return Staff(workspace, MessageTopics.Invitation, Render(workspace, MessageTemplates.Invitation, texts, values), [email], now, null)[0];
    }

    /// <summary>The way to a new password for who forgot theirs.</summary>
    /// <param name="minutes">How long the link works.</param>
    public OutboxMessage PasswordReset(WorkspaceSnapshot workspace, Member member, string url, int minutes, DateTimeOffset now)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["workspace"] = workspace.Workspace.Name,
            ["url"] = url,
            ["name"] = member.Name,
            ["minutes"] = minutes.ToString(CultureInfo.InvariantCulture),
        };
        var message = Render(workspace, MessageTemplates.PasswordReset, Texts(workspace, member.InterfaceLanguage), values);
        return Staff(workspace, MessageTopics.PasswordReset, message, [member.Email], now, null)[0];
    }

    /// <summary>An event for each enabled endpoint that wants it; see <see cref="MessageTopics.Events"/>.</summary>
    /// <param name="data">Writes the one JSON object that is <c>data</c>. Never called when nobody wants the event.</param>
    public IReadOnlyList<OutboxMessage> Events(WorkspaceSnapshot workspace, string topic, Action<Utf8JsonWriter> data, DateTimeOffset now, Guid? caseId = null,
        Guid? contactId = null) =>
        workspace.WebhookEndpoints.Count == 0 ? [] : OutboxMessages.Webhooks(workspace.WorkspaceId, workspace.WebhookEndpoints, topic, data, now, caseId, contactId);

    /// <summary>An event about a case: what it is and where it stands, without anything that tells who the customer is.</summary>
    public IReadOnlyList<OutboxMessage> Events(WorkspaceSnapshot workspace, string topic, Case about, DateTimeOffset now) =>
        Events(workspace, topic, json => CaseEventJson.Write(json, workspace, about), now, about.CaseId, about.ContactId);

    private static LanguageTexts Texts(WorkspaceSnapshot workspace, params ReadOnlySpan<string?> tags) =>
        WorkspacePolicies.Of(workspace).Messages[Languages.Choose([.. tags, workspace.Workspace.DefaultLanguage])];

    private static Dictionary<string, string?> CaseValues(WorkspaceSnapshot workspace, Case about, MailRecipient? to, LanguageTexts texts) => new(StringComparer.Ordinal)
    {
        ["workspace"] = workspace.Workspace.Name,
        ["name"] = to?.Name,
        ["case_number"] = about.Number.ToString(CultureInfo.InvariantCulture),
        ["opened_on"] = texts.Dates.Date(about.OpenedAt, workspace.Zone),
    };

    private static RenderedMessage Render(WorkspaceSnapshot workspace, string key, LanguageTexts texts, Dictionary<string, string?> values, string? unsubscribe = null) =>
        MessageRenderer.Render(WorkspacePolicies.Of(workspace).Messages, MessageTemplates.ByKey[key], texts.Language, values, unsubscribe);

    private static OutboxMessage Email(WorkspaceSnapshot workspace, string topic, RenderedMessage message, MailRecipient to, DateTimeOffset now, Case? about,
        Func<EmailPayload, EmailPayload> also)
    {
        var team = about?.TeamId is { } id ? workspace.TeamById.GetValueOrDefault(id) : null;
        var payload = Payload(message, to.Email!, workspace.Workspace.Name) with { ReplyTo = team?.Email };
        return OutboxMessages.Email(workspace.WorkspaceId, topic, also(payload), now, about?.CaseId, to.ContactId);
    }

    private static IReadOnlyList<OutboxMessage> Staff(WorkspaceSnapshot workspace, string topic, RenderedMessage message, IEnumerable<string> addresses,
        DateTimeOffset now, Guid? caseId) =>
        [.. addresses.Where(a => !string.IsNullOrWhiteSpace(a)).Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(a => OutboxMessages.Email(workspace.WorkspaceId, topic, Payload(message, a, "Hark"), now, caseId))];

    private static EmailPayload Payload(RenderedMessage message, string to, string from) => new()
    {
        To = to,
        Subject = message.Subject,
        Text = message.Text,
        Html = message.Html,
        Language = message.Language,
        FromName = from,
    };
}
