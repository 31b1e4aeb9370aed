using Hark.Data.Model;
using Hark.Domain.Cases;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Store;

/// <summary>The one model, on either database. What differs between them is in <see cref="ModelConventions"/> and <see cref="ISqlDialect"/>, nowhere else.</summary>
public sealed class HarkDbContext(DbContextOptions<HarkDbContext> options) : DbContext(options), IDataProtectionKeyContext
{
    public DbSet<Workspace> Workspaces => Set<Workspace>();
    public DbSet<Team> Teams => Set<Team>();
    public DbSet<Member> Members => Set<Member>();
    public DbSet<TeamMember> TeamMembers => Set<TeamMember>();
    public DbSet<MemberCredential> MemberCredentials => Set<MemberCredential>();
    public DbSet<MemberRecoveryCode> MemberRecoveryCodes => Set<MemberRecoveryCode>();
    public DbSet<MemberPasskey> MemberPasskeys => Set<MemberPasskey>();
    public DbSet<MemberLogin> MemberLogins => Set<MemberLogin>();
    public DbSet<MemberSession> MemberSessions => Set<MemberSession>();
    public DbSet<MemberInvitation> MemberInvitations => Set<MemberInvitation>();
    public DbSet<Source> Sources => Set<Source>();
    public DbSet<AccessKey> AccessKeys => Set<AccessKey>();
    public DbSet<ConfigDocument> ConfigDocuments => Set<ConfigDocument>();
    public DbSet<Counter> Counters => Set<Counter>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<Signal> Signals => Set<Signal>();
    public DbSet<Verbatim> Verbatims => Set<Verbatim>();
    public DbSet<SignalLabel> SignalLabels => Set<SignalLabel>();
    public DbSet<SearchQueueEntry> SearchQueue => Set<SearchQueueEntry>();
    public DbSet<AggregateCell> AggregateCells => Set<AggregateCell>();
    public DbSet<SignalChange> SignalChanges => Set<SignalChange>();
    public DbSet<Alert> Alerts => Set<Alert>();
    public DbSet<AlertWatch> AlertWatches => Set<AlertWatch>();
    public DbSet<Contact> Contacts => Set<Contact>();
    public DbSet<ContactIdentity> ContactIdentities => Set<ContactIdentity>();
    public DbSet<ContactMerge> ContactMerges => Set<ContactMerge>();
    public DbSet<Account> Accounts => Set<Account>();
    public DbSet<Case> Cases => Set<Case>();
    public DbSet<CaseSignal> CaseSignals => Set<CaseSignal>();
    public DbSet<CaseClock> CaseClocks => Set<CaseClock>();
    public DbSet<CaseEvent> CaseEvents => Set<CaseEvent>();
    public DbSet<Verification> Verifications => Set<Verification>();
    public DbSet<CallBack> CallBacks => Set<CallBack>();
    public DbSet<CaseLook> CaseLooks => Set<CaseLook>();
    public DbSet<CaseAttachment> CaseAttachments => Set<CaseAttachment>();
    public DbSet<SavedFilter> SavedFilters => Set<SavedFilter>();
    public DbSet<TextModelVersion> TextModels => Set<TextModelVersion>();
    public DbSet<TextModelScore> TextModelScores => Set<TextModelScore>();
    public DbSet<TextDisagreement> TextDisagreements => Set<TextDisagreement>();
    public DbSet<TextLesson> TextLessons => Set<TextLesson>();
    public DbSet<TextLearning> TextLearning => Set<TextLearning>();
    public DbSet<TopicProposal> TopicProposals => Set<TopicProposal>();
    public DbSet<CauseChain> CauseChains => Set<CauseChain>();
    public DbSet<LanguageModel> LanguageModels => Set<LanguageModel>();
    public DbSet<LanguageModelMonth> LanguageModelMonths => Set<LanguageModelMonth>();
    public DbSet<OutboxMessage> OutboxMessages => Set<OutboxMessage>();
    public DbSet<OutboxAttempt> OutboxAttempts => Set<OutboxAttempt>();
    public DbSet<WebhookEndpoint> WebhookEndpoints => Set<WebhookEndpoint>();
    public DbSet<OutcomeDay> OutcomeDays => Set<OutcomeDay>();
    public DbSet<ImportRun> ImportRuns => Set<ImportRun>();
    public DbSet<WorkerLease> WorkerLeases => Set<WorkerLease>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        ModelConventions.Types(configurationBuilder, Database.ProviderName!);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(HarkDbContext).Assembly);
        ModelConventions.Names(modelBuilder);
    }
}
