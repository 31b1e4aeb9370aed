using Microsoft.Data.Sqlite;

namespace Hark.Web.Commands;

/// <summary>Backup and restore of a SQLite store by SQLite's own online backup: the copy is of one moment, whatever is written meanwhile.</summary>
internal static class SqliteBackup
{
    public static async Task CopyAsync(string connectionString, string target, CancellationToken cancellation)
    {
        var source = new SqliteConnectionStringBuilder(connectionString);
        if (!File.Exists(source.DataSource)) throw new CommandException("There is no store to back up at ConnectionStrings:Hark.");
        source.Mode = SqliteOpenMode.ReadWrite;
        source.Pooling = false;
        // Written beside its name and moved there when whole: a half-written file never looks like a backup.
        var partial = target + ".partial";
        try
        {
            await CopyFileAsync(source.ToString(), new SqliteConnectionStringBuilder { DataSource = partial, Pooling = false }.ToString(), cancellation);
            File.Move(partial, target);
        }
        finally
        {
            Delete(partial);
        }
    }

    public static async Task RestoreAsync(string connectionString, string from, bool overwrite, CancellationToken cancellation)
    {
        await CheckAsync(from, cancellation);
        var store = new SqliteConnectionStringBuilder(connectionString) { Pooling = false };
        var path = Path.GetFullPath(store.DataSource);
        if (File.Exists(path))
        {
            if (!overwrite) throw new CommandException("There is a store at ConnectionStrings:Hark already; move it away, or add --overwrite.");
            await RefuseIfInUseAsync(store, cancellation);
        }
        var partial = path + ".restoring";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            await CopyFileAsync(ReadOnly(from), new SqliteConnectionStringBuilder { DataSource = partial, Pooling = false }.ToString(), cancellation);
            Delete(path + "-wal");
            Delete(path + "-shm");
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            Delete(partial);
        }
    }

    private static async Task CopyFileAsync(string from, string to, CancellationToken cancellation)
    {
        await using var source = new SqliteConnection(from);
        await using var target = new SqliteConnection(to);
        await source.OpenAsync(cancellation);
        await target.OpenAsync(cancellation);
        source.BackupDatabase(target);
        await ExecuteAsync(target, "PRAGMA journal_mode = DELETE", cancellation);
    }

    private static async Task CheckAsync(string file, CancellationToken cancellation)
    {
        try
        {
            await using var connection = new SqliteConnection(ReadOnly(file));
            await connection.OpenAsync(cancellation);
            if (await ExecuteAsync(connection, "PRAGMA quick_check(1)", cancellation) is not "ok") throw new CommandException("The backup is damaged; use another.");
            if (await ExecuteAsync(connection, "SELECT count(*) FROM sqlite_master WHERE name = 'workspaces'", cancellation) is not 1L)
                throw new CommandException("The file is not a backup of Hark.");
        }
        catch (SqliteException)
        {
            throw new CommandException("The file is not a backup of Hark.");
        }
    }

    /// <summary>
    /// A server keeps its file open in write-ahead mode. Leaving that mode needs the file to oneself, so it fails exactly while anybody has it open.
    /// </summary>
    private static async Task RefuseIfInUseAsync(SqliteConnectionStringBuilder store, CancellationToken cancellation)
    {
        try
        {
            await using var connection = new SqliteConnection(store.ToString());
            await connection.OpenAsync(cancellation);
            await ExecuteAsync(connection, "PRAGMA busy_timeout = 0", cancellation);
            if (await ExecuteAsync(connection, "PRAGMA journal_mode = DELETE", cancellation) is "delete") return;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is 5 or 6)
        {
            // busy or locked: told below
        }
        throw new CommandException("The store is in use; stop Hark, then restore.");
    }

    private static string ReadOnly(string file) => new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString();

    private static async Task<object?> ExecuteAsync(SqliteConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(cancellation);
    }

    private static void Delete(string file)
    {
        if (File.Exists(file)) File.Delete(file);
    }
}
