using System.Net;
using System.Net.Security;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Work;
using Hark.Data.Workspaces;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Features.Outbox;
using Hark.Web.Features.Outbox.Email;
using Hark.Web.Features.Outbox.Webhooks;
using Hark.Web.Infrastructure.Settings;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Hark.Web.Tests.Outbox;

/// <summary>The outbox over a real database, with a clock that the test moves and the worker driven by hand.</summary>
public sealed class OutboxFixture : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;

    private OutboxFixture(TestDatabase database, ServiceProvider services, ManualTime time) => (_database, _services, Time) = (database, services, time);

    public ManualTime Time { get; }
    public Guid WorkspaceId { get; private set; }
    public HarkStore Store => Get<HarkStore>();
    public OutboxQueue Queue => Get<OutboxQueue>();
    public WebhookAdmin Webhooks => Get<WebhookAdmin>();

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <param name="store">The kind of database.</param>
    /// <param name="mail">The mail server; null for none.</param>
    /// <param name="allowPrivate">Whether webhooks may reach the receivers of these tests, which are on loopback.</param>
    /// <param name="trust">Which certificates of mail servers with implicit TLS are believed.</param>
    /// <param name="resolve">How names become addresses.</param>
    public static async Task<OutboxFixture> CreateAsync(TestStore store = TestStore.Sqlite, MailOptions? mail = null, bool allowPrivate = true,
        RemoteCertificateValidationCallback? trust = null, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        var database = await TestDatabases.CreateAsync(store);
        var time = new ManualTime();
        var fixture = new OutboxFixture(database, Services(database, time, mail, allowPrivate, trust, resolve), time);
        fixture.WorkspaceId = (await fixture.Get<WorkspaceAdmin>().CreateAsync("Test", "UTC", Actor.System("test"))).WorkspaceId;
        return fixture;
    }

    /// <summary>Another node on the same database and clock, set up otherwise.</summary>
    public OutboxFixture Restarted(MailOptions? mail) =>
        new(_database, Services(_database, Time, mail, true, null, null), Time) { WorkspaceId = WorkspaceId };

    /// <summary>One run of the worker at the time of the clock.</summary>
    public Task RunAsync() => Get<OutboxWorker>().RunOnceAsync(Time.GetUtcNow());

    /// <summary>Moves the clock from one due message to the next and runs the worker each time, for as long as <paramref name="span"/>.</summary>
    public async Task LetPassAsync(TimeSpan span)
    {
        var end = Time.GetUtcNow() + span;
        await RunAsync();
        while (await Queue.NextDueAsync(WorkspaceId) is { } next && next <= end)
        {
            if (next > Time.GetUtcNow()) Time.Advance(next - Time.GetUtcNow());
            await RunAsync();
        }
        if (end > Time.GetUtcNow()) Time.Advance(end - Time.GetUtcNow());
    }

    public async Task<Guid> EmailAsync(EmailPayload email, Guid? caseId = null, Guid? contactId = null)
    {
        var message = OutboxMessages.Email(WorkspaceId, "case.reply", email, Time.GetUtcNow(), caseId, contactId);
        await Store.WriteAsync(db => Queue.EnqueueAsync(db, [message]));
        return message.MessageId;
    }

    public async Task<Guid> WebhookAsync(Guid endpointId, string body = """{"type":"case.opened"}""")
    {
        var message = OutboxMessages.Webhook(WorkspaceId, endpointId, "case.opened", body, Time.GetUtcNow());
        await Store.WriteAsync(db => Queue.EnqueueAsync(db, [message]));
        return message.MessageId;
    }

    /// <summary>An endpoint, with its secret.</summary>
    public async Task<(Guid Id, string Secret)> EndpointAsync(string url, string key = "hook")
    {
        var made = (await Webhooks.CreateAsync(WorkspaceId, key, new WebhookSettings(url, []), Actor.System("test"))).Value;
        return (made.Endpoint.EndpointId, made.Secret);
    }

    public async Task<Guid> ContactAsync(Guid? canonicalId = null, DateTimeOffset? unsubscribedAt = null, DateTimeOffset? erasedAt = null)
    {
        var id = Guid.CreateVersion7(Time.GetUtcNow());
        await Store.WriteAsync(async db =>
        {
            db.Contacts.Add(new Contact
            {
                WorkspaceId = WorkspaceId,
                ContactId = id,
                CanonicalId = canonicalId ?? id,
                Email = "jana@example.com",
                UnsubscribedAt = unsubscribedAt,
                ErasedAt = erasedAt,
                FirstSignalAt = Time.GetUtcNow(),
                LastSignalAt = Time.GetUtcNow(),
                CreatedAt = Time.GetUtcNow(),
            });
            await db.SaveChangesAsync();
        });
        return id;
    }

    public async Task<OutboxMessage> MessageAsync(Guid id) => (await Get<OutboxQueries>().FindAsync(WorkspaceId, id))!.Value.Message;

    public async Task<IReadOnlyList<OutboxAttempt>> AttemptsAsync(Guid id) => (await Get<OutboxQueries>().FindAsync(WorkspaceId, id))!.Value.Attempts;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static ServiceProvider Services(TestDatabase database, ManualTime time, MailOptions? mail, bool allowPrivate,
        RemoteCertificateValidationCallback? trust, Func<string, CancellationToken, Task<IPAddress[]>>? resolve)
    {
        var options = new HarkOptions
        {
            ConnectionString = database.ConnectionString,
            Store = StoreKind.Sqlite,
            PublicUrl = "https://hark.example",
            Mail = mail,
            WebhooksMayReachPrivateAddresses = allowPrivate,
        };
        var services = database.AddTo(new ServiceCollection()).AddLogging().AddSingleton<TimeProvider>(time).AddSingleton(options)
            .AddSingleton<WorkspaceSnapshots>().AddSingleton<SettingsWriter>().AddSingleton<WorkspaceAdmin>();
        services.AddDataProtection().PersistKeysToDbContext<HarkDbContext>();
        services.AddOutbox(options);
        if (resolve is not null) services.Replace(ServiceDescriptor.Singleton(_ => new OutboundHttp(allowPrivate, resolve)));
        if (trust is null) return services.BuildServiceProvider();
        services.AddSingleton<IOutboxSender>(p => new EmailSender(options, p.GetRequiredService<HarkStore>()) { Trust = trust });
        services.Remove(services.Single(s => s.ImplementationType == typeof(EmailSender)));
        return services.BuildServiceProvider();
    }
}
