using System.Text.Json;
using Hark.Data.Messages;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Domain.Routing;

namespace Hark.Data.Intake;

/// <summary>Turns what routing decided into rows of the outbox: notices, automatic replies and events. Pure, like the composer it uses.</summary>
public sealed class IntakeMessages(MessageComposer composer)
{
    /// <param name="opened">The case that this signal opened; null when it joined one or needs none.</param>
    public IEnumerable<OutboxMessage> Of(WorkspaceSnapshot workspace, Signal signal, Contact? contact, RoutingDecision decision, Case? opened, DateTimeOffset now)
    {
        foreach (var (notify, rule) in decision.Notifications)
        {
            var addresses = Addresses(workspace, notify.To);
            var rows = opened is not null ? composer.Notice(workspace, new CaseNotice(CaseNoticeKind.Opened), opened, addresses, now)
                : composer.Notice(workspace, Notice(workspace, signal, rule), addresses, now);
            foreach (var row in rows) yield return row;
        }
        if (decision.Reply is { } reply && contact is not null
            && composer.AutoReply(workspace, reply.What.Template, MailRecipient.Of(contact), signal.Language, now) is { } answer) yield return answer;
        if (opened is not null)
            foreach (var row in composer.Events(workspace, MessageTopics.CaseOpened, opened, now)) yield return row;
        foreach (var (key, _) in decision.Webhooks)
            foreach (var row in Called(workspace, key, signal, now)) yield return row;
        if (signal.Revision > 0) yield break;
        foreach (var row in composer.Events(workspace, MessageTopics.SignalCreated, json => Write(json, workspace, signal), now, signal.CaseId, signal.ContactId))
            yield return row;
    }

    private static IEnumerable<OutboxMessage> Called(WorkspaceSnapshot workspace, string key, Signal signal, DateTimeOffset now)
    {
        if (workspace.WebhookEndpoints.FirstOrDefault(e => e.Key.Equals(key, StringComparison.OrdinalIgnoreCase) && e.DisabledAt is null) is not { } endpoint) yield break;
        var body = Work.OutboxMessages.WebhookBody(MessageTopics.SignalRouted, json => Write(json, workspace, signal), now);
        yield return Work.OutboxMessages.Webhook(workspace.WorkspaceId, endpoint.EndpointId, MessageTopics.SignalRouted, body, now, signal.CaseId, signal.ContactId);
    }

    private static SignalNotice Notice(WorkspaceSnapshot workspace, Signal signal, RuleRef rule) => new(
        signal.SignalId, WorkspacePolicies.Of(workspace).Rules.Rules.FirstOrDefault(r => r.Id == rule.RuleId)?.Name ?? rule.RuleId,
        workspace.SourceById.GetValueOrDefault(signal.SourceId)?.Name, signal.Touchpoint, signal.ScoreMilli / 1000.0, signal.CaseId, null);

    private static IEnumerable<string> Addresses(WorkspaceSnapshot workspace, Recipient to) => to.Kind switch
    {
        RecipientKind.Email => [to.Key],
        RecipientKind.Member => workspace.MemberByEmail.TryGetValue(to.Key, out var member) && member.DisabledAt is null ? [member.Email] : [],
        RecipientKind.Team => workspace.TeamByKey.TryGetValue(to.Key, out var team) ? OfTeam(workspace, team) : [],
    };

    /// <summary>The team's own address, else everybody in it.</summary>
    private static IEnumerable<string> OfTeam(WorkspaceSnapshot workspace, Team team) =>
        team.Email is { } address ? [address] : workspace.MembersOfTeam[team.TeamId].Where(m => m.DisabledAt is null).Select(m => m.Email);

    /// <summary>The facts of a signal, without words and without anything that tells who it is from.</summary>
    private static void Write(Utf8JsonWriter json, WorkspaceSnapshot workspace, Signal signal)
    {
        json.WriteStartObject();
        json.WriteString("signal_id", signal.SignalId);
        json.WriteString("source", workspace.SourceById.GetValueOrDefault(signal.SourceId)?.Name);
        if (signal.ExternalId is { } id) json.WriteString("id", id);
        json.WriteString("occurred_at", signal.OccurredAt.UtcDateTime);
        json.WriteString("channel", EnumNames<Domain.Signals.Channel>.Of(signal.Channel));
        json.WriteString("kind", EnumNames<Domain.Signals.SignalKind>.Of(signal.Kind));
        if (signal.Touchpoint is { } touchpoint) json.WriteString("touchpoint", touchpoint);
        if (signal.ScoreMilli is { } score) json.WriteNumber("score", score / 1000.0);
        json.WriteString("severity", EnumNames<Domain.Signals.Severity>.Of(signal.Severity));
        if (signal.ContactId is { } contact) json.WriteString("contact_id", contact);
        if (signal.CaseId is { } about) json.WriteString("case_id", about);
        json.WriteEndObject();
    }
}
