using Hark.Data.PostgreSql;
using Hark.Data.Sqlite;
using Hark.Data.Store;
using Hark.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Xunit;

namespace Hark.Data.Tests.Store;

/// <summary>The model and its migrations, which have to agree on both databases.</summary>
public sealed class ModelTests
{
    private const string First = "workspace_id";

    private static HarkDbContext Context(TestStore store)
    {
        var options = new DbContextOptionsBuilder<HarkDbContext>();
        if (store == TestStore.Sqlite) SqliteStore.Configure(options, "Data Source=unused.db");
        else PostgreSqlStore.Configure(options, "Host=unused");
        return new HarkDbContext(options.Options);
    }

    private static List<IEntityType> WorkspaceTables(HarkDbContext db) =>
        [.. db.Model.GetEntityTypes().Where(e => !ModelConventions.NodeTables.Contains(e.GetTableName()!))];

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public void Migrations_say_what_the_model_says(TestStore store)
    {
        using var db = Context(store);
        Assert.False(db.Database.HasPendingModelChanges(), "Run: dotnet run --project tools/Hark.Scaffold <NameOfTheChange>");
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public void The_compiled_model_says_what_the_model_says(TestStore store)
    {
        using var db = Context(store);
        var (compiled, conventions) = (db.Model, db.GetService<IDesignTimeModel>().Model);
        Assert.IsAssignableFrom<RuntimeModel>(compiled);
        Assert.IsNotAssignableFrom<RuntimeModel>(conventions);
        Assert.True(Describe(conventions).SequenceEqual(Describe(compiled)), "Run: dotnet run --project tools/Hark.Scaffold");
    }

    /// <summary>All that decides what is read and written: columns, keys, references and indexes.</summary>
    private static IEnumerable<string> Describe(IModel model) =>
        from entity in model.GetEntityTypes()
        from line in entity.GetProperties().Select(p => $"{p.GetColumnName()} {p.GetColumnType()} {p.IsNullable} {p.GetMaxLength()} {p.IsConcurrencyToken} {p.ValueGenerated} {p.GetTypeMapping().Converter?.GetType()}")
            .Concat(entity.GetKeys().Select(k => $"{k.GetName()} {Columns(k.Properties)}"))
            .Concat(entity.GetForeignKeys().Select(f => $"{f.GetConstraintName()} {Columns(f.Properties)} {f.DeleteBehavior}"))
            .Concat(entity.GetIndexes().Select(i => $"{i.GetDatabaseName()} {Columns(i.Properties)} {i.IsUnique} {i.GetFilter()}"))
            .Order(StringComparer.Ordinal)
        select $"{entity.GetTableName()}: {line}";

    private static string Columns(IEnumerable<IProperty> properties) => string.Join(", ", properties.Select(p => p.GetColumnName()));

    [Fact]
    public void Both_databases_have_migrations_of_the_same_names()
    {
        using var sqlite = Context(TestStore.Sqlite);
        using var postgres = Context(TestStore.PostgreSql);
        Assert.Equal(sqlite.Database.GetMigrations().Select(Name), postgres.Database.GetMigrations().Select(Name));

        static string Name(string migration) => migration[(migration.IndexOf('_', StringComparison.Ordinal) + 1)..];
    }

    [Fact]
    public void Every_key_and_index_and_reference_starts_with_the_workspace()
    {
        using var db = Context(TestStore.PostgreSql);
        var tables = WorkspaceTables(db);
        Assert.True(tables.Count > 20);
        foreach (var table in tables)
        {
            Assert.All(table.GetKeys(), k => Assert.Equal(First, k.Properties[0].GetColumnName()));
            Assert.All(table.GetIndexes(), i => Assert.Equal(First, i.Properties[0].GetColumnName()));
            Assert.All(table.GetForeignKeys(), f => Assert.Equal(First, f.Properties[0].GetColumnName()));
        }
    }

    [Fact]
    public void Only_the_nodes_own_tables_are_outside_workspaces()
    {
        using var db = Context(TestStore.PostgreSql);
        var outside = db.Model.GetEntityTypes().Where(e => e.FindProperty("WorkspaceId") is null).Select(e => e.GetTableName()!);
        Assert.Equal(ModelConventions.NodeTables.Order(StringComparer.Ordinal), outside.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task Migrations_make_every_table_of_the_model_also_from_two_nodes_at_once(TestStore store)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var database = await TestDatabases.CreateBlankAsync(store, cancellation);
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => database.Store.MigrateAsync(cancellation), cancellation)));
        await using var db = database.Store.Read();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(cancellation));
        foreach (var table in db.Model.GetEntityTypes())
        {
            var columns = string.Join(", ", table.GetProperties().Select(p => $"\"{p.GetColumnName()}\"")); // "right" is a word of SQL
            await using var command = await db.CommandAsync($"SELECT {columns} FROM {table.GetTableName()}", cancellation);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            Assert.False(await reader.ReadAsync(cancellation));
        }
    }
}
