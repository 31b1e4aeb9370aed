using System.Data.Common;
using Hark.Data.Signals;

namespace Hark.Data.Store;

/// <summary>
/// What differs between the databases in hand-written SQL. Statements are shared text; only the fragments named here come from the dialect, and values
/// pass through it in both directions.
/// </summary>
public interface ISqlDialect
{
    /// <summary><c>sqlite</c> or <c>postgresql</c>: for logs and health, never to branch on.</summary>
    string Name { get; }

    /// <summary>One writer at a time: writers of this process queue at a gate instead of meeting "database is locked".</summary>
    bool SingleWriter { get; }

    /// <summary>
    /// A command keeps its prepared statement and is worth keeping. False for Npgsql, which prepares by text, and which, when a command is used again with
    /// other parameters after it was prepared by itself, sends the values it was prepared with (seen with 10.0.0).
    /// </summary>
    bool CommandsStayPrepared { get; }

    /// <summary>Run in a transaction of its own while the schema is upgraded: other nodes that want the same wait. Empty where the file's own lock sees to that.</summary>
    string LockMigrations { get; }

    /// <summary>Appended to a claim's SELECT so that claimers pass each other's rows.</summary>
    string SkipLocked { get; }

    /// <summary>Appended to a SELECT whose rows the transaction is about to change.</summary>
    string ForUpdate { get; }

    /// <summary><c>column</c> is one of the values of the array parameter <c>@name</c>; see <see cref="AddArray"/>.</summary>
    string AnyOf(string column, string name, ColumnType type);

    /// <summary>
    /// The FROM clause that looks up the rows of <paramref name="table"/> for each value of the array parameter <c>@name</c>, one by one through the index that the
    /// condition fits. For the hot paths: <see cref="AnyOf"/> leaves the choice to a planner that knows nothing of a table which was empty a minute ago, and that then
    /// compared every row with every value (seen on PostgreSQL 15: six seconds for a thousand values).
    /// </summary>
    /// <param name="where">The condition, given how the value is written. No two values may be alike, or a row comes twice.</param>
    /// <param name="forUpdate">The transaction is about to change these rows.</param>
    string Seek(string table, string alias, string name, ColumnType type, Func<string, string> where, bool forUpdate = false);

    void AddArray<T>(DbCommand command, string name, ColumnType type, IReadOnlyCollection<T> values);

    /// <summary>Adds a parameter, turning ids, times, money and enums into what the columns hold.</summary>
    void Add(DbCommand command, string name, object? value);

    Guid ReadGuid(DbDataReader reader, int ordinal);

    DateTimeOffset ReadTime(DbDataReader reader, int ordinal);

    decimal ReadDecimal(DbDataReader reader, int ordinal);

    bool ReadBool(DbDataReader reader, int ordinal);

    /// <summary>Inserts all rows in as few round trips as the database allows. With an ON CONFLICT tail, two rows must not share a key.</summary>
    Task InsertAsync<T>(DbConnection connection, DbTransaction? transaction, BulkInsert<T> insert, IReadOnlyList<T> rows, CancellationToken cancellation);

    /// <summary>Runs one statement for each row, pipelined where the database can.</summary>
    Task ExecuteEachAsync<T>(DbConnection connection, DbTransaction? transaction, BulkStatement<T> statement, IReadOnlyList<T> rows, CancellationToken cancellation);

    /// <summary>Full-text search.</summary>
    ISearchDialect Search { get; }

    /// <summary>A transaction whose reads all see the store as it is now and that keeps no writer waiting.</summary>
    Task<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancellation);

    /// <summary>Run in a transaction: nobody else changes aggregates until it ends. Empty where the transaction itself sees to that.</summary>
    string LockAggregates { get; }

    /// <summary>Run outside a transaction after data were erased: copies of it that the database keeps aside, such as a log, go too. Empty where there is no such statement.</summary>
    string DropOldCopies { get; }

    /// <summary>A key that has to be unique was there already.</summary>
    bool IsUniqueViolation(Exception exception);

    /// <summary>Worth trying again: a lost connection, a deadlock, a restart.</summary>
    bool IsTransient(Exception exception);

    /// <summary>The disk or the quota is full.</summary>
    bool IsStorageFull(Exception exception);
}

/// <summary>The column types of hand-written SQL.</summary>
public enum ColumnType { Uuid, Text, Int, Long, Double, Bool, Time, Money, Date, Bytes }

/// <summary>One column of a bulk statement: its name, type and how a row gives its value.</summary>
public abstract record Column<TRow>(string Name, ColumnType Type)
{
    public abstract object? Get(TRow row);

    /// <summary>The values of all rows as one typed array, for databases that take columns.</summary>
    public abstract Array ToArray(IReadOnlyList<TRow> rows);
}

/// <inheritdoc cref="Column{TRow}"/>
public sealed record Column<TRow, TValue>(string Name, ColumnType Type, Func<TRow, TValue> Value) : Column<TRow>(Name, Type)
{
    public override object? Get(TRow row) => Value(row);

    public override Array ToArray(IReadOnlyList<TRow> rows)
    {
        var values = new TValue[rows.Count];
        for (var i = 0; i < values.Length; i++) values[i] = Value(rows[i]);
        return values;
    }
}

/// <summary>INSERT INTO <paramref name="Table"/> of many rows, followed by <paramref name="Tail"/> (an ON CONFLICT clause) where one is needed.</summary>
public sealed record BulkInsert<TRow>(string Table, IReadOnlyList<Column<TRow>> Columns, string Tail = "");

/// <summary>A statement with a parameter for each column: <c>@</c> and the column's name.</summary>
public sealed record BulkStatement<TRow>(string Sql, IReadOnlyList<Column<TRow>> Columns);

/// <summary>Builds column lists without repeating the type.</summary>
public sealed class Columns<TRow> : List<Column<TRow>>
{
    public Columns<TRow> Uuid(string name, Func<TRow, Guid> value) => With(name, ColumnType.Uuid, value);
    public Columns<TRow> Uuid(string name, Func<TRow, Guid?> value) => With(name, ColumnType.Uuid, value);
    public Columns<TRow> Text(string name, Func<TRow, string?> value) => With(name, ColumnType.Text, value);
    public Columns<TRow> Int(string name, Func<TRow, int> value) => With(name, ColumnType.Int, value);
    public Columns<TRow> Int(string name, Func<TRow, int?> value) => With(name, ColumnType.Int, value);
    public Columns<TRow> Long(string name, Func<TRow, long> value) => With(name, ColumnType.Long, value);
    public Columns<TRow> Long(string name, Func<TRow, long?> value) => With(name, ColumnType.Long, value);
    public Columns<TRow> Double(string name, Func<TRow, double?> value) => With(name, ColumnType.Double, value);
    public Columns<TRow> Bool(string name, Func<TRow, bool> value) => With(name, ColumnType.Bool, value);
    public Columns<TRow> Bool(string name, Func<TRow, bool?> value) => With(name, ColumnType.Bool, value);
    public Columns<TRow> Time(string name, Func<TRow, DateTimeOffset> value) => With(name, ColumnType.Time, value);
    public Columns<TRow> Time(string name, Func<TRow, DateTimeOffset?> value) => With(name, ColumnType.Time, value);
    public Columns<TRow> Money(string name, Func<TRow, decimal?> value) => With(name, ColumnType.Money, value);
    public Columns<TRow> Date(string name, Func<TRow, DateOnly?> value) => With(name, ColumnType.Date, value);

    private Columns<TRow> With<TValue>(string name, ColumnType type, Func<TRow, TValue> value)
    {
        Add(new Column<TRow, TValue>(name, type, value));
        return this;
    }
}
