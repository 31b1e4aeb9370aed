using System.Globalization;
using System.Text;
using Hark.Data.Store;
using Hark.Testing;
using Microsoft.Data.Sqlite;

namespace Hark.Pages.Tests.Customers;

/// <summary>Looks for a text everywhere a store may keep it: in every column of every table, and on SQLite in every byte of its files.</summary>
internal static class WholeStore
{
    /// <returns>Where it is, as table and column or as file.</returns>
    public static async Task<IReadOnlyList<string>> FindAsync(HarkStore store, TestDatabase database, string text, CancellationToken cancellation)
    {
        var found = new List<string>();
        await using var db = store.Read();
        foreach (var (table, column) in await ColumnsAsync(db, store.Dialect.Name, cancellation))
        {
            await using var command = await db.CommandAsync($"SELECT COUNT(*) FROM \"{table}\" WHERE lower(CAST(\"{column}\" AS text)) LIKE @text", cancellation);
            store.Dialect.Add(command, "text", $"%{text.ToLowerInvariant()}%");
            if (Convert.ToInt64(await command.ExecuteScalarAsync(cancellation), CultureInfo.InvariantCulture) > 0) found.Add($"{table}.{column}");
        }
        if (store.Dialect.Name == "sqlite") found.AddRange(InFiles(new SqliteConnectionStringBuilder(database.ConnectionString).DataSource, text));
        return found;
    }

    private static async Task<List<(string Table, string Column)>> ColumnsAsync(HarkDbContext db, string dialect, CancellationToken cancellation)
    {
        var sql = dialect == "sqlite"
            ? "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.sql NOT LIKE 'CREATE VIRTUAL%'"
            : "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'";
        await using var command = await db.CommandAsync(sql, cancellation);
        var columns = new List<(string, string)>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) columns.Add((reader.GetString(0), reader.GetString(1)));
        return columns;
    }

    private static IEnumerable<string> InFiles(string file, string text)
    {
        foreach (var path in Directory.GetFiles(Path.GetDirectoryName(file)!, Path.GetFileName(file) + "*"))
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            if (Encoding.Latin1.GetString(bytes.ToArray()).Contains(text, StringComparison.OrdinalIgnoreCase)) yield return Path.GetFileName(path);
        }
    }
}
