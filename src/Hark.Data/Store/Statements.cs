using System.Data.Common;

namespace Hark.Data.Store;

/// <summary>
/// Hand-written statements on one connection that lives long: they are prepared once. Where the command itself keeps the prepared statement it is made once per
/// text; a driver that prepares by text gets a new command each time. Not for two threads at once.
/// </summary>
public sealed class Statements(DbConnection connection, ISqlDialect dialect) : IDisposable
{
    private readonly Dictionary<string, DbCommand> _commands = new(StringComparer.Ordinal);

    public DbConnection Connection => connection;
    public ISqlDialect Dialect => dialect;

    /// <summary>The transaction that every statement runs in; set by whoever begins one.</summary>
    public DbTransaction? Transaction { get; set; }

    /// <summary>Calls <paramref name="row"/> for every row of the answer.</summary>
    public async Task QueryAsync(string sql, Action<DbCommand> bind, Action<DbDataReader> row, CancellationToken cancellation)
    {
        var command = Command(sql);
        try
        {
            bind(command);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation)) row(reader);
        }
        finally
        {
            if (!dialect.CommandsStayPrepared) await command.DisposeAsync();
        }
    }

    public Task InsertAsync<T>(BulkInsert<T> insert, IReadOnlyList<T> rows, CancellationToken cancellation) =>
        dialect.InsertAsync(connection, Transaction, insert, rows, cancellation);

    public Task ExecuteEachAsync<T>(BulkStatement<T> statement, IReadOnlyList<T> rows, CancellationToken cancellation) =>
        dialect.ExecuteEachAsync(connection, Transaction, statement, rows, cancellation);

    public void Dispose()
    {
        foreach (var command in _commands.Values) command.Dispose();
    }

    private DbCommand Command(string sql)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            if (dialect.CommandsStayPrepared) _commands[sql] = command;
        }
        command.Transaction = Transaction;
        command.Parameters.Clear();
        return command;
    }
}
