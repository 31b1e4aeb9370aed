using Hark.Data.Cases;
using Hark.Data.Messages;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Work;
using Hark.Data.Workspaces;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Tests.Cases;

/// <summary>A workspace with two teams, a lead and an agent, and a customer who can be reached; time stands still until it is moved.</summary>
public sealed class CaseWorld : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private long _number;

    private CaseWorld(TestDatabase database)
    {
        _database = database;
        Snapshots = new WorkspaceSnapshots(Store, Time);
        Outbox = new OutboxQueue(Store);
        var settings = new MessageSettings("https://hark.example", "care@hark.example", (_, _) => "https://hark.example/u/x");
        Mail = new CaseMessages(new MessageComposer(settings), new VerificationLinks(new EphemeralDataProtectionProvider(), settings));
        Writer = new CaseWriter(Store, Snapshots, Outbox, Mail, Time);
        Sweep = new ClockSweep(Store, Snapshots, Outbox, Mail);
        Timers = new CaseTimers(Store, Snapshots, Outbox, Mail);
        List = new CaseListQuery(Store);
        Reader = new CaseReader(Store, Time);
        Policies = new PolicyChanges(Store, Snapshots, Mail, Time);
        (WorkspaceId, Support, Sales) = (Time.NewId(), Time.NewId(), Time.NewId());
        (Lead, Agent, Source, Customer) = (Time.NewId(), Time.NewId(), Time.NewId(), Time.NewId());
    }

    public ManualTime Time { get; } = new();
    public DateTimeOffset Now => Time.Now();
    public HarkStore Store => _database.Store;
    public WorkspaceSnapshots Snapshots { get; }
    public OutboxQueue Outbox { get; }
    public CaseMessages Mail { get; }
    public CaseWriter Writer { get; }
    public ClockSweep Sweep { get; }
    public CaseTimers Timers { get; }
    public CaseListQuery List { get; }
    public CaseReader Reader { get; }
    public PolicyChanges Policies { get; }
    public Guid WorkspaceId { get; }
    public Guid Support { get; }
    public Guid Sales { get; }
    public Guid Lead { get; }
    public Guid Agent { get; }
    public Guid Source { get; }
    public Guid Customer { get; }
    public Actor ByAgent => Actor.Member(Agent);

    public static async Task<CaseWorld> CreateAsync(TestStore kind)
    {
        var world = new CaseWorld(await TestDatabases.CreateAsync(kind));
        await world.Store.WriteAsync(async db =>
        {
            var (id, now) = (world.WorkspaceId, world.Now);
            db.Add(new Workspace { WorkspaceId = id, Name = "Test", TimeZone = "UTC", CreatedAt = now });
            await db.SaveChangesAsync();
            db.Add(new Team { WorkspaceId = id, TeamId = world.Support, Key = "support", Name = "Support", Email = "support@example.com", CreatedAt = now });
            db.Add(new Team { WorkspaceId = id, TeamId = world.Sales, Key = "sales", Name = "Sales", CreatedAt = now });
            db.Add(new Member { WorkspaceId = id, MemberId = world.Lead, Email = "lead@example.com", Name = "Lea", Role = Role.TeamLead, CreatedAt = now });
            db.Add(new Member { WorkspaceId = id, MemberId = world.Agent, Email = "agent@example.com", Name = "Adam", Role = Role.Agent, CreatedAt = now });
            db.Add(new Source { WorkspaceId = id, SourceId = world.Source, Name = "web", Channel = Channel.Web, Kind = SignalKind.Direct, CreatedAt = now });
            db.Add(new Contact
            {
                WorkspaceId = id,
                ContactId = world.Customer,
                CanonicalId = world.Customer,
                Email = "jana@example.com",
                Name = "Jana Ž",
                CreatedAt = now,
                FirstSignalAt = now,
                LastSignalAt = now,
            });
            await db.SaveChangesAsync();
            db.Add(new TeamMember { WorkspaceId = id, TeamId = world.Support, MemberId = world.Lead, Lead = true });
            db.Add(new TeamMember { WorkspaceId = id, TeamId = world.Support, MemberId = world.Agent });
            await db.SaveChangesAsync();
        });
        return world;
    }

    public CaseCommand On(Guid caseId, long? ifMatch = null) => new(WorkspaceId, caseId, CaseScope.All with { MemberId = Agent }, ByAgent, ifMatch);

    /// <summary>A case of support, opened now by the customer's signal, with the clocks of the policies in force.</summary>
    public async Task<Guid> OpenAsync(Severity severity = Severity.Routine, Guid? team = null, string? title = "Late parcel", Guid? joinKey = null, bool anonymous = false, bool? consent = null) =>
        (await OpenManyAsync(1, severity, team ?? Support, title, joinKey, anonymous, consent))[0];

    public async Task<IReadOnlyList<Guid>> OpenManyAsync(int count, Severity severity, Guid? team, string? title = "Late parcel", Guid? joinKey = null, bool anonymous = false, bool? consent = null)
    {
        var policies = WorkspacePolicies.Of(await Snapshots.GetAsync(WorkspaceId));
        var ids = new List<Guid>();
        await Store.WriteAsync(async db =>
        {
            for (var i = 0; i < count; i++)
            {
                var (caseId, signalId) = (Time.NewId(), Time.NewId());
                Guid? contact = anonymous ? null : Customer;
                var c = Case.Open(new()
                {
                    WorkspaceId = WorkspaceId,
                    CaseId = caseId,
                    Number = ++_number,
                    Severity = severity,
                    OpenedAt = Now,
                    FirstSignalId = signalId,
                    SignalAt = Now,
                    SourceId = Source,
                    Channel = Channel.Web,
                    TeamId = team,
                    Title = title,
                    JoinKey = joinKey,
                    ContactId = contact,
                });
                var clocks = CaseClocks.Start(policies, c, [], null, Now);
                var (due, breached) = CaseClocks.RollUp(clocks, c.Round);
                c.FollowClocks(due, breached);
                db.Add(new Signal
                {
                    WorkspaceId = WorkspaceId,
                    SignalId = signalId,
                    SourceId = Source,
                    DedupeKey = signalId,
                    OccurredAt = Now,
                    ReceivedAt = Now,
                    Channel = Channel.Web,
                    CaseId = caseId,
                    ContactId = contact,
                    ConsentContactBack = consent,
                });
                db.Add(new Verbatim { WorkspaceId = WorkspaceId, SignalId = signalId, Text = "It came late" });
                db.Add(c);
                db.AddRange(clocks);
                db.Add(new CaseSignal { WorkspaceId = WorkspaceId, CaseId = caseId, SignalId = signalId, JoinedAt = Now });
                ids.Add(caseId);
            }
            await db.SaveChangesAsync();
        });
        return ids;
    }

    /// <summary>Saves a document as its next version, for the policies of today.</summary>
    public async Task SaveAsync(DocumentKind kind, string json)
    {
        await Store.WriteAsync(async db =>
        {
            var version = await db.ConfigDocuments.CountAsync(d => d.WorkspaceId == WorkspaceId && d.Kind == kind) + 1;
            db.Add(new ConfigDocument { WorkspaceId = WorkspaceId, Kind = kind, Version = version, Document = json, CreatedAt = Now, CreatedBy = "test" });
            (await db.Workspaces.SingleAsync(w => w.WorkspaceId == WorkspaceId)).ConfigVersion++;
            await db.SaveChangesAsync();
        });
        await Snapshots.RefreshAsync();
    }

    public async Task<Case> CaseAsync(Guid id)
    {
        await using var db = Store.Read();
        return await db.Cases.SingleAsync(c => c.WorkspaceId == WorkspaceId && c.CaseId == id);
    }

    public async Task<List<CaseClock>> ClocksAsync(Guid id)
    {
        await using var db = Store.Read();
        var clocks = await db.CaseClocks.Where(c => c.WorkspaceId == WorkspaceId && c.CaseId == id).ToListAsync();
        return [.. clocks.OrderBy(c => c.Round).ThenBy(c => c.Kind)];
    }

    public async Task<List<CaseEvent>> EventsAsync(Guid id)
    {
        await using var db = Store.Read();
        return await db.CaseEvents.Where(c => c.WorkspaceId == WorkspaceId && c.CaseId == id).OrderBy(c => c.EventId).ToListAsync();
    }

    public async Task<List<OutboxMessage>> MessagesAsync()
    {
        await using var db = Store.Read();
        return await db.OutboxMessages.Where(c => c.WorkspaceId == WorkspaceId).OrderBy(m => m.MessageId).ToListAsync();
    }

    /// <summary>Sweeps until nothing is due; returns the clocks taken up.</summary>
    public async Task<int> SweepAsync()
    {
        var clocks = 0;
        for (SweepResult result = new(1, null); result.Clocks > 0; clocks += result.Clocks) result = await Sweep.RunAsync(WorkspaceId, Now);
        return clocks;
    }

    public ValueTask DisposeAsync()
    {
        Snapshots.Dispose();
        return _database.DisposeAsync();
    }
}
