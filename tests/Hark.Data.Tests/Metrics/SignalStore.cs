using Hark.Data.Aggregates;
using Hark.Data.Model;
using Hark.Data.Signals;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Hark.Data.Tests.Metrics;

/// <summary>A store with one workspace whose signals a test writes itself: facts, aggregates, labels and words in one transaction, as intake does.</summary>
public sealed class SignalStore : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 24, 0, 0, 0, TimeSpan.Zero);

    private readonly TestDatabase _database;
    private int _ids;

    private SignalStore(TestDatabase database, string zone, ManualTime time) => (_database, Zone, Time) = (database, zone, time);

    public string Zone { get; }
    public ManualTime Time { get; }
    public HarkStore Store => _database.Store;
    public Guid WorkspaceId { get; } = Guid.CreateVersion7(Start);
    public WorkspaceSnapshot Workspace { get; private set; } = null!;
    public Source Web => Workspace.SourceByName["web"];
    public Source Shop => Workspace.SourceByName["shop"];
    public Team Care => Workspace.TeamByKey["care"];

    public static async Task<SignalStore> CreateAsync(TestStore kind, string zone = "Europe/Prague", int minimum = 0)
    {
        var made = new SignalStore(await TestDatabases.CreateAsync(kind), zone, new ManualTime(Start.AddDays(20)));
        await made.Store.WriteAsync(async db =>
        {
            db.Workspaces.Add(new Workspace { WorkspaceId = made.WorkspaceId, Name = "Test", TimeZone = zone, MinimumCount = minimum, CreatedAt = Start });
            var care = new Team { WorkspaceId = made.WorkspaceId, TeamId = made.NewId(), Key = "care", Name = "Care", CreatedAt = Start };
            db.Teams.Add(care);
            foreach (var (name, owner) in new[] { ("web", (Guid?)care.TeamId), ("shop", null) })
                db.Sources.Add(new Source { WorkspaceId = made.WorkspaceId, SourceId = made.NewId(), Name = name, OwnerTeamId = owner, CreatedAt = Start });
            await db.SaveChangesAsync();
        });
        using var snapshots = new WorkspaceSnapshots(made.Store, made.Time);
        made.Workspace = await snapshots.GetAsync(made.WorkspaceId);
        return made;
    }

    public Guid NewId() => Guid.CreateVersion7(Start.AddSeconds(_ids++));

    /// <summary>A signal with nothing but what is needed.</summary>
    public Signal NewSignal(DateTimeOffset at, Channel channel = Channel.Web) => new()
    {
        WorkspaceId = WorkspaceId,
        SignalId = NewId(),
        SourceId = Web.SourceId,
        DedupeKey = NewId(),
        OccurredAt = at.ToUniversalTime().Trim(),
        ReceivedAt = at.ToUniversalTime().Trim(),
        Channel = channel,
    };

    /// <summary>The same signal with an NPS rating.</summary>
    public Signal NewNps(DateTimeOffset at, int value, Channel channel = Channel.Web)
    {
        var signal = NewSignal(at, channel);
        (signal.RatingScale, signal.RatingValue, signal.RatingMin, signal.RatingMax, signal.ScoreMilli, signal.Negative) = (RatingScale.Nps, value, 0, 10, value * 10_000, value <= 6);
        return signal;
    }

    public Task AddAsync(params IReadOnlyList<Signal> signals) => ChangeAsync([], signals);

    /// <summary>Replaces signals (by id) with what they are now; those only in <paramref name="after"/> are new.</summary>
    public Task ChangeAsync(IReadOnlyList<Signal> before, IReadOnlyList<Signal> after, int shard = 0, Func<Signal, string?>? words = null) => Store.WriteAsync(async db =>
    {
        var deltas = new AggregateDeltas(WorkspaceId, new ZoneDays(Zone), shard);
        foreach (var signal in before) deltas.Remove(signal);
        foreach (var signal in after) deltas.Add(signal);
        var old = before.Select(s => s.SignalId).ToHashSet();
        await db.Signals.Where(s => s.WorkspaceId == WorkspaceId && old.Contains(s.SignalId)).ExecuteDeleteAsync();
        await db.SignalLabels.Where(s => s.WorkspaceId == WorkspaceId && old.Contains(s.SignalId)).ExecuteDeleteAsync();
        await InsertAsync(db, new BulkInsert<Signal>("signals", SignalColumns.All), after);
        await InsertAsync(db, AggregateDeltas.Upsert, deltas.Cells);
        db.SignalLabels.AddRange(after.SelectMany(Labels));
        foreach (var signal in after)
        {
            if (words?.Invoke(signal) is not { } text) continue;
            db.Verbatims.Add(new Verbatim { WorkspaceId = WorkspaceId, SignalId = signal.SignalId, Text = text });
            db.SearchQueue.Add(new SearchQueueEntry { WorkspaceId = WorkspaceId, SignalId = signal.SignalId });
        }
        await db.SaveChangesAsync();
    });

    private Task InsertAsync<T>(HarkDbContext db, BulkInsert<T> insert, IReadOnlyList<T> rows) =>
        Store.Dialect.InsertAsync(db.Database.GetDbConnection(), db.Database.CurrentTransaction!.GetDbTransaction(), insert, rows, default);

    private static IEnumerable<SignalLabel> Labels(Signal s) =>
        Dimensions.TopicsOf(s).Select(t => Label(s, LabelKind.Topic, t))
            .Concat(SignalJson.Strings(s.Tags).Select(t => Label(s, LabelKind.Tag, t)))
            .Concat(SignalJson.Strings(s.Segments).Select(t => Label(s, LabelKind.Segment, t)));

    private static SignalLabel Label(Signal s, LabelKind kind, string label) =>
        new() { WorkspaceId = s.WorkspaceId, Kind = kind, Label = label, OccurredAt = s.OccurredAt, SignalId = s.SignalId };

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
