using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Work;
using Hark.Testing;

namespace Hark.Data.Tests.Work;

/// <summary>A store with one workspace, and what the suites of this folder use of it.</summary>
public sealed class WorkStore : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 6, 0, 0, TimeSpan.Zero);

    private readonly TestDatabase _database;

    private WorkStore(TestDatabase database)
    {
        _database = database;
        Store = database.Store;
        Leases = new Leases(Store);
        Queue = new OutboxQueue(Store);
        Queries = new OutboxQueries(Store);
    }

    public HarkStore Store { get; }
    public Leases Leases { get; }
    public OutboxQueue Queue { get; }
    public OutboxQueries Queries { get; }
    public Guid WorkspaceId { get; } = Guid.CreateVersion7(Start);

    public static async Task<WorkStore> CreateAsync(TestStore kind)
    {
        var store = new WorkStore(await TestDatabases.CreateAsync(kind));
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

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
