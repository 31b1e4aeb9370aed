using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Hark.Data.Signals;
using Hark.Data.Store;
using Npgsql;
using NpgsqlTypes;

namespace Hark.Data.PostgreSql;

/// <summary>PostgreSQL: many rows are one statement over arrays (<c>unnest</c>), many statements one batch.</summary>
public sealed class PostgreSqlDialect : ISqlDialect
{
    /// <summary>The text of each insert, put together once.</summary>
    private readonly ConditionalWeakTable<object, string> _texts = [];

    public string Name => "postgresql";
    public bool SingleWriter => false;
    public bool CommandsStayPrepared => false;

    /// <summary>The number is "hark" in ASCII; advisory locks are per database.</summary>
    public string LockMigrations => "SELECT pg_advisory_xact_lock(1751216747)";
    public string SkipLocked => "FOR UPDATE SKIP LOCKED";
    public string ForUpdate => "FOR UPDATE";
    /// <summary>Autovacuum takes dead rows away, and the server's own retention its log.</summary>
    public string DropOldCopies => "";

    public string LockAggregates => "LOCK TABLE aggregate_cells IN SHARE ROW EXCLUSIVE MODE";
    public ISearchDialect Search { get; } = new PostgreSqlSearch();

    public string AnyOf(string column, string name, ColumnType type) => $"{column} = ANY(@{name})";

    /// <remarks>OFFSET 0 keeps the planner from making a hash join of it.</remarks>
    public string Seek(string table, string alias, string name, ColumnType type, Func<string, string> where, bool forUpdate = false) =>
        $"unnest(@{name}) AS sought(value) CROSS JOIN LATERAL (SELECT * FROM {table} {alias} WHERE {where("sought.value")} OFFSET 0{(forUpdate ? " FOR UPDATE" : "")}) {alias}";

    public void AddArray<T>(DbCommand command, string name, ColumnType type, IReadOnlyCollection<T> values) =>
        command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Array | DbType(type)) { Value = values.ToArray() });

    public void Add(DbCommand command, string name, object? value) => command.Parameters.Add(new NpgsqlParameter(name, value ?? DBNull.Value));

    public Guid ReadGuid(DbDataReader reader, int ordinal) => reader.GetGuid(ordinal);
    public DateTimeOffset ReadTime(DbDataReader reader, int ordinal) => reader.GetFieldValue<DateTimeOffset>(ordinal);
    public decimal ReadDecimal(DbDataReader reader, int ordinal) => reader.GetDecimal(ordinal);
    public bool ReadBool(DbDataReader reader, int ordinal) => reader.GetBoolean(ordinal);

    public async Task InsertAsync<T>(DbConnection connection, DbTransaction? transaction, BulkInsert<T> insert, IReadOnlyList<T> rows,
        CancellationToken cancellation)
    {
        if (rows.Count == 0) return;
        await using var command = new NpgsqlCommand { Connection = (NpgsqlConnection)connection, Transaction = (NpgsqlTransaction?)transaction };
        foreach (var column in insert.Columns)
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | DbType(column.Type), Value = column.ToArray(rows) });
        command.CommandText = _texts.GetValue(insert, _ => Text(insert));
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public async Task ExecuteEachAsync<T>(DbConnection connection, DbTransaction? transaction, BulkStatement<T> statement, IReadOnlyList<T> rows,
        CancellationToken cancellation)
    {
        if (rows.Count == 0) return;
        await using var batch = new NpgsqlBatch((NpgsqlConnection)connection, (NpgsqlTransaction?)transaction);
        foreach (var row in rows)
        {
            var command = new NpgsqlBatchCommand(statement.Sql);
            foreach (var column in statement.Columns)
                command.Parameters.Add(new NpgsqlParameter(column.Name, DbType(column.Type)) { Value = column.Get(row) ?? DBNull.Value });
            batch.BatchCommands.Add(command);
        }
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancellation) =>
        await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);

    public bool IsUniqueViolation(Exception exception) => Find(exception)?.SqlState == PostgresErrorCodes.UniqueViolation;

    public bool IsTransient(Exception exception)
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            if (e is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure }) return true;
            if (e is NpgsqlException { IsTransient: true } or IOException or System.Net.Sockets.SocketException) return true;
            if (e is PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow }) return true;
        }
        return false;
    }

    public bool IsStorageFull(Exception exception) => Find(exception)?.SqlState is PostgresErrorCodes.DiskFull or PostgresErrorCodes.OutOfMemory;

    private static string Text<T>(BulkInsert<T> insert)
    {
        var arrays = Enumerable.Range(1, insert.Columns.Count).Select(i => "$" + i);
        return $"INSERT INTO {insert.Table} ({string.Join(", ", insert.Columns.Select(c => c.Name))}) SELECT * FROM unnest({string.Join(", ", arrays)}) {insert.Tail}";
    }

    private static PostgresException? Find(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
            if (exception is PostgresException found) return found;
        return null;
    }

    private static NpgsqlDbType DbType(ColumnType type) => type switch
    {
        ColumnType.Uuid => NpgsqlDbType.Uuid,
        ColumnType.Text => NpgsqlDbType.Text,
        ColumnType.Int => NpgsqlDbType.Integer,
        ColumnType.Long => NpgsqlDbType.Bigint,
        ColumnType.Double => NpgsqlDbType.Double,
        ColumnType.Bool => NpgsqlDbType.Boolean,
        ColumnType.Time => NpgsqlDbType.TimestampTz,
        ColumnType.Money => NpgsqlDbType.Numeric,
        ColumnType.Date => NpgsqlDbType.Date,
        ColumnType.Bytes => NpgsqlDbType.Bytea,
    };
}
