using System.Diagnostics;

namespace Hark.Testing;

/// <summary>
/// A private PostgreSQL cluster in a temporary folder, reached over a socket in it. It is watched by a shell whose input is held by this process: however the process
/// ends, the input closes and the shell stops the cluster and removes the folder.
/// </summary>
public sealed class PostgresCluster : IDisposable
{
    /// <summary>Unless asked for, durability is switched off: these databases live as long as the test run. Every line of the input crashes the server and starts it again.</summary>
    private const string Script = """
        trap 'rm -rf "$DIR"' EXIT
        "$BIN/initdb" -D "$DIR/data" -U hark -A trust -E UTF8 --locale=C --no-sync >"$DIR/initdb.log" 2>&1 || { cat "$DIR/initdb.log" >&2; exit 1; }
        run() { "$BIN/pg_ctl" -D "$DIR/data" -l "$DIR/server.log" -w "$@" >/dev/null 2>&1; }
        start() { run -o "-c listen_addresses='' -c unix_socket_directories='$DIR' -c max_connections=300 $SYNC" start || { cat "$DIR/server.log" >&2; exit 1; }; }
        start
        echo ready
        while read -r _; do run -m immediate stop; start; echo ready; done
        run -m immediate stop
        """;

    private readonly Process _watcher;

    private PostgresCluster(Process watcher, string folder) => (_watcher, Folder) = (watcher, folder);

    /// <summary>Holds the cluster; with its log, <c>server.log</c>.</summary>
    public string Folder { get; }

    /// <summary>To the database that every cluster has, as one who may make others.</summary>
    public string ConnectionString => $"Host={Folder};Username=hark;Database=postgres;Include Error Detail=true";

    /// <summary>Starts one; null with the reason where that cannot be.</summary>
    /// <param name="durable">Whether it shall survive a power cut, as one that is measured must.</param>
    public static async Task<(PostgresCluster? Cluster, string? WhyNot)> StartAsync(bool durable)
    {
        if (Binaries() is not { } binaries) return (null, $"PostgreSQL is not installed (no /usr/lib/postgresql/*/bin); install it or set {PostgresServer.Variable}.");
        var asRoot = Environment.UserName == "root";
        var folder = Directory.CreateTempSubdirectory("hark-pg-").FullName;
        if (asRoot && !await RunAsync("chown", "postgres", folder))
        {
            Directory.Delete(folder);
            return (null, $"PostgreSQL does not run as root and there is no user postgres; run the tests as another user or set {PostgresServer.Variable}.");
        }
        var start = new ProcessStartInfo(asRoot ? "runuser" : "sh") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (var argument in asRoot ? new[] { "-u", "postgres", "--", "sh" } : []) start.ArgumentList.Add(argument);
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(Script);
        start.Environment["BIN"] = binaries;
        start.Environment["DIR"] = folder;
        start.Environment["SYNC"] = durable ? "-c shared_buffers=256MB -c max_wal_size=4GB" : "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c shared_buffers=64MB";
        var cluster = new PostgresCluster(Process.Start(start)!, folder);
        return await cluster.ReadyAsync() ? (cluster, null) : (null, $"A private PostgreSQL cluster did not start: {await cluster._watcher.StandardError.ReadToEndAsync()}");
    }

    /// <summary>Crashes the server and starts it again: connections break, what was committed is there.</summary>
    public async Task CrashAndRestartAsync()
    {
        await _watcher.StandardInput.WriteLineAsync();
        if (!await ReadyAsync()) throw new InvalidOperationException("The server did not start again: " + await _watcher.StandardError.ReadToEndAsync());
    }

    /// <summary>Stops the server and removes the folder.</summary>
    public void Dispose()
    {
        _watcher.StandardInput.Close();
        _watcher.WaitForExit();
        _watcher.Dispose();
    }

    private async Task<bool> ReadyAsync() => await _watcher.StandardOutput.ReadLineAsync() == "ready";

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
