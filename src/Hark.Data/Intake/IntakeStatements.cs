using Hark.Data.Model;
using Hark.Data.Signals;
using Hark.Data.Store;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Domain.Identity;
using Hark.Domain.Signals;
using Hark.Domain.Sla;
using ContactMerge = Hark.Data.Model.ContactMerge;

namespace Hark.Data.Intake;

/// <summary>
/// The writes of the intake transaction, one for each table. Hand-written because entity tracking costs more than the database here: see
/// docs/benchmarks.md, "intake".
/// </summary>
internal static class IntakeStatements
{
    public static BulkInsert<Signal> Signals { get; } = new("signals", SignalColumns.All);

    public static BulkStatement<Signal> UpdateSignal { get; } = new(
        "UPDATE signals SET " + string.Join(", ", SignalColumns.All.Skip(2).Select(c => $"{c.Name} = @{c.Name}")) +
        " WHERE workspace_id = @workspace_id AND signal_id = @signal_id", SignalColumns.All);

    public static BulkInsert<Verbatim> Verbatims { get; } = new("verbatims", new Columns<Verbatim>()
            .Uuid("workspace_id", v => v.WorkspaceId).Uuid("signal_id", v => v.SignalId).Text("text", v => v.Text).Text("answers", v => v.Answers),
        "ON CONFLICT (workspace_id, signal_id) DO UPDATE SET text = excluded.text, answers = excluded.answers");

    public static BulkInsert<SignalChange> Changes { get; } = new("signal_changes", new Columns<SignalChange>()
        .Uuid("workspace_id", c => c.WorkspaceId).Uuid("change_id", c => c.ChangeId).Uuid("signal_id", c => c.SignalId));

    public static BulkInsert<SearchQueueEntry> SearchQueue { get; } = new("search_queue", new Columns<SearchQueueEntry>()
            .Uuid("workspace_id", e => e.WorkspaceId).Uuid("signal_id", e => e.SignalId), "ON CONFLICT DO NOTHING");

    private static Columns<SignalLabel> LabelColumns { get; } = new Columns<SignalLabel>()
        .Uuid("workspace_id", l => l.WorkspaceId).Text("kind", l => EnumNames<LabelKind>.Of(l.Kind)).Text("label", l => l.Label)
        .Time("occurred_at", l => l.OccurredAt).Uuid("signal_id", l => l.SignalId);

    public static BulkInsert<SignalLabel> Labels { get; } = new("signal_labels", LabelColumns, "ON CONFLICT DO NOTHING");

    public static BulkStatement<SignalLabel> DeleteLabel { get; } = new(
        "DELETE FROM signal_labels WHERE workspace_id = @workspace_id AND kind = @kind AND label = @label AND occurred_at = @occurred_at AND signal_id = @signal_id",
        LabelColumns);

    /// <summary>New contacts, and what signals add to known ones: their last word on a field stands, an absent one changes nothing.</summary>
    public static BulkInsert<Contact> Contacts { get; } = new("contacts", new Columns<Contact>()
            .Uuid("workspace_id", c => c.WorkspaceId).Uuid("contact_id", c => c.ContactId).Uuid("canonical_id", c => c.CanonicalId).Text("email", c => c.Email)
            .Text("phone", c => c.Phone).Text("name", c => c.Name).Text("locale", c => c.Locale).Text("persona", c => c.Persona).Text("traits", c => c.Traits)
            .Uuid("account_id", c => c.AccountId).Time("first_signal_at", c => c.FirstSignalAt).Time("last_signal_at", c => c.LastSignalAt)
            .Long("signal_count", c => c.SignalCount).Time("created_at", c => c.CreatedAt),
        """
        ON CONFLICT (workspace_id, contact_id) DO UPDATE SET
            email = COALESCE(excluded.email, contacts.email), phone = COALESCE(excluded.phone, contacts.phone), name = COALESCE(excluded.name, contacts.name),
            locale = COALESCE(excluded.locale, contacts.locale), persona = COALESCE(excluded.persona, contacts.persona),
            traits = COALESCE(excluded.traits, contacts.traits), account_id = COALESCE(excluded.account_id, contacts.account_id),
            first_signal_at = CASE WHEN excluded.first_signal_at < contacts.first_signal_at THEN excluded.first_signal_at ELSE contacts.first_signal_at END,
            last_signal_at = CASE WHEN excluded.last_signal_at > contacts.last_signal_at THEN excluded.last_signal_at ELSE contacts.last_signal_at END,
            signal_count = contacts.signal_count + excluded.signal_count
        """);

    public static BulkInsert<ContactIdentity> Identities { get; } = new("contact_identities", new Columns<ContactIdentity>()
        .Uuid("workspace_id", i => i.WorkspaceId).Text("kind", i => EnumNames<IdentityKind>.Of(i.Kind)).Text("value", i => i.Value).Uuid("contact_id", i => i.ContactId));

    public static BulkInsert<ContactMerge> Merges { get; } = new("contact_merges", new Columns<ContactMerge>()
        .Uuid("workspace_id", m => m.WorkspaceId).Uuid("merge_id", m => m.MergeId).Uuid("from_contact_id", m => m.FromContactId)
        .Uuid("into_contact_id", m => m.IntoContactId).Text("reason", m => m.Reason).Text("merged_by", m => m.MergedBy).Time("merged_at", m => m.MergedAt));

    public static BulkInsert<Account> Accounts { get; } = new("accounts", new Columns<Account>()
            .Uuid("workspace_id", a => a.WorkspaceId).Uuid("account_id", a => a.AccountId).Text("external_id", a => a.ExternalId).Text("name", a => a.Name)
            .Money("annual_value", a => a.AnnualValue).Text("currency", a => a.Currency).Date("renews_on", a => a.RenewsOn).Text("traits", a => a.Traits)
            .Time("created_at", a => a.CreatedAt),
        """
        ON CONFLICT (workspace_id, account_id) DO UPDATE SET
            name = COALESCE(excluded.name, accounts.name), annual_value = COALESCE(excluded.annual_value, accounts.annual_value),
            currency = COALESCE(excluded.currency, accounts.currency), renews_on = COALESCE(excluded.renews_on, accounts.renews_on),
            traits = COALESCE(excluded.traits, accounts.traits)
        """);

    public static BulkInsert<Case> Cases { get; } = new("cases", new Columns<Case>()
        .Uuid("workspace_id", c => c.WorkspaceId).Uuid("case_id", c => c.CaseId).Long("number", c => c.Number).Text("state", c => EnumNames<CaseState>.Of(c.State))
        .Bool("is_open", c => c.IsOpen).Text("severity", c => EnumNames<Severity>.Of(c.Severity)).Text("title", c => c.Title).Uuid("join_key", c => c.JoinKey)
        .Uuid("contact_id", c => c.ContactId).Uuid("account_id", c => c.AccountId).Uuid("first_signal_id", c => c.FirstSignalId).Time("signal_at", c => c.SignalAt)
        .Uuid("source_id", c => c.SourceId).Text("channel", c => EnumNames<Channel>.Of(c.Channel)).Text("touchpoint", c => c.Touchpoint)
        .Text("location", c => c.Location).Text("sku", c => c.Sku).Text("language", c => c.Language).Text("cohort", c => c.Cohort).Uuid("team_id", c => c.TeamId)
        .Uuid("assignee_id", c => c.AssigneeId).Text("opened_by", c => c.OpenedBy).Int("signal_count", c => c.SignalCount).Time("opened_at", c => c.OpenedAt)
        .Time("updated_at", c => c.UpdatedAt).Time("due_at", c => c.DueAt).Bool("breached", c => c.Breached).Int("round", c => c.Round)
        .Text("verification", c => EnumNames<VerificationState>.Of(c.Verification)).Long("version", c => c.Version));

    public static BulkInsert<CaseSignal> CaseSignals { get; } = new("case_signals", new Columns<CaseSignal>()
        .Uuid("workspace_id", s => s.WorkspaceId).Uuid("case_id", s => s.CaseId).Uuid("signal_id", s => s.SignalId).Time("joined_at", s => s.JoinedAt));

    public static BulkInsert<CaseClock> CaseClocks { get; } = new("case_clocks", new Columns<CaseClock>()
        .Uuid("workspace_id", c => c.WorkspaceId).Uuid("case_id", c => c.CaseId).Text("kind", c => EnumNames<ClockKind>.Of(c.Kind)).Int("round", c => c.Round)
        .Text("state", c => EnumNames<ClockState>.Of(c.State)).Text("terms", c => c.Terms).Text("segments", c => c.Segments).Time("started_at", c => c.StartedAt)
        .Time("due_at", c => c.DueAt).Time("met_at", c => c.MetAt).Time("breached_at", c => c.BreachedAt).Long("elapsed_ms", c => c.ElapsedMs)
        .Time("next_moment_at", c => c.NextMomentAt).Bool("warned", c => c.Warned).Bool("breach_told", c => c.BreachTold).Int("steps_taken", c => c.StepsTaken));

    public static BulkInsert<OutboxMessage> Outbox { get; } = new("outbox_messages", new Columns<OutboxMessage>()
        .Uuid("workspace_id", m => m.WorkspaceId).Uuid("message_id", m => m.MessageId).Text("kind", m => EnumNames<OutboxKind>.Of(m.Kind))
        .Text("state", m => EnumNames<OutboxState>.Of(m.State)).Text("destination", m => m.Destination).Text("topic", m => m.Topic).Text("payload", m => m.Payload)
        .Uuid("case_id", m => m.CaseId).Uuid("contact_id", m => m.ContactId).Time("created_at", m => m.CreatedAt).Time("available_at", m => m.AvailableAt)
        .Int("attempts", m => m.Attempts).Long("lease_token", m => m.LeaseToken));
}
