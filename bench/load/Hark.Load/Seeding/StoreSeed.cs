using Hark.Data.Aggregates;
using Hark.Data.Intake;
using Hark.Data.Model;
using Hark.Data.PostgreSql;
using Hark.Data.Sqlite;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Identity;
using Hark.Load.Generator;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Hark.Load.Seeding;

/// <summary>
/// Fills a store with rows directly, by the product's own statements, while no Hark runs on it. What a history of signals leaves behind is what intake would have left:
/// facts and exact aggregates; the words are left out, because nothing measured here reads them.
/// </summary>
internal sealed class StoreSeed : IAsyncDisposable
{
    private const int RowsAtOnce = 10_000;
    private static readonly DateTimeOffset ContactsSince = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ServiceProvider _services;

    private StoreSeed(ServiceProvider services, WorkspaceSnapshot workspace) => (_services, Workspace) = (services, workspace);

    public HarkStore Store => _services.GetRequiredService<HarkStore>();
    public WorkspaceSnapshots Snapshots => _services.GetRequiredService<WorkspaceSnapshots>();
    public WorkspaceSnapshot Workspace { get; private set; }

    public static async Task<StoreSeed> OpenAsync(string connection, CancellationToken cancellation)
    {
        var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddSingleton<WorkspaceSnapshots>();
        if (connection.Contains("Host=", StringComparison.OrdinalIgnoreCase)) services.AddPostgreSqlStore(connection);
        else services.AddSqliteStore(connection);
        var provider = services.BuildServiceProvider();
        return new StoreSeed(provider, (await provider.GetRequiredService<WorkspaceSnapshots>().AllAsync(cancellation))[0]);
    }

    /// <summary>Five people in the first team, so that rules have somebody to choose.</summary>
    public async Task TeamAsync(CancellationToken cancellation)
    {
        var now = TimeProvider.System.GetUtcNow();
        await Store.WriteAsync(async db =>
        {
            for (var i = 0; i < 5; i++)
            {
                var member = new Member { WorkspaceId = Workspace.WorkspaceId, MemberId = Guid.CreateVersion7(now), Email = $"agent{i}@example.com", Name = $"Agent {i}", CreatedAt = now };
                db.Members.Add(member);
                db.TeamMembers.Add(new TeamMember { WorkspaceId = Workspace.WorkspaceId, TeamId = Workspace.Teams[0].TeamId, MemberId = member.MemberId });
            }
            await db.SaveChangesAsync(cancellation);
        }, cancellation);
        await Store.WriteAsync(db => db.Workspaces.ExecuteUpdateAsync(w => w.SetProperty(x => x.ConfigVersion, x => x.ConfigVersion + 1), cancellation), cancellation);
        await Snapshots.RefreshAsync(cancellation);
        Workspace = await Snapshots.GetAsync(Workspace.WorkspaceId, cancellation);
    }

    public static Guid ContactId(int number) => SeedId.Of(ContactsSince, number);

    public Task ContactsAsync(int count, CancellationToken cancellation) => WriteAsync(async write =>
    {
        for (var from = 0; from < count; from += RowsAtOnce)
        {
            var numbers = Enumerable.Range(from, Math.Min(RowsAtOnce, count - from)).ToList();
            await write.InsertAsync(IntakeStatements.Contacts, numbers.ConvertAll(Contact));
            await write.InsertAsync(IntakeStatements.Identities, numbers.ConvertAll(n => Identity(n, IdentityKind.External, SignalTraffic.ContactId(n))));
            await write.InsertAsync(IntakeStatements.Identities, numbers.ConvertAll(n => Identity(n, IdentityKind.Email, SignalTraffic.Email(n))));
        }
    }, cancellation);

    /// <summary>So many signals, even over the last year, in the order of time.</summary>
    /// <param name="numbers">Of the first signal and of that after the last; numbers are not used twice.</param>
    public Task SignalsAsync(Range numbers, int contacts, CancellationToken cancellation) => WriteAsync(async write =>
    {
        var history = new SignalHistory(Workspace, numbers, contacts, TimeProvider.System.GetUtcNow());
        var days = new ZoneDays(Workspace.Workspace.TimeZone);
        foreach (var rows in history.Signals().Chunk(RowsAtOnce))
        {
            var deltas = new AggregateDeltas(Workspace.WorkspaceId, days, shard: 0);
            foreach (var row in rows) deltas.Add(row);
            await write.InsertAsync(IntakeStatements.Signals, rows);
            await write.InsertAsync(AggregateDeltas.Upsert, deltas.Cells);
        }
    }, cancellation);

    /// <summary>Closed cases of the past, and open ones with all their clocks.</summary>
    public Task CasesAsync(int all, int open, int contacts, CancellationToken cancellation) => WriteAsync(async write =>
    {
        var book = new CaseHistory(Workspace, contacts, TimeProvider.System.GetUtcNow());
        for (var from = 0; from < all - open; from += RowsAtOnce)
            await write.InsertAsync(CaseHistory.Closed, book.Close(from, Math.Min(RowsAtOnce, all - open - from)));
        for (var from = 0; from < open; from += RowsAtOnce)
        {
            var (cases, clocks) = book.Open(all - open + from, Math.Min(RowsAtOnce, open - from));
            await write.InsertAsync(IntakeStatements.Cases, cases);
            await write.InsertAsync(IntakeStatements.CaseClocks, clocks);
        }
    }, cancellation);

    /// <summary>What PostgreSQL does by itself a minute after so many rows came; SQLite does no such thing.</summary>
    public async Task SettleAsync(CancellationToken cancellation)
    {
        if (Store.Dialect.SingleWriter) return;
        await using var db = Store.Read();
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(5));
        await db.Database.ExecuteSqlRawAsync("VACUUM ANALYZE", cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        // The last connection writes the log back, so that the file can be copied.
        SqliteConnection.ClearAllPools();
    }

    /// <summary>One transaction on a connection that does not wait for the disk.</summary>
    private async Task WriteAsync(Func<Writer, Task> work, CancellationToken cancellation)
    {
        await using var db = Store.Read();
        await db.Database.OpenConnectionAsync(cancellation);
        if (Store.Dialect.SingleWriter) await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous = OFF; PRAGMA cache_size = -524288;", cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await work(new Writer(Store.Dialect, db, transaction, cancellation));
        await transaction.CommitAsync(cancellation);
    }

    private Contact Contact(int number) => new()
    {
        WorkspaceId = Workspace.WorkspaceId,
        ContactId = ContactId(number),
        CanonicalId = ContactId(number),
        Email = SignalTraffic.Email(number),
        FirstSignalAt = ContactsSince,
        LastSignalAt = ContactsSince,
        SignalCount = 1,
        CreatedAt = ContactsSince,
    };

    private ContactIdentity Identity(int number, IdentityKind kind, string value) =>
        new() { WorkspaceId = Workspace.WorkspaceId, Kind = kind, Value = value, ContactId = ContactId(number) };

    private sealed class Writer(ISqlDialect dialect, HarkDbContext db, IDbContextTransaction transaction, CancellationToken cancellation)
    {
        public Task InsertAsync<T>(BulkInsert<T> insert, IReadOnlyList<T> rows) =>
            dialect.InsertAsync(db.Database.GetDbConnection(), transaction.GetDbTransaction(), insert, rows, cancellation);
    }
}
