using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Hark.Testing;

namespace Hark.Commands.Tests.Crash;

/// <summary>Hark as a process of its own, to be killed.</summary>
internal sealed partial class HarkProcess : IDisposable
{
    private readonly Process _process;

    private HarkProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Starts a server over a database and waits until it listens.</summary>
    public static async Task<HarkProcess> ServeAsync(TestDatabase database, CancellationToken cancellation)
    {
        var process = Start(database, "--urls", "http://127.0.0.1:0", "--Hark:Limits:SourceKeyPerSecond=100000");
        while (await process.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            if (Listening().Match(line) is not { Success: true } match) continue;
            // Read on, so that a full pipe never stops it.
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
            return new HarkProcess(process, new Uri(match.Groups[1].Value));
        }
        throw new InvalidOperationException("The server ended: " + await process.StandardError.ReadToEndAsync(cancellation));
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int Code, string Out)> RunAsync(TestDatabase database, params string[] arguments)
    {
        using var process = Start(database, arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }

    public HttpClient Client(string key) => new() { BaseAddress = Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };

    /// <summary>SIGKILL: nothing is finished, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        using var kill = Process.Start("kill", ["-9", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static Process Start(TestDatabase database, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "hark.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["ConnectionStrings__Hark"] = database.ConnectionString;
        return Process.Start(start)!;
    }

    [GeneratedRegex(@"Now listening on: (\S+)")]
    private static partial Regex Listening();
}
