using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Hark.Data.Sqlite;

/// <summary>
/// Sets every connection up alike: write-ahead log with a full sync at commit (what is acknowledged survives power loss), foreign keys on, and a wait
/// instead of an error while another process (the command line) writes. The file is not mapped: it would be mapped anew whenever it grows, which for a file that
/// signals stream into costs more than reading it. The log is folded in every 32 MB, not every 4: random index pages that a batch touches again are then written once.
/// What is deleted or written over is overwritten in the file, too: an erased person must not stay in free space.
/// </summary>
public sealed class SqlitePragmas : DbConnectionInterceptor
{
    public const string Sql = """
        PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 10000;
        PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768; PRAGMA mmap_size = 0; PRAGMA wal_autocheckpoint = 8000; PRAGMA journal_size_limit = 67108864;
        PRAGMA secure_delete = ON;
        """;

    /// <summary>A pool hands connections out again as they are: what is set up already stays so.</summary>
    private static readonly ConditionalWeakTable<sqlite3, object> SetUp = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Apply(connection);
        return Task.CompletedTask;
    }

    public static void Apply(DbConnection connection)
    {
        // EF looks whether the file exists through a read-only connection, which could not change a file (a restored one) to write-ahead mode.
        if (connection.ConnectionString.Contains("Mode=ReadOnly", StringComparison.OrdinalIgnoreCase)) return;
        var handle = (connection as SqliteConnection)?.Handle;
        if (handle is not null && SetUp.TryGetValue(handle, out _)) return;
        using var command = connection.CreateCommand();
        command.CommandText = Sql;
        command.ExecuteNonQuery();
        if (handle is not null) SetUp.AddOrUpdate(handle, SetUp);
    }
}
