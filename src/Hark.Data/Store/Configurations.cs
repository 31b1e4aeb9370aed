using Hark.Data.Model;
using Hark.Domain.Cases;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hark.Data.Store;

// Every key and every index starts with workspace_id (a test checks it): a workspace can be moved, and a distributed PostgreSQL can shard by it.
// An index costs an insert on the hot path, so each says which query it serves.

internal static class TableShape
{
    /// <summary>On SQLite: one tree, ordered by the key. For small rows that are read by ranges of their key.</summary>
    public static void Clustered<T>(this EntityTypeBuilder<T> e) where T : class => e.HasAnnotation(ModelConventions.Clustered, true);

    public static void Below<T>(this EntityTypeBuilder<T> e) where T : class =>
        e.HasOne<Workspace>().WithMany().HasForeignKey("WorkspaceId").OnDelete(DeleteBehavior.Cascade);
}

internal sealed class WorkspaceTables : IEntityTypeConfiguration<Workspace>, IEntityTypeConfiguration<Team>, IEntityTypeConfiguration<Member>,
    IEntityTypeConfiguration<TeamMember>, IEntityTypeConfiguration<Source>, IEntityTypeConfiguration<AccessKey>,
    IEntityTypeConfiguration<ConfigDocument>, IEntityTypeConfiguration<Counter>, IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<Workspace> e)
    {
        e.ToTable("workspaces");
        e.HasKey(x => x.WorkspaceId);
        e.Property(x => x.WorkspaceId).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<Team> e)
    {
        e.ToTable("teams");
        e.HasKey(x => new { x.WorkspaceId, x.TeamId });
        e.HasIndex(x => new { x.WorkspaceId, x.Key }).IsUnique();
        e.Below();
    }

    public void Configure(EntityTypeBuilder<Member> e)
    {
        e.ToTable("members");
        e.HasKey(x => new { x.WorkspaceId, x.MemberId });
        e.HasIndex(x => new { x.WorkspaceId, x.Email }).IsUnique();
        e.Below();
    }

    public void Configure(EntityTypeBuilder<TeamMember> e)
    {
        e.ToTable("team_members");
        e.HasKey(x => new { x.WorkspaceId, x.TeamId, x.MemberId });
        e.HasOne<Team>().WithMany().HasForeignKey(x => new { x.WorkspaceId, x.TeamId });
        e.HasOne<Member>().WithMany().HasForeignKey(x => new { x.WorkspaceId, x.MemberId });
    }

    public void Configure(EntityTypeBuilder<Source> e)
    {
        e.ToTable("sources");
        e.HasKey(x => new { x.WorkspaceId, x.SourceId });
        e.HasIndex(x => new { x.WorkspaceId, x.Name }).IsUnique();
        e.Below();
    }

    public void Configure(EntityTypeBuilder<AccessKey> e)
    {
        e.ToTable("access_keys");
        e.HasKey(x => new { x.WorkspaceId, x.KeyId });
        e.Below();
    }

    public void Configure(EntityTypeBuilder<ConfigDocument> e)
    {
        e.ToTable("config_documents");
        e.HasKey(x => new { x.WorkspaceId, x.Kind, x.Version });
        e.Below();
    }

    public void Configure(EntityTypeBuilder<Counter> e)
    {
        e.ToTable("counters");
        e.HasKey(x => new { x.WorkspaceId, x.Name });
    }

    public void Configure(EntityTypeBuilder<AuditEntry> e)
    {
        e.ToTable("audit_entries");
        e.HasKey(x => new { x.WorkspaceId, x.EntryId }); // v7 ids: the key is the order of time
    }
}

internal sealed class SignalTables : IEntityTypeConfiguration<Signal>, IEntityTypeConfiguration<Verbatim>, IEntityTypeConfiguration<SignalLabel>,
    IEntityTypeConfiguration<SearchQueueEntry>, IEntityTypeConfiguration<AggregateCell>
{
    public void Configure(EntityTypeBuilder<Signal> e)
    {
        e.ToTable("signals");
        e.HasKey(x => new { x.WorkspaceId, x.SignalId });
        e.HasIndex(x => new { x.WorkspaceId, x.DedupeKey }).IsUnique(); // "was it here before"
        e.HasIndex(x => new { x.WorkspaceId, x.OccurredAt, x.SignalId }); // the list, the edges of metrics
        e.HasIndex(x => new { x.WorkspaceId, x.ContactId, x.OccurredAt }).HasFilter("contact_id IS NOT NULL"); // a person's timeline, signals_by_contact
        e.HasIndex(x => new { x.WorkspaceId, x.AccountId, x.OccurredAt }).HasFilter("account_id IS NOT NULL"); // an account's timeline
    }

    public void Configure(EntityTypeBuilder<Verbatim> e)
    {
        e.ToTable("verbatims");
        e.HasKey(x => new { x.WorkspaceId, x.SignalId });
    }

    public void Configure(EntityTypeBuilder<SignalLabel> e)
    {
        e.ToTable("signal_labels");
        e.HasKey(x => new { x.WorkspaceId, x.Kind, x.Label, x.OccurredAt, x.SignalId });
        e.Clustered();
    }

    public void Configure(EntityTypeBuilder<SearchQueueEntry> e)
    {
        e.ToTable("search_queue");
        e.HasKey(x => new { x.WorkspaceId, x.SignalId });
        e.Clustered();
    }

    public void Configure(EntityTypeBuilder<AggregateCell> e)
    {
        e.ToTable("aggregate_cells");
        e.HasKey(x => new { x.WorkspaceId, x.Grain, x.Dimension, x.BucketAt, x.Value, x.Shard });
        e.Clustered();
    }
}

internal sealed class IdentityTables : IEntityTypeConfiguration<Contact>, IEntityTypeConfiguration<ContactIdentity>, IEntityTypeConfiguration<ContactMerge>,
    IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Contact> e)
    {
        e.ToTable("contacts");
        e.HasKey(x => new { x.WorkspaceId, x.ContactId });
        e.HasIndex(x => new { x.WorkspaceId, x.CanonicalId }).HasFilter("canonical_id <> contact_id"); // the members of a merged person
        e.HasIndex(x => new { x.WorkspaceId, x.AccountId }).HasFilter("account_id IS NOT NULL"); // the people of an account
    }

    public void Configure(EntityTypeBuilder<ContactIdentity> e)
    {
        e.ToTable("contact_identities");
        e.HasKey(x => new { x.WorkspaceId, x.Kind, x.Value });
        e.HasIndex(x => new { x.WorkspaceId, x.ContactId }); // a contact's page, erasure
        e.Clustered();
    }

    public void Configure(EntityTypeBuilder<ContactMerge> e)
    {
        e.ToTable("contact_merges");
        e.HasKey(x => new { x.WorkspaceId, x.MergeId });
        e.HasIndex(x => new { x.WorkspaceId, x.FromContactId });
        e.HasIndex(x => new { x.WorkspaceId, x.IntoContactId });
    }

    public void Configure(EntityTypeBuilder<Account> e)
    {
        e.ToTable("accounts");
        e.HasKey(x => new { x.WorkspaceId, x.AccountId });
        e.HasIndex(x => new { x.WorkspaceId, x.ExternalId }).IsUnique();
        e.HasIndex(x => new { x.WorkspaceId, x.RenewsOn, x.AccountId }).HasFilter("renews_on IS NOT NULL"); // whose renewal comes next
    }
}

internal sealed class CaseTables : IEntityTypeConfiguration<Case>, IEntityTypeConfiguration<CaseSignal>, IEntityTypeConfiguration<CaseClock>,
    IEntityTypeConfiguration<CaseEvent>, IEntityTypeConfiguration<Verification>, IEntityTypeConfiguration<CallBack>
{
    public void Configure(EntityTypeBuilder<Case> e)
    {
        e.ToTable("cases");
        e.HasKey(x => new { x.WorkspaceId, x.CaseId });
        e.Property(x => x.Version).IsConcurrencyToken();
        e.HasIndex(x => new { x.WorkspaceId, x.Number }).IsUnique();
        e.HasIndex(x => new { x.WorkspaceId, x.JoinKey }).IsUnique().HasFilter("join_key IS NOT NULL"); // one open case per contact and subject
        e.HasIndex(x => new { x.WorkspaceId, x.IsOpen, x.DueAt, x.CaseId }); // the inbox in due order
        e.HasIndex(x => new { x.WorkspaceId, x.TeamId, x.IsOpen, x.DueAt, x.CaseId }); // a team's inbox
        e.HasIndex(x => new { x.WorkspaceId, x.AssigneeId, x.IsOpen, x.DueAt, x.CaseId }); // mine, least open work
        e.HasIndex(x => new { x.WorkspaceId, x.OpenedAt }); // case metrics
        e.HasIndex(x => new { x.WorkspaceId, x.ContactId }).HasFilter("contact_id IS NOT NULL"); // the customer card
        e.HasIndex(x => new { x.WorkspaceId, x.AccountId }).HasFilter("account_id IS NOT NULL"); // an account's cases
        e.HasIndex(x => new { x.WorkspaceId, x.SnoozedUntil }).HasFilter("snoozed_until IS NOT NULL"); // waking
        e.HasIndex(x => new { x.WorkspaceId, x.State, x.DueAt, x.CaseId }).HasFilter("state = 'waiting'"); // what waits for the customer; intake opens none such, so it costs nothing there
        e.HasIndex(x => new { x.WorkspaceId, x.Verification, x.DueAt, x.CaseId }).HasFilter("verification = 'asked'"); // what is to be verified
        e.Below();
    }

    public void Configure(EntityTypeBuilder<CaseSignal> e)
    {
        e.ToTable("case_signals");
        e.HasKey(x => new { x.WorkspaceId, x.CaseId, x.SignalId });
        e.HasOne<Case>().WithMany().HasForeignKey(x => new { x.WorkspaceId, x.CaseId });
        e.Clustered();
    }

    public void Configure(EntityTypeBuilder<CaseClock> e)
    {
        e.ToTable("case_clocks");
        e.HasKey(x => new { x.WorkspaceId, x.CaseId, x.Kind, x.Round });
        e.HasIndex(x => new { x.WorkspaceId, x.NextMomentAt }).HasFilter("next_moment_at IS NOT NULL"); // the sweeper
        e.HasIndex(x => new { x.WorkspaceId, x.Kind, x.StartedAt }); // attainment
        e.HasOne<Case>().WithMany().HasForeignKey(x => new { x.WorkspaceId, x.CaseId });
    }

    public void Configure(EntityTypeBuilder<CaseEvent> e)
    {
        e.ToTable("case_events");
        e.HasKey(x => new { x.WorkspaceId, x.CaseId, x.EventId });
        e.HasOne<Case>().WithMany().HasForeignKey(x => new { x.WorkspaceId, x.CaseId });
    }

    public void Configure(EntityTypeBuilder<Verification> e)
    {
        e.ToTable("verifications");
        e.HasKey(x => new { x.WorkspaceId, x.CaseId, x.Round });
        e.HasIndex(x => new { x.WorkspaceId, x.ExpiresAt }).HasFilter("answered_at IS NULL"); // silence closes
        e.HasOne<Case>().WithMany().HasForeignKey(x => new { x.WorkspaceId, x.CaseId });
    }

    public void Configure(EntityTypeBuilder<CallBack> e)
    {
        e.ToTable("call_backs");
        e.HasKey(x => new { x.WorkspaceId, x.CallBackId });
        e.HasIndex(x => new { x.WorkspaceId, x.CaseId });
        e.HasIndex(x => new { x.WorkspaceId, x.State, x.SlotEnd }); // missed ones
        e.HasOne<Case>().WithMany().HasForeignKey(x => new { x.WorkspaceId, x.CaseId });
    }
}

internal sealed class WorkTables : IEntityTypeConfiguration<OutboxMessage>, IEntityTypeConfiguration<OutboxAttempt>, IEntityTypeConfiguration<WebhookEndpoint>,
    IEntityTypeConfiguration<ImportRun>, IEntityTypeConfiguration<WorkerLease>, IEntityTypeConfiguration<DataProtectionKey>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> e)
    {
        e.ToTable("outbox_messages");
        e.HasKey(x => new { x.WorkspaceId, x.MessageId });
        e.HasIndex(x => new { x.WorkspaceId, x.AvailableAt }).HasFilter("state = 'pending'"); // what is due
        e.HasIndex(x => new { x.WorkspaceId, x.CaseId }).HasFilter("case_id IS NOT NULL");
        e.HasIndex(x => new { x.WorkspaceId, x.ContactId }).HasFilter("contact_id IS NOT NULL"); // what a person was sent, erasure
    }

    public void Configure(EntityTypeBuilder<OutboxAttempt> e)
    {
        e.ToTable("outbox_attempts");
        e.HasKey(x => new { x.WorkspaceId, x.MessageId, x.Token });
        e.HasOne<OutboxMessage>().WithMany().HasForeignKey(x => new { x.WorkspaceId, x.MessageId });
    }

    public void Configure(EntityTypeBuilder<WebhookEndpoint> e)
    {
        e.ToTable("webhook_endpoints");
        e.HasKey(x => new { x.WorkspaceId, x.EndpointId });
        e.HasIndex(x => new { x.WorkspaceId, x.Key }).IsUnique();
        e.Below();
    }

    public void Configure(EntityTypeBuilder<ImportRun> e)
    {
        e.ToTable("import_runs");
        e.HasKey(x => new { x.WorkspaceId, x.ImportId });
        e.HasIndex(x => new { x.WorkspaceId, x.SourceId, x.Fingerprint }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<WorkerLease> e)
    {
        e.ToTable("worker_leases");
        e.HasKey(x => x.Name);
    }

    public void Configure(EntityTypeBuilder<DataProtectionKey> e) => e.ToTable("data_protection_keys");
}
