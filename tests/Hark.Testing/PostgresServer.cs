using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Hark.Testing;

/// <summary>
/// The PostgreSQL server of this test process: the one that <c>HARK_TEST_POSTGRES</c> names (a connection string that may make databases), else a private
/// cluster in a temporary folder. The cluster is watched by a shell whose input is held by this process: however the process ends, the input closes
/// and the shell stops the cluster and removes the folder.
/// </summary>
public sealed class PostgresServer
{
    public const string Variable = "HARK_TEST_POSTGRES";
    private static readonly Lazy<Task<PostgresServer?>> Found = new(StartAsync);
    private readonly string _connection;
    private readonly string _prefix = string.Create(CultureInfo.InvariantCulture, $"hark_t{Environment.ProcessId}_{Environment.TickCount64 % 1_000_000}");

    private PostgresServer(string connection) => _connection = connection;

    /// <summary>Whether a private cluster shall survive a power cut, as one that is measured must. Set before the first <see cref="FindAsync"/>.</summary>
    public static bool Durable { get; set; }

    /// <summary>Why there is no server; set after <see cref="FindAsync"/> returned null.</summary>
    public static string? WhyMissing { get; private set; }

    /// <summary>The folder of the private cluster, and the shell that watches it; null for a server named by the environment.</summary>
    public static string? Folder { get; private set; }

    private static Process? _watcher;

    public static Task<PostgresServer?> FindAsync(CancellationToken cancellation) => Found.Value.WaitAsync(cancellation);

    public string ConnectionTo(string database) => new NpgsqlConnectionStringBuilder(_connection) { Database = database, MaxPoolSize = 20 }.ToString();

    public string NewName(int number) => string.Create(CultureInfo.InvariantCulture, $"{_prefix}_{number}");

    public async Task ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(_connection + ";Pooling=false");
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Removes a database of a server that outlives this process; a private cluster goes as a whole.</summary>
    internal void DropQuietly(string name)
    {
        if (Folder is not null) return;
        using var connection = new NpgsqlConnection(_connection + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand($"DROP DATABASE IF EXISTS {name} WITH (FORCE)", connection);
        command.ExecuteNonQuery();
    }

    private static async Task<PostgresServer?> StartAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named) return new PostgresServer(named);
        if (Binaries() is not { } binaries) return Missing($"PostgreSQL is not installed (no /usr/lib/postgresql/*/bin); install it or set {Variable}.");
        var asRoot = Environment.UserName == "root";
        var folder = Directory.CreateTempSubdirectory("hark-pg-").FullName;
        if (asRoot && !await RunAsync("chown", "postgres", folder))
        {
            Directory.Delete(folder);
            return Missing($"PostgreSQL does not run as root and there is no user postgres; run the tests as another user or set {Variable}.");
        }
        var start = new ProcessStartInfo(asRoot ? "runuser" : "sh") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (var argument in asRoot ? new[] { "-u", "postgres", "--", "sh" } : []) start.ArgumentList.Add(argument);
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(Script);
        start.Environment["BIN"] = binaries;
        start.Environment["DIR"] = folder;
        start.Environment["SYNC"] = Durable ? "-c shared_buffers=256MB -c max_wal_size=4GB" : "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c shared_buffers=64MB";
        _watcher = Process.Start(start)!;
        if (await _watcher.StandardOutput.ReadLineAsync() != "ready")
            return Missing($"A private PostgreSQL cluster did not start: {await _watcher.StandardError.ReadToEndAsync()}");
        Folder = folder;
        return new PostgresServer($"Host={folder};Username=hark;Database=postgres;Include Error Detail=true");
    }

    /// <summary>Unless asked for, durability is switched off: these databases live as long as the test run.</summary>
    private const string Script = """
        trap 'rm -rf "$DIR"' EXIT
        "$BIN/initdb" -D "$DIR/data" -U hark -A trust -E UTF8 --locale=C --no-sync >"$DIR/initdb.log" 2>&1 || { cat "$DIR/initdb.log" >&2; exit 1; }
        "$BIN/pg_ctl" -D "$DIR/data" -l "$DIR/server.log" -w -o "-c listen_addresses='' -c unix_socket_directories='$DIR' -c max_connections=300 $SYNC" start >/dev/null 2>&1 || { cat "$DIR/server.log" >&2; exit 1; }
        echo ready
        cat >/dev/null
        "$BIN/pg_ctl" -D "$DIR/data" -m immediate -w stop >/dev/null 2>&1
        """;

    private static PostgresServer? Missing(string why)
    {
        WhyMissing = why;
        return null;
    }

    private static string? Binaries() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(d => int.TryParse(Path.GetFileName(d), out var v) ? v : 0)
                .Select(d => Path.Combine(d, "bin")).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
            : null;

    private static async Task<bool> RunAsync(string file, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
