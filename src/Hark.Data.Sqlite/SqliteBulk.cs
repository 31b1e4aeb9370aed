using System.Globalization;
using Hark.Data.Store;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Hark.Data.Sqlite;

/// <summary>
/// A bulk statement compiled for one open file and run once for each row, below ADO.NET: that looks every parameter up by name for every row, which for a row of
/// thirty columns costs more than storing it (measured: half of the intake's processor time). Runs in whatever transaction the connection is in.
/// </summary>
/// <remarks>Not for two threads at once, like the connection it belongs to. Compiling costs ten times what running does, so keep it while the file is open.</remarks>
internal sealed class SqliteBulk
{
    private readonly List<Part> _parts = [];

    /// <exception cref="SqliteException">SQLite refuses the text.</exception>
    public SqliteBulk(sqlite3 file, string sql, IEnumerable<string> columns)
    {
        var names = columns.Select(c => "@" + c).ToList();
        for (var rest = sql; !string.IsNullOrWhiteSpace(rest);)
        {
            SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v3(file, rest, raw.SQLITE_PREPARE_PERSISTENT, out var statement, out rest), file);
            var parameters = new int[raw.sqlite3_bind_parameter_count(statement)];
            for (var i = 0; i < parameters.Length; i++) parameters[i] = names.IndexOf(raw.sqlite3_bind_parameter_name(statement, i + 1).utf8_to_string());
            _parts.Add(new Part(statement, parameters));
        }
    }

    /// <summary>Runs the statement with the values of a row.</summary>
    /// <exception cref="SqliteException">A constraint is violated, the disk is full …</exception>
    public void Run<T>(sqlite3 file, IReadOnlyList<Column<T>> columns, T row)
    {
        foreach (var (statement, parameters) in _parts)
        {
            for (var i = 0; i < parameters.Length; i++) Bind(statement, i + 1, columns[parameters[i]].Get(row));
            int answer;
            do answer = raw.sqlite3_step(statement);
            while (answer == raw.SQLITE_ROW);
            // Resetting repeats the answer of the step; it also lets go of the locks.
            answer = raw.sqlite3_reset(statement);
            if (answer != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(answer, file);
        }
    }

    /// <summary>How a value is kept in a column of SQLite: ids as 16 big-endian bytes, times as UTC ticks, money as ten-thousandths, dates as ISO texts.</summary>
    public static object? ToColumn(object? value) => value switch
    {
        Guid id => id.ToByteArray(bigEndian: true),
        DateTimeOffset time => time.UtcTicks,
        decimal money => (long)(money * 10_000m),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        bool truth => truth ? 1L : 0L,
        _ => value,
    };

    private static void Bind(sqlite3_stmt statement, int index, object? value)
    {
        if (value is Guid id)
        {
            Span<byte> bytes = stackalloc byte[16];
            id.TryWriteBytes(bytes, bigEndian: true, out _);
            raw.sqlite3_bind_blob(statement, index, bytes);
            return;
        }
        _ = ToColumn(value) switch
        {
            null => raw.sqlite3_bind_null(statement, index),
            string text => raw.sqlite3_bind_text(statement, index, text),
            long number => raw.sqlite3_bind_int64(statement, index, number),
            int number => raw.sqlite3_bind_int64(statement, index, number),
            double number => raw.sqlite3_bind_double(statement, index, number),
            byte[] bytes => raw.sqlite3_bind_blob(statement, index, bytes),
            var other => throw new ArgumentException($"A {other.GetType().Name} has no place in a column.", nameof(value)),
        };
    }

    private readonly record struct Part(sqlite3_stmt Statement, int[] Parameters);
}
