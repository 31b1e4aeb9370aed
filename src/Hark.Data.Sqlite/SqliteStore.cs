using Hark.Data.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using SQLitePCL;

namespace Hark.Data.Sqlite;

/// <summary>Registers the SQLite store.</summary>
public static class SqliteStore
{
    /// <remarks>
    /// No connection is used by two threads at once, so none needs a lock of its own; and nobody reads SQLite's own count of its memory, for which every allocation would wait
    /// (sqlite.org/c3ref/c_config_covering_index_scan.html). Where another part of the process has used SQLite before, both are refused, and only speed is lost.
    /// </remarks>
    static SqliteStore()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    /// <param name="services">Where to register.</param>
    /// <param name="connectionString"><c>Data Source=path</c>; the folder is made if it is not there. Only files: a shared memory database cannot be durable.</param>
    public static IServiceCollection AddSqliteStore(this IServiceCollection services, string connectionString)
    {
        var settings = new SqliteConnectionStringBuilder(connectionString) { Cache = SqliteCacheMode.Private, ForeignKeys = true };
        if (Path.GetDirectoryName(Path.GetFullPath(settings.DataSource)) is { } folder) Directory.CreateDirectory(folder);
        services.AddSingleton<ISqlDialect, SqliteDialect>();
        services.AddPooledDbContextFactory<HarkDbContext>(o => Configure(o, settings.ToString()));
        services.AddSingleton<HarkStore>();
        return services;
    }

    /// <remarks>Lists travel as one parameter, so that the text of a query does not depend on their length and is made once.</remarks>
    public static DbContextOptionsBuilder Configure(DbContextOptionsBuilder options, string connectionString) => options
        .UseSqlite(connectionString, s => s.MigrationsAssembly(typeof(SqliteStore).Assembly.GetName().Name).UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))
        .ReplaceService<IMigrationsSqlGenerator, SqliteMigrationsSql>()
        .UseCompiledModel(typeof(SqliteStore).Assembly)
        // A table that is made anew cannot be so inside a transaction. Upgrades run before anything else does, and the operator's guide asks for a backup first.
        .ConfigureWarnings(w => w.Ignore(RelationalEventId.NonTransactionalMigrationOperationWarning))
        .AddInterceptors(new SqlitePragmas());
}
