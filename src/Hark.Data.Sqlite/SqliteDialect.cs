using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Hark.Data.Signals;
using Hark.Data.Store;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Hark.Data.Sqlite;

/// <summary>SQLite: everything runs in this process, so many rows are a prepared statement run many times.</summary>
public sealed class SqliteDialect : ISqlDialect
{
    private const int Busy = 5, Locked = 6, Full = 13, IoError = 10, Constraint = 19;
    private const int PrimaryKeyViolation = 1555, UniqueViolation = 2067;

    /// <summary>
    /// What was compiled, by the open file it was compiled for: a connection that is opened again may be given another file of the pool, and a statement of the
    /// first would then run outside the transaction and wait for it for ever.
    /// </summary>
    private readonly ConditionalWeakTable<sqlite3, Dictionary<string, SqliteBulk>> _compiled = [];

    /// <summary>The text of each insert, put together once.</summary>
    private readonly ConditionalWeakTable<object, string> _texts = [];

    public string Name => "sqlite";
    public bool SingleWriter => true;
    public string SkipLocked => "";
    public string ForUpdate => "";
    public bool CommandsStayPrepared => true;
    public string LockMigrations => "";
    /// <summary>Pages as they were before are in the write-ahead log until it is folded in. Waits for nobody: with a reader under way it does what it can, and the next fold does the rest.</summary>
    public string DropOldCopies => "PRAGMA wal_checkpoint(TRUNCATE)";

    public string LockAggregates => "";
    public ISearchDialect Search { get; } = new SqliteSearch();

    public string AnyOf(string column, string name, ColumnType type) =>
        type == ColumnType.Uuid ? $"{column} IN (SELECT unhex(value) FROM json_each(@{name}))" : $"{column} IN (SELECT value FROM json_each(@{name}))";

    public string Seek(string table, string alias, string name, ColumnType type, Func<string, string> where, bool forUpdate = false) =>
        $"json_each(@{name}) sought CROSS JOIN {table} {alias} ON {where(type == ColumnType.Uuid ? "unhex(sought.value)" : "sought.value")}";

    public void AddArray<T>(DbCommand command, string name, ColumnType type, IReadOnlyCollection<T> values)
    {
        var elements = values.Select(v => SqliteBulk.ToColumn(v) switch { byte[] bytes => Convert.ToHexString(bytes), var other => other });
        Add(command, name, JsonSerializer.Serialize(elements));
    }

    public void Add(DbCommand command, string name, object? value) =>
        command.Parameters.Add(new SqliteParameter("@" + name, SqliteBulk.ToColumn(value) ?? DBNull.Value));

    public Guid ReadGuid(DbDataReader reader, int ordinal) => new(reader.GetFieldValue<byte[]>(ordinal), bigEndian: true);
    public DateTimeOffset ReadTime(DbDataReader reader, int ordinal) => new(reader.GetInt64(ordinal), TimeSpan.Zero);
    public decimal ReadDecimal(DbDataReader reader, int ordinal) => reader.GetInt64(ordinal) / 10_000m;
    public bool ReadBool(DbDataReader reader, int ordinal) => reader.GetInt64(ordinal) != 0;

    public Task InsertAsync<T>(DbConnection connection, DbTransaction? transaction, BulkInsert<T> insert, IReadOnlyList<T> rows, CancellationToken cancellation)
    {
        if (rows.Count == 0) return Task.CompletedTask;
        var sql = _texts.GetValue(insert, _ => Text(insert));
        return ExecuteEachAsync(connection, transaction, new BulkStatement<T>(sql, insert.Columns), rows, cancellation);
    }

    public Task ExecuteEachAsync<T>(DbConnection connection, DbTransaction? transaction, BulkStatement<T> statement, IReadOnlyList<T> rows,
        CancellationToken cancellation)
    {
        if (rows.Count == 0) return Task.CompletedTask;
        var file = ((SqliteConnection)connection).Handle!;
        var compiled = _compiled.GetOrCreateValue(file);
        if (!compiled.TryGetValue(statement.Sql, out var bulk))
            compiled[statement.Sql] = bulk = new SqliteBulk(file, statement.Sql, statement.Columns.Select(c => c.Name));
        foreach (var row in rows) bulk.Run(file, statement.Columns, row);
        return Task.CompletedTask;
    }

    public Task<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancellation) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: true));

    public bool IsUniqueViolation(Exception exception) =>
        Find(exception) is { SqliteErrorCode: Constraint, SqliteExtendedErrorCode: PrimaryKeyViolation or UniqueViolation };

    public bool IsTransient(Exception exception) => Find(exception)?.SqliteErrorCode is Busy or Locked;

    public bool IsStorageFull(Exception exception) => Find(exception)?.SqliteErrorCode is Full or IoError;

    private static string Text<T>(BulkInsert<T> insert)
    {
        var names = insert.Columns.Select(c => c.Name).ToList();
        return $"INSERT INTO {insert.Table} ({string.Join(", ", names)}) VALUES ({string.Join(", ", names.Select(n => "@" + n))}) {insert.Tail}";
    }

    private static SqliteException? Find(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
            if (exception is SqliteException found) return found;
        return null;
    }
}
