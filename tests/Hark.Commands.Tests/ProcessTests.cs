using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Hark.Testing;
using Xunit;

namespace Hark.Commands.Tests;

/// <summary>The program as an operator runs it.</summary>
public sealed partial class ProcessTests
{
    [Fact]
    public async Task It_serves_takes_a_key_made_meanwhile_and_ends_politely()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var database = await TestDatabases.CreateBlankAsync(TestStore.Sqlite, cancellation);
        using var server = Start(database, "--urls", "http://127.0.0.1:0");
        try
        {
            var address = await ListeningAsync(server, cancellation);
            Assert.Equal(0, (await FinishAsync(database, "a long password", "users", "create", "--email", "eva@example.com", "--role", "administrator")).Code);
            var token = await FinishAsync(database, "", "tokens", "create", "--email", "eva@example.com", "--scope", "admin");
            using var client = new HttpClient { BaseAddress = new Uri(address) };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Out.Trim());
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/me", cancellation)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready", cancellation)).StatusCode);
            using var stop = Process.Start("kill", ["-TERM", server.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await server.WaitForExitAsync(cancellation);
            Assert.Equal(0, server.ExitCode);
        }
        finally
        {
            if (!server.HasExited) server.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(TestDatabase database, params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "hark.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["ConnectionStrings__Hark"] = database.ConnectionString;
        return Process.Start(start)!;
    }

    private static async Task<(int Code, string Out)> FinishAsync(TestDatabase database, string input, params string[] arguments)
    {
        using var process = Start(database, arguments);
        await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
        return (process.ExitCode, output);
    }

    private static async Task<string> ListeningAsync(Process server, CancellationToken cancellation)
    {
        while (await server.StandardOutput.ReadLineAsync(cancellation) is { } line)
            if (Listening().Match(line) is { Success: true } match) return match.Groups[1].Value;
        throw new InvalidOperationException("The server ended: " + await server.StandardError.ReadToEndAsync(cancellation));
    }

    [GeneratedRegex(@"Now listening on: (\S+)")]
    private static partial Regex Listening();
}
