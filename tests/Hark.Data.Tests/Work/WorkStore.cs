using Hark.Data.Model;
using Hark.Data.Sqlite;
using Hark.Data.Store;
using Hark.Data.Work;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hark.Data.Tests.Work;

/// <summary>A migrated store with one workspace, and what the suites of this folder use of it.</summary>
public sealed class WorkStore : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 6, 0, 0, TimeSpan.Zero);

    private readonly ServiceProvider _services;
    private readonly Func<ValueTask> _remove;

    private WorkStore(ServiceProvider services, Func<ValueTask> remove)
    {
        (_services, _remove) = (services, remove);
        Store = services.GetRequiredService<HarkStore>();
        Leases = new Leases(Store);
        Queue = new OutboxQueue(Store);
        Queries = new OutboxQueries(Store);
    }

    public HarkStore Store { get; }
    public Leases Leases { get; }
    public OutboxQueue Queue { get; }
    public OutboxQueries Queries { get; }
    public Guid WorkspaceId { get; } = Guid.CreateVersion7(Start);

    public static Task<WorkStore> SqliteAsync()
    {
        var folder = Directory.CreateTempSubdirectory("hark-work-");
        var services = new ServiceCollection().AddSqliteStore($"Data Source={Path.Combine(folder.FullName, "hark.db")}").BuildServiceProvider();
        return CreateAsync(services, () =>
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
            return ValueTask.CompletedTask;
        });
    }

    private static async Task<WorkStore> CreateAsync(ServiceProvider services, Func<ValueTask> remove)
    {
        var store = new WorkStore(services, remove);
        await using (var db = await services.GetRequiredService<IDbContextFactory<HarkDbContext>>().CreateDbContextAsync()) await db.Database.MigrateAsync();
        await store.Store.WriteAsync(async db =>
        {
            db.Workspaces.Add(new Workspace { WorkspaceId = store.WorkspaceId, Name = "Test", TimeZone = "UTC", CreatedAt = Start });
            await db.SaveChangesAsync();
        });
        return store;
    }

    /// <summary>Enqueues an e-mail due at <paramref name="at"/> and returns its id.</summary>
    public async Task<Guid> EnqueueAsync(DateTimeOffset at, string to = "jana@example.com")
    {
        var email = new EmailPayload { To = to, Subject = "Hello", Text = "Hello" };
        var message = OutboxMessages.Email(WorkspaceId, "test", email, at);
        await Store.WriteAsync(db => Queue.EnqueueAsync(db, [message]));
        return message.MessageId;
    }

    public async Task<OutboxMessage> MessageAsync(Guid id) => (await Queries.FindAsync(WorkspaceId, id))!.Value.Message;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _remove();
    }
}
