using System.Diagnostics;
using System.Globalization;

namespace Hark.Load.Hosting;

/// <summary>A server that this program started: killed when it is disposed, and when this program ends in any orderly way.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int KeptLines = 30;
    private readonly Process _process;
    private readonly Queue<string> _lines = new();

    private ServerProcess(Process process, int port)
    {
        (_process, Port) = (process, port);
        AppDomain.CurrentDomain.ProcessExit += Kill;
    }

    public int Port { get; }

    /// <summary>Time from the process's start until it took a connection.</summary>
    public TimeSpan Listened { get; private set; }

    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Processor time used so far, of all its threads.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>How much of the resident memory is the process's own and not pages of mapped files (code, the store); null where the system does not tell.</summary>
    public long? AnonymousBytes()
    {
        var status = $"/proc/{_process.Id}/status";
        if (!File.Exists(status) || File.ReadLines(status).FirstOrDefault(l => l.StartsWith("RssAnon:", StringComparison.Ordinal)) is not { } line) return null;
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<ServerProcess> StartAsync(string file, IEnumerable<string> arguments, int port, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        var before = Stopwatch.GetTimestamp();
        var server = new ServerProcess(Process.Start(start)!, port);
        server._process.OutputDataReceived += (_, e) => server.Keep(e.Data);
        server._process.ErrorDataReceived += (_, e) => server.Keep(e.Data);
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        try
        {
            await FreePort.AwaitAsync(port, () => server._process.HasExited ? $"It ended at once: {server.Said()}" : null, cancellation);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
        server.Listened = Stopwatch.GetElapsedTime(before);
        return server;
    }

    /// <summary>The last lines it wrote.</summary>
    public string Said()
    {
        lock (_lines) return string.Join(Environment.NewLine, _lines);
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= Kill;
        Kill(null, EventArgs.Empty);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > KeptLines) _lines.Dequeue();
        }
    }

    private void Kill(object? sender, EventArgs e)
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }
    }
}
