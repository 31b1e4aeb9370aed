using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Hark.Train.Api;

/// <summary>A server of its own with an empty store in a temporary folder; both are gone in the end.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private const string Email = "judge@example.com";
    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private ServerProcess(Process process, DirectoryInfo folder) => (_process, _folder) = (process, folder);

    /// <summary>With a source's key, and with an administrator's token.</summary>
    public HttpClient Sender { get; private set; } = null!;
    public HttpClient Admin { get; private set; } = null!;

    public static async Task<ServerProcess> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("hark-judge-");
        var start = Start(folder, "serve", "--urls", "http://127.0.0.1:0", "--Hark:Roles=web");
        var server = new ServerProcess(Process.Start(start)!, folder);
        while (await server._process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (AddressLine().Match(line) is not { Success: true } address) continue;
            _ = server._process.StandardOutput.ReadToEndAsync(); // a full pipe would stop it
            server.Sender = Client(address.Value, await RunAsync(folder, "keys", "create", "--source", "judge"));
            server.Admin = Client(address.Value, await RunAsync(folder, "tokens", "create", "--email", Email, "--scope", "admin"));
            return server;
        }
        throw new InvalidOperationException("The server ended before it was ready.");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static async Task<string> RunAsync(DirectoryInfo folder, params string[] arguments)
    {
        using var process = Process.Start(Start(folder, arguments))!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"The command {string.Join(' ', arguments)} failed.");
    }

    private static ProcessStartInfo Start(DirectoryInfo folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "hark.dll"), .. arguments]) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true };
        start.Environment["ConnectionStrings__Hark"] = $"Data Source={Path.Combine(folder.FullName, "hark.db")}";
        start.Environment["Hark__Admin__Email"] = Email;
        start.Environment["Hark__Admin__Password"] = "judges need long passwords";
        return start;
    }

    private static HttpClient Client(string address, string key)
    {
        var client = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(30) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex AddressLine();
}
