using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Hark.Testing;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Hark.Commands.Tests.Crash;

/// <summary>The disk is full, the database goes away, clients hold their connections: clear answers meanwhile, and nothing lost after.</summary>
public sealed class BadDayTests
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    [Fact]
    public async Task A_full_disk_is_said_and_when_there_is_room_again_it_goes_on()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var disk = await SmallDisk.MountAsync("12m");
        var ballast = Path.Combine(disk.Folder, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[4 << 20], cancellation);
        await using var template = await TestDatabases.CreateAsync(TestStore.Sqlite, cancellation);
        var file = Path.Combine(disk.Folder, "hark.db");
        File.Copy(new SqliteConnectionStringBuilder(template.ConnectionString).DataSource, file);
        await using var database = new TestDatabase(TestStore.Sqlite, new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString(), () => Task.CompletedTask);
        var key = await CrashLoad.KeyAsync(database);
        var acknowledged = new ConcurrentDictionary<string, byte>();
        using (var server = await HarkProcess.ServeAsync(database, cancellation))
        {
            using var client = server.Client(key);
            Assert.Equal("storage_full", await UntilRefusedAsync(client, acknowledged, cancellation));
            File.Delete(ballast);
            var before = acknowledged.Count;
            await CrashLoad.SendAsync(client, "after", acknowledged, most: 20);
            Assert.Equal(before + 20, acknowledged.Count);
            await server.KillAsync();
        }
        await CrashLoad.CheckAsync(database, acknowledged);
    }

    [Fact]
    public async Task PostgreSql_crashes_under_load_and_comes_back()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (cluster, whyNot) = await PostgresCluster.StartAsync(durable: true);
        if (cluster is null) Needs.Missing(whyNot!);
        using var _ = cluster;
        await using var database = new TestDatabase(TestStore.PostgreSql, cluster!.ConnectionString, () => Task.CompletedTask);
        var key = await CrashLoad.KeyAsync(database);
        var acknowledged = new ConcurrentDictionary<string, byte>();
        using (var server = await HarkProcess.ServeAsync(database, cancellation))
        {
            using var client = server.Client(key);
            using var enough = new CancellationTokenSource();
            var load = Enumerable.Range(0, 6).Select(lane => UntilAsync(client, lane, acknowledged, enough.Token)).ToArray();
            for (var crash = 0; crash < 2; crash++)
            {
                await ReachAsync(acknowledged.Count + 60);
                await cluster.CrashAndRestartAsync();
            }
            await ReachAsync(acknowledged.Count + 60);
            await enough.CancelAsync();
            await Task.WhenAll(load);

            async Task ReachAsync(int count)
            {
                while (acknowledged.Count < count) await Task.WhenAny(load.Append(Task.Delay(Look, TimeProvider.System, cancellation)));
            }
        }
        await CrashLoad.CheckAsync(database, acknowledged);
    }

    [Fact]
    public async Task Clients_that_stall_hold_nobody_up_and_are_cut_off()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var database = await TestDatabases.CreateAsync(TestStore.Sqlite, cancellation);
        var key = await CrashLoad.KeyAsync(database);
        using var server = await HarkProcess.ServeAsync(database, cancellation);
        var stalled = new List<Socket>();
        for (var i = 0; i < 50; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 60_000 };
            await socket.ConnectAsync(server.Address.Host, server.Address.Port, cancellation);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"POST /api/v1/signals HTTP/1.1\r\nHost: hark\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{{\"text\":"), cancellation);
            stalled.Add(socket);
        }
        using var client = server.Client(key);
        var acknowledged = new ConcurrentDictionary<string, byte>();
        await CrashLoad.SendAsync(client, "living", acknowledged, most: 10);
        Assert.Equal(10, acknowledged.Count);
        var answer = new byte[512];
        var read = await stalled[0].ReceiveAsync(answer, cancellation);
        Assert.StartsWith("HTTP/1.1 408", Encoding.ASCII.GetString(answer, 0, read), StringComparison.Ordinal);
        stalled.ForEach(s => s.Dispose());
    }

    /// <summary>Sends long texts until one is refused; answers the code of the refusal, which says what to do.</summary>
    private static async Task<string?> UntilRefusedAsync(HttpClient client, ConcurrentDictionary<string, byte> acknowledged, CancellationToken cancellation)
    {
        for (var i = 0; ; i++)
        {
            var id = FormattableString.Invariant($"fill-{i}");
            using var answer = await client.PostAsJsonAsync("/api/v1/signals", new { id, text = new string('x', 15_000) + i, rating = new { scale = "nps", value = 9 } }, cancellation);
            if (answer.IsSuccessStatusCode)
            {
                acknowledged[id] = 0;
                continue;
            }
            Assert.Equal(HttpStatusCode.InsufficientStorage, answer.StatusCode);
            return (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty("code").GetString();
        }
    }

    /// <summary>Sends until told to stop. A refusal must be one that invites to come again.</summary>
    private static async Task UntilAsync(HttpClient client, int lane, ConcurrentDictionary<string, byte> acknowledged, CancellationToken enough)
    {
        for (var i = 0; !enough.IsCancellationRequested; i++)
        {
            var id = FormattableString.Invariant($"p-{lane}-{i}");
            using var answer = await client.PostAsJsonAsync("/api/v1/signals", new
            {
                id,
                rating = new { scale = "nps", value = i % 3 == 0 ? 2 : 9 },
                text = "Words of " + id,
                contact = new { email = $"c{i % 5}@example.com" },
                subject = new { order = $"o{i % 4}" },
            }, CancellationToken.None);
            if (answer.IsSuccessStatusCode) acknowledged[id] = 0;
            else Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        }
    }

    /// <summary>A file system in memory of so many bytes.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private SmallDisk(string folder) => Folder = folder;

        public string Folder { get; }

        public static async Task<SmallDisk> MountAsync(string size)
        {
            var folder = Directory.CreateTempSubdirectory("hark-disk-").FullName;
            if (!OperatingSystem.IsLinux() || Environment.UserName != "root" || !await RunAsync("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", folder))
            {
                Directory.Delete(folder);
                Needs.Missing("A small disk needs Linux and the right to mount one.");
            }
            return new SmallDisk(folder);
        }

        public void Dispose()
        {
            RunAsync("umount", "-l", Folder).GetAwaiter().GetResult();
            Directory.Delete(Folder, recursive: true);
        }

        private static async Task<bool> RunAsync(string file, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardError = true })!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
    }
}
