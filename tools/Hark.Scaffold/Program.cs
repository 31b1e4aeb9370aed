using Hark.Data.PostgreSql;
using Hark.Data.Sqlite;
using Hark.Data.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Design.Internal;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.Extensions.DependencyInjection;

#pragma warning disable EF1001 // design-time services of the providers are internal; this tool is what "dotnet ef" would be

// Writes one migration for both databases: dotnet run --project tools/Hark.Scaffold AddCaseSlaDue
if (args is not [var name]) return Fail("Name the migration after its change: dotnet run --project tools/Hark.Scaffold AddCaseSlaDue");
if (FindRoot() is not { } root) return Fail("Run this inside the repository.");

Write("Hark.Data.Sqlite", new DbContextOptionsBuilder<HarkDbContext>(), o => SqliteStore.Configure(o, "Data Source=scaffold.db"),
    "Microsoft.EntityFrameworkCore.Sqlite.Design.Internal.SqliteDesignTimeServices, Microsoft.EntityFrameworkCore.Sqlite");
Write("Hark.Data.PostgreSql", new DbContextOptionsBuilder<HarkDbContext>(), o => o.UseNpgsql("Host=localhost", PostgreSqlStore.Options),
    "Npgsql.EntityFrameworkCore.PostgreSQL.Design.Internal.NpgsqlDesignTimeServices, Npgsql.EntityFrameworkCore.PostgreSQL");
return 0;

void Write(string project, DbContextOptionsBuilder<HarkDbContext> options, Action<DbContextOptionsBuilder> configure, string designTimeServices)
{
    configure(options);
    using var db = new HarkDbContext(options.Options);
    var services = new ServiceCollection()
        .AddEntityFrameworkDesignTimeServices(new OperationReporter(new OperationReportHandler()))
        .AddDbContextDesignTimeServices(db);
    ((IDesignTimeServices)Activator.CreateInstance(Type.GetType(designTimeServices, throwOnError: true)!)!).ConfigureDesignTimeServices(services);
    using var provider = services.BuildServiceProvider();
    var folder = Path.Combine(root, "src", project);
    var migration = provider.GetRequiredService<IMigrationsScaffolder>().ScaffoldMigration(name, project, "Migrations", "C#");
    var files = Path.Combine(folder, "Migrations");
    Directory.CreateDirectory(files);
    File.WriteAllText(Path.Combine(files, migration.MigrationId + ".cs"), migration.MigrationCode);
    File.WriteAllText(Path.Combine(files, migration.MigrationId + ".Designer.cs"), migration.MetadataCode);
    File.WriteAllText(Path.Combine(files, migration.SnapshotName + ".cs"), migration.SnapshotCode);
    Console.WriteLine($"{project}: {migration.MigrationId}");
}

static string? FindRoot()
{
    for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        if (File.Exists(Path.Combine(folder.FullName, "Hark.slnx"))) return folder.FullName;
    return null;
}

static int Fail(string message)
{
    Console.Error.WriteLine(message);
    return 2;
}
