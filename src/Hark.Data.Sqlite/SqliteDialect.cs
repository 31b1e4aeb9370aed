using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Hark.Data.Signals;
using Hark.Data.Store;
using Microsoft.Data.Sqlite;

namespace Hark.Data.Sqlite;

/// <summary>SQLite: everything runs in this process, so many rows are a prepared statement run many times.</summary>
public sealed class SqliteDialect : ISqlDialect
{
    private const int Busy = 5, Locked = 6, Full = 13, IoError = 10, Constraint = 19;
    private const int PrimaryKeyViolation = 1555, UniqueViolation = 2067;

    /// <summary>A bulk statement is compiled once for a connection, which the intake writer keeps open: compiling costs ten times what running does.</summary>
    private readonly ConditionalWeakTable<SqliteConnection, Dictionary<string, SqliteCommand>> _prepared = [];

    /// <summary>The text of each insert, put together once.</summary>
    private readonly ConditionalWeakTable<object, string> _texts = [];

    public string Name => "sqlite";
    public bool SingleWriter => true;
    public string SkipLocked => "";
    public string ForUpdate => "";
    public bool CommandsStayPrepared => true;
    public string LockMigrations => "";
    public string LockAggregates => "";
    public ISearchDialect Search { get; } = new SqliteSearch();

    public string AnyOf(string column, string name, ColumnType type) =>
        type == ColumnType.Uuid ? $"{column} IN (SELECT unhex(value) FROM json_each(@{name}))" : $"{column} IN (SELECT value FROM json_each(@{name}))";

    public void AddArray<T>(DbCommand command, string name, ColumnType type, IReadOnlyCollection<T> values)
    {
        var elements = values.Select(v => ToColumn(v) switch { byte[] bytes => Convert.ToHexString(bytes), var other => other });
        Add(command, name, JsonSerializer.Serialize(elements));
    }

    public void Add(DbCommand command, string name, object? value) =>
        command.Parameters.Add(new SqliteParameter("@" + name, ToColumn(value) ?? DBNull.Value));

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
        var command = Prepared((SqliteConnection)connection, statement);
        command.Transaction = (SqliteTransaction?)transaction;
        foreach (var row in rows)
        {
            for (var i = 0; i < statement.Columns.Count; i++)
                command.Parameters[i].Value = ToColumn(statement.Columns[i].Get(row)) ?? DBNull.Value;
            command.ExecuteNonQuery();
        }
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

    private SqliteCommand Prepared<T>(SqliteConnection connection, BulkStatement<T> statement)
    {
        var commands = _prepared.GetValue(connection, KeptWhileOpen);
        if (commands.TryGetValue(statement.Sql, out var command)) return command;
        command = connection.CreateCommand();
        command.CommandText = statement.Sql;
        foreach (var column in statement.Columns) command.Parameters.Add(new SqliteParameter("@" + column.Name, null));
        return commands[statement.Sql] = command;
    }

    /// <summary>
    /// What was compiled belongs to the file handle. A connection that is opened again may be given another handle of the pool, and does not itself forget a command that
    /// outlived one opening: such a command would then write outside the transaction, and wait for it for ever.
    /// </summary>
    private static Dictionary<string, SqliteCommand> KeptWhileOpen(SqliteConnection connection)
    {
        var commands = new Dictionary<string, SqliteCommand>(StringComparer.Ordinal);
        connection.StateChange += (_, change) =>
        {
            if (change.CurrentState == System.Data.ConnectionState.Closed) commands.Clear();
        };
        return commands;
    }

    private static SqliteException? Find(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
            if (exception is SqliteException found) return found;
        return null;
    }

    private static object? ToColumn(object? value) => value switch
    {
        Guid id => id.ToByteArray(bigEndian: true),
        DateTimeOffset time => time.UtcTicks,
        decimal money => (long)(money * 10_000m),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        bool truth => truth ? 1L : 0L,
        _ => value,
    };
}
