using System.Text.Json;
using Hark.Data.Workspaces;
using Hark.Domain.Cases;
using Hark.Domain.Common;

namespace Hark.Data.Messages;

/// <summary>A case as events tell of it. No names, addresses or words: receivers fetch those with a token of their own, which is audited.</summary>
internal static class CaseEventJson
{
    public static void Write(Utf8JsonWriter json, WorkspaceSnapshot workspace, Case about)
    {
        json.WriteStartObject();
        json.WriteString("case_id", about.CaseId);
        json.WriteNumber("number", about.Number);
        json.WriteString("state", EnumNames<CaseState>.Of(about.State));
        json.WriteString("severity", EnumNames<Domain.Signals.Severity>.Of(about.Severity));
        json.WriteString("channel", EnumNames<Domain.Signals.Channel>.Of(about.Channel));
        Text(json, "source", workspace.SourceById.GetValueOrDefault(about.SourceId)?.Name);
        Text(json, "touchpoint", about.Touchpoint);
        Text(json, "location", about.Location);
        Text(json, "sku", about.Sku);
        Text(json, "team", about.TeamId is { } team ? workspace.TeamById.GetValueOrDefault(team)?.Key : null);
        Text(json, "assignee_id", about.AssigneeId?.ToString());
        Text(json, "contact_id", about.ContactId?.ToString());
        Text(json, "account_id", about.AccountId?.ToString());
        json.WriteString("first_signal_id", about.FirstSignalId);
        json.WriteNumber("round", about.Round);
        Time(json, "opened_at", about.OpenedAt);
        Time(json, "due_at", about.DueAt);
        Time(json, "resolved_at", about.ResolvedAt);
        Time(json, "verified_at", about.VerifiedAt);
        json.WriteBoolean("breached", about.Breached);
        Text(json, "root_cause", about.RootCause);
        Text(json, "outcome", about.Outcome is { } outcome ? EnumNames<CaseOutcome>.Of(outcome) : null);
        json.WriteString("verification", EnumNames<VerificationState>.Of(about.Verification));
        json.WriteNumber("version", about.Version);
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is null) json.WriteNull(name);
        else json.WriteString(name, value);
    }

    private static void Time(Utf8JsonWriter json, string name, DateTimeOffset? value)
    {
        if (value is { } time) json.WriteString(name, time.UtcDateTime); // an UTC DateTime is written with its Z
        else json.WriteNull(name);
    }
}
