using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Hark.Web.Commands;

/// <summary>Backup and restore of a PostgreSQL store by PostgreSQL's own tools, in their custom format.</summary>
internal static class PostgreSqlBackup
{
    public static async Task DumpAsync(string connectionString, string target, CancellationToken cancellation)
    {
        var partial = target + ".partial";
        try
        {
            await RunAsync("pg_dump", connectionString, ["--format=custom", "--no-owner", "--no-privileges", "--file=" + partial], cancellation);
            File.Move(partial, target);
        }
        finally
        {
            if (File.Exists(partial)) File.Delete(partial);
        }
    }

    public static async Task RestoreAsync(string connectionString, string from, bool overwrite, CancellationToken cancellation)
    {
        await using (var connection = new NpgsqlConnection(connectionString + ";Pooling=false"))
        {
            try
            {
                await connection.OpenAsync(cancellation);
            }
            catch (NpgsqlException e)
            {
                throw new CommandException($"The database of ConnectionStrings:Hark cannot be opened: {e.Message} Make an empty one first.");
            }
            if (await CountAsync(connection, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", cancellation) > 0 && !overwrite)
                throw new CommandException("The database of ConnectionStrings:Hark holds tables already; make an empty one, or add --overwrite.");
            if (await CountAsync(connection, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'",
                cancellation) > 0)
                throw new CommandException("The store is in use; stop Hark on every node, then restore.");
        }
        // One transaction: a restore that fails half-way leaves the database as it was.
        await RunAsync("pg_restore", connectionString,
            ["--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", "--dbname=" + Database(connectionString), from], cancellation);
    }

    private static async Task<long> CountAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static string Database(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        return settings.Database ?? settings.Username ?? "postgres";
    }

    /// <summary>The password goes through the environment: arguments can be read by every user of the machine.</summary>
    private static async Task RunAsync(string tool, string connectionString, string[] arguments, CancellationToken cancellation)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo(tool, arguments) { RedirectStandardError = true };
        start.Environment["PGHOST"] = settings.Host;
        start.Environment["PGPORT"] = settings.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["PGDATABASE"] = Database(connectionString);
        if (settings.Username is { } user) start.Environment["PGUSER"] = user;
        if (settings.Password is { } password) start.Environment["PGPASSWORD"] = password;
        start.Environment["PGSSLMODE"] = settings.SslMode switch
        {
            SslMode.Disable => "disable",
            SslMode.Allow => "allow",
            SslMode.Prefer => "prefer",
            SslMode.Require => "require",
            SslMode.VerifyCA => "verify-ca",
            SslMode.VerifyFull => "verify-full",
        };
        using var process = Start(tool, start);
        await using var stop = cancellation.Register(() => process.Kill(entireProcessTree: true));
        var errors = await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0) throw new CommandException($"{tool} failed: {errors.Trim()}");
    }

    private static Process Start(string tool, ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new CommandException($"{tool} is not on the PATH; install the PostgreSQL client tools of the server's version.");
        }
    }
}
