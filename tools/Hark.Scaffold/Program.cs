using Hark.Data.PostgreSql;
using Hark.Data.Sqlite;
using Hark.Data.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Design.Internal;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.EntityFrameworkCore.Scaffolding;
using Microsoft.Extensions.DependencyInjection;

#pragma warning disable EF1001 // design-time services of the providers are internal; this tool is what "dotnet ef" would be

// Writes a change of the model for both databases, its migration and the compiled models: dotnet run --project tools/Hark.Scaffold AddCaseSlaDue
// Without a name only the compiled models: dotnet run --project tools/Hark.Scaffold
// Where a change leaves a compiled model that does not build, delete the folders CompiledModel first.
if (args.Length > 1) return Fail("Name the migration after its change: dotnet run --project tools/Hark.Scaffold AddCaseSlaDue");
if (FindRoot() is not { } root) return Fail("Run this inside the repository.");

Write("Hark.Data.Sqlite", o => SqliteStore.Configure(o, "Data Source=scaffold.db"),
    "Microsoft.EntityFrameworkCore.Sqlite.Design.Internal.SqliteDesignTimeServices, Microsoft.EntityFrameworkCore.Sqlite");
Write("Hark.Data.PostgreSql", o => PostgreSqlStore.Configure(o, "Host=localhost"),
    "Npgsql.EntityFrameworkCore.PostgreSQL.Design.Internal.NpgsqlDesignTimeServices, Npgsql.EntityFrameworkCore.PostgreSQL");
return 0;

void Write(string project, Action<DbContextOptionsBuilder> configure, string designTimeServices)
{
    var options = new DbContextOptionsBuilder<HarkDbContext>();
    configure(options);
    using var db = new HarkDbContext(options.Options);
    var services = new ServiceCollection()
        .AddEntityFrameworkDesignTimeServices(new OperationReporter(new OperationReportHandler()))
        .AddDbContextDesignTimeServices(db);
    ((IDesignTimeServices)Activator.CreateInstance(Type.GetType(designTimeServices, throwOnError: true)!)!).ConfigureDesignTimeServices(services);
    using var provider = services.BuildServiceProvider();
    var folder = Path.Combine(root, "src", project);
    if (args is [var name]) WriteMigration(provider.GetRequiredService<IMigrationsScaffolder>(), name, project, Path.Combine(folder, "Migrations"));
    WriteModel(provider.GetRequiredService<ICompiledModelScaffolder>(), db, project, Path.Combine(folder, "CompiledModel"));
}

void WriteMigration(IMigrationsScaffolder scaffolder, string name, string project, string folder)
{
    var migration = scaffolder.ScaffoldMigration(name, project, "Migrations", "C#");
    Directory.CreateDirectory(folder);
    File.WriteAllText(Path.Combine(folder, migration.MigrationId + ".cs"), migration.MigrationCode);
    File.WriteAllText(Path.Combine(folder, migration.MigrationId + ".Designer.cs"), migration.MetadataCode);
    File.WriteAllText(Path.Combine(folder, migration.SnapshotName + ".cs"), migration.SnapshotCode);
    Console.WriteLine($"{project}: {migration.MigrationId}");
}

void WriteModel(ICompiledModelScaffolder scaffolder, HarkDbContext db, string project, string folder)
{
    if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    var files = scaffolder.ScaffoldModel(db.GetService<IDesignTimeModel>().Model, folder, new CompiledModelCodeGenerationOptions
    {
        ContextType = typeof(HarkDbContext),
        ModelNamespace = project + ".CompiledModel",
        Language = "C#",
        UseNullableReferenceTypes = true,
    });
    Console.WriteLine($"{project}: {files.Count} files of the compiled model");
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
