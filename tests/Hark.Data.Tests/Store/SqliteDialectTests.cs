using Hark.Data.Sqlite;
using Hark.Data.Store;
using Hark.Testing;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Hark.Data.Tests.Store;

/// <summary>What SQLite needs beside what both databases do.</summary>
public sealed class SqliteDialectTests
{
    private static readonly BulkInsert<string> Insert = new("words", new Columns<string>().Text("word", w => w));

    [Fact]
    public async Task A_connection_that_was_opened_again_writes_in_its_own_transaction()
    {
        await using var database = await TestDatabases.CreateBlankAsync(TestStore.Sqlite, TestContext.Current.CancellationToken);
        var dialect = new SqliteDialect();
        await using var connection = new SqliteConnection(database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using (var create = new SqliteCommand("PRAGMA journal_mode = WAL; CREATE TABLE words (word TEXT NOT NULL)", connection)) create.ExecuteNonQuery();
        await connection.CloseAsync();

        // Others take the files that the pool has, so that each opening finds another one.
        List<SqliteConnection> others = [];
        foreach (var word in (string[])["first", "second", "third"])
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            connection.DefaultTimeout = 1;
            await using (var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
            {
                await dialect.InsertAsync(connection, transaction, Insert, [word], TestContext.Current.CancellationToken);
                await transaction.CommitAsync(TestContext.Current.CancellationToken);
            }
            await connection.CloseAsync();
            others.Add(new SqliteConnection(database.ConnectionString));
            await others[^1].OpenAsync(TestContext.Current.CancellationToken);
        }

        await using var count = new SqliteCommand("SELECT count(*) FROM words", others[0]);
        Assert.Equal(3L, await count.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        foreach (var other in others) await other.DisposeAsync();
    }
}
