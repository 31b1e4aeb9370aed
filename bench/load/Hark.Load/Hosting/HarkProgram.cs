using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Hark.Load.Hosting;

/// <summary>The published Hark that is measured: served as a process, and its command line.</summary>
internal sealed class HarkProgram(string program)
{
    /// <summary>No limit by key or address: what is measured is the intake's own back-pressure.</summary>
    private static readonly string[] Unlimited =
    [
        "--Hark:Limits:SourceKeyPerSecond=1000000", "--Hark:Limits:TokenPerSecond=1000000", "--Hark:Limits:AddressPerSecond=1000000", "--Logging:LogLevel:Default=Warning",
    ];

    private static readonly string Name = OperatingSystem.IsWindows() ? "hark.exe" : "hark";

    /// <summary>The one named, or a fresh publish of the sources around this program for this kind of machine, as the operator's guide has it.</summary>
    public static async Task<HarkProgram> FindAsync(string? named, Action<string> say, CancellationToken cancellation)
    {
        if (named is not null)
        {
            var file = Directory.Exists(named) ? Path.Combine(named, Name) : named;
            return File.Exists(file) ? new HarkProgram(Path.GetFullPath(file)) : throw new FileNotFoundException($"There is no {file}.");
        }
        var folder = Path.Combine(AppContext.BaseDirectory, "published");
        say("publishing Hark …");
        await RunAsync("dotnet", ["publish", Path.Combine(Root(), "src", "Hark.Web"), "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", folder, "--nologo", "-v", "quiet", "--disable-build-servers"], null, cancellation);
        return new HarkProgram(Path.Combine(folder, Name));
    }

    public Task<ServerProcess> ServeAsync(string connection, CancellationToken cancellation)
    {
        var port = FreePort.Find();
        return ServerProcess.StartAsync(program, ["serve", "--urls", $"http://127.0.0.1:{port}", Store(connection), .. Unlimited], port, cancellation);
    }

    /// <summary>Runs a command and answers what it printed.</summary>
    public Task<string> CommandAsync(string connection, string[] words, string? input, CancellationToken cancellation) =>
        RunAsync(program, [.. words, Store(connection)], input, cancellation);

    private static string Store(string connection) => $"--ConnectionStrings:Hark={connection}";

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Hark.slnx"))) return folder.FullName;
        throw new DirectoryNotFoundException("Run this from a clone, or name a built Hark with --hark.");
    }

    private static async Task<string> RunAsync(string file, string[] arguments, string? input, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        using var process = Process.Start(start)!;
        if (input is not null) await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0 ? (await output).Trim()
            : throw new InvalidOperationException($"{Path.GetFileName(file)} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await error}{await output}");
    }
}
