using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Hark.Screens;

/// <summary>The sample company in a temporary folder, served by a process of its own on a free port; both are gone in the end.</summary>
internal sealed partial class DemoProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private DemoProcess(Process process, DirectoryInfo folder) => (_process, _folder) = (process, folder);

    public string Address { get; private set; } = "";

    /// <summary>How to sign in.</summary>
    public string Email { get; private set; } = "";
    public string Password { get; private set; } = "";

    /// <param name="settings">More configuration arguments, such as <c>--Hark:Roles=web</c>, with which nobody speaks or works by themselves.</param>
    public static async Task<DemoProcess> StartAsync(params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("hark-screens-");
        var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "hark.dll"), "demo", "--urls", "http://127.0.0.1:0", .. settings])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
        })!;
        var demo = new DemoProcess(process, folder);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (AddressLine().Match(line) is { Success: true } address) demo.Address = address.Groups[1].Value;
            if (EmailLine().Match(line) is { Success: true } email) demo.Email = email.Groups[1].Value;
            if (PasswordLine().Match(line) is { Success: true } password) demo.Password = password.Groups[1].Value;
            if (!line.Contains("Ready after", StringComparison.Ordinal)) continue;
            _ = process.StandardOutput.ReadToEndAsync(); // a full pipe would stop it
            return demo;
        }
        throw new InvalidOperationException("The demo ended before it was ready.");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    [GeneratedRegex(@"Address\s+(http\S+)")]
    private static partial Regex AddressLine();

    [GeneratedRegex(@"E-mail\s+(\S+)")]
    private static partial Regex EmailLine();

    [GeneratedRegex(@"Password\s+(\S+)")]
    private static partial Regex PasswordLine();
}
