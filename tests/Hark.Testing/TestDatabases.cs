using Hark.Data.PostgreSql;
using Hark.Data.Sqlite;
using Hark.Data.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hark.Testing;

/// <summary>The databases that every data test runs on.</summary>
public enum TestStore { Sqlite, PostgreSql }

/// <summary>
/// Makes databases for tests: a migrated template once in a test process, and a copy of it for every class that asks. A database that is not installed
/// skips the test with the reason; with <c>CI=true</c> it fails it.
/// </summary>
public static class TestDatabases
{
    private static readonly SemaphoreSlim Making = new(1, 1);
    private static string? _sqliteTemplate;
    private static string? _postgresTemplate;
    private static int _count;

    /// <summary>A database with the current schema and no rows.</summary>
    public static Task<TestDatabase> CreateAsync(TestStore store, CancellationToken cancellation = default) => store switch
    {
        TestStore.Sqlite => SqliteAsync(migrated: true, cancellation),
        TestStore.PostgreSql => PostgresAsync(migrated: true, cancellation),
    };

    /// <summary>A database without a schema, for tests of the migrations themselves.</summary>
    public static Task<TestDatabase> CreateBlankAsync(TestStore store, CancellationToken cancellation = default) => store switch
    {
        TestStore.Sqlite => SqliteAsync(migrated: false, cancellation),
        TestStore.PostgreSql => PostgresAsync(migrated: false, cancellation),
    };

    private static async Task<TestDatabase> SqliteAsync(bool migrated, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("hark-test-").FullName;
        var file = Path.Combine(folder, "hark.db");
        if (migrated) File.Copy(await SqliteTemplateAsync(cancellation), file);
        // Spelt as the store spells it, so that its pool of open files is found when the test is over.
        var connection = new SqliteConnectionStringBuilder { DataSource = file, Cache = SqliteCacheMode.Private, ForeignKeys = true }.ToString();
        return new TestDatabase(TestStore.Sqlite, connection, () =>
        {
            using (var pool = new SqliteConnection(connection)) SqliteConnection.ClearPool(pool);
            Directory.Delete(folder, recursive: true);
            return Task.CompletedTask;
        });
    }

    private static async Task<string> SqliteTemplateAsync(CancellationToken cancellation)
    {
        await Making.WaitAsync(cancellation);
        try
        {
            if (_sqliteTemplate is not null) return _sqliteTemplate;
            var folder = Directory.CreateTempSubdirectory("hark-test-template-").FullName;
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
            var file = Path.Combine(folder, "template.db");
            // Without a pool the file is whole, its log folded in, once the context is closed.
            await MigrateAsync(o => SqliteStore.Configure(o, new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString()), cancellation);
            return _sqliteTemplate = file;
        }
        finally
        {
            Making.Release();
        }
    }

    private static async Task<TestDatabase> PostgresAsync(bool migrated, CancellationToken cancellation)
    {
        if (await PostgresServer.FindAsync(cancellation) is not { } server) return Missing(PostgresServer.WhyMissing!);
        var template = migrated ? await PostgresTemplateAsync(server, cancellation) : "template0";
        var name = server.NewName(Interlocked.Increment(ref _count));
        await server.ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template}", cancellation);
        return new TestDatabase(TestStore.PostgreSql, server.ConnectionTo(name), () => server.ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)", default));
    }

    private static async Task<string> PostgresTemplateAsync(PostgresServer server, CancellationToken cancellation)
    {
        await Making.WaitAsync(cancellation);
        try
        {
            if (_postgresTemplate is not null) return _postgresTemplate;
            var name = server.NewName(0);
            await server.ExecuteAsync($"CREATE DATABASE {name}", cancellation);
            AppDomain.CurrentDomain.ProcessExit += (_, _) => server.DropQuietly(name);
            await MigrateAsync(o => PostgreSqlStore.Configure(o, server.ConnectionTo(name) + ";Pooling=false"), cancellation);
            return _postgresTemplate = name;
        }
        finally
        {
            Making.Release();
        }
    }

    private static async Task MigrateAsync(Action<DbContextOptionsBuilder> configure, CancellationToken cancellation)
    {
        var options = new DbContextOptionsBuilder<HarkDbContext>();
        configure(options);
        await using var db = new HarkDbContext(options.Options);
        await db.Database.MigrateAsync(cancellation);
    }

    private static TestDatabase Missing(string why)
    {
        Needs.Missing(why);
        throw new InvalidOperationException(why);
    }
}

/// <summary>One database of a test class; removed when disposed.</summary>
public sealed class TestDatabase(TestStore kind, string connectionString, Func<Task> remove) : IAsyncDisposable
{
    private ServiceProvider? _services;

    public TestStore Kind => kind;
    public string ConnectionString => connectionString;

    /// <summary>A store over this database, made on first use and closed with it.</summary>
    public HarkStore Store => (_services ??= AddTo(new ServiceCollection()).BuildServiceProvider()).GetRequiredService<HarkStore>();

    /// <summary>Registers a store over this database.</summary>
    public IServiceCollection AddTo(IServiceCollection services) => kind switch
    {
        TestStore.Sqlite => services.AddSqliteStore(connectionString),
        TestStore.PostgreSql => services.AddPostgreSqlStore(connectionString),
    };

    public async ValueTask DisposeAsync()
    {
        if (_services is not null) await _services.DisposeAsync();
        await remove();
    }
}
