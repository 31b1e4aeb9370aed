using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using Hark.Domain.Cases;
using Hark.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hark.Web.Tests.Crash;

/// <summary>
/// <c>kill -9</c> in the middle of the load, again and again: what was acknowledged is there once, with its case, and the numbers agree. The number of kills is
/// <c>HARK_KILLS</c> (3 when it is not set; the full run uses 20).
/// </summary>
public sealed class KillTests
{
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("HARK_KILLS") ?? "3", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task Nothing_acknowledged_is_lost_and_nothing_is_counted_twice(TestStore store)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var database = await TestDatabases.CreateAsync(store, cancellation);
        var key = await KeyAsync(database);
        var acknowledged = new ConcurrentDictionary<string, byte>();
        for (var kill = 0; kill < Kills; kill++)
        {
            using var server = await HarkProcess.ServeAsync(database, cancellation);
            using var client = server.Client(key);
            var load = Enumerable.Range(0, 8).Select(lane => LoadAsync(client, $"{kill}-{lane}", acknowledged)).ToArray();
            var enough = acknowledged.Count + 40 + kill * 7 % 60;
            while (acknowledged.Count < enough) await Task.WhenAny(load.Append(Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellation)));
            await server.KillAsync();
            await Task.WhenAll(load);
        }
        await CheckAsync(database, acknowledged);
    }

    [Fact]
    public async Task One_of_two_nodes_dies_and_the_other_goes_on()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var database = await TestDatabases.CreateAsync(TestStore.PostgreSql, cancellation);
        var key = await KeyAsync(database);
        var acknowledged = new ConcurrentDictionary<string, byte>();
        using var first = await HarkProcess.ServeAsync(database, cancellation);
        using var second = await HarkProcess.ServeAsync(database, cancellation);
        using var toFirst = first.Client(key);
        using var toSecond = second.Client(key);
        // Both nodes get the same ids in part: each is stored once, whoever is first.
        var dying = Enumerable.Range(0, 4).Select(lane => LoadAsync(toFirst, $"n-{lane}", acknowledged)).ToArray();
        var living = Enumerable.Range(0, 4).Select(lane => LoadAsync(toSecond, $"n-{lane}", acknowledged, most: 150)).ToArray();
        while (acknowledged.Count < 60) await Task.WhenAny(dying.Concat(living).Append(Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellation)));
        await first.KillAsync();
        await Task.WhenAll(dying.Concat(living));
        Assert.All(Enumerable.Range(0, 150), i => Assert.True(acknowledged.ContainsKey($"n-0-{i}")));
        await CheckAsync(database, acknowledged);
    }

    /// <summary>Sends until the server is gone (or enough was sent), a detractor every third time, contacts and orders shared.</summary>
    private static async Task LoadAsync(HttpClient client, string lane, ConcurrentDictionary<string, byte> acknowledged, int most = int.MaxValue)
    {
        for (var i = 0; i < most; i++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{lane}-{i}");
            try
            {
                using var answer = await client.PostAsJsonAsync("/api/v1/signals", new
                {
                    id, rating = new { scale = "nps", value = i % 3 == 0 ? 2 : 9 }, text = "Words of " + id,
                    contact = new { email = $"c{i % 5}@example.com" }, subject = new { order = $"o{i % 4}" },
                });
                if (answer.IsSuccessStatusCode) acknowledged[id] = 0;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
            {
                return;
            }
        }
    }

    private static async Task CheckAsync(TestDatabase database, ConcurrentDictionary<string, byte> acknowledged)
    {
        var (code, report) = await HarkProcess.RunAsync(database, "aggregates", "rebuild", "--check");
        Assert.True(code == 0, report);
        await using var db = database.Store.Read();
        var stored = await db.Signals.Select(s => new { s.SignalId, s.ExternalId, s.Negative, s.CaseId }).ToListAsync();
        Assert.Equal(stored.Count, stored.DistinctBy(s => s.ExternalId).Count());
        Assert.Empty(acknowledged.Keys.Except(stored.Select(s => s.ExternalId!)));
        Assert.All(stored, s => Assert.Equal(s.Negative == true, s.CaseId is not null));
        var cases = await db.Cases.ToListAsync();
        var clocks = (await db.CaseClocks.Select(c => c.CaseId).ToListAsync()).CountBy(c => c).ToDictionary();
        Assert.All(cases, c => Assert.Equal((4, CaseState.New), (clocks[c.CaseId], c.State)));
        var joined = (await db.CaseSignals.Select(s => s.CaseId).ToListAsync()).CountBy(c => c).ToDictionary();
        Assert.All(cases, c => Assert.Equal(c.SignalCount, joined[c.CaseId]));
        Assert.Equal(stored.Count(s => s.CaseId is not null), joined.Values.Sum());
        Assert.Equal(await db.Signals.CountAsync(), await db.Verbatims.CountAsync());
        // One message for each signal and template at most: none was composed again under a new id.
        var replies = await db.OutboxMessages.Select(m => new { m.Topic, m.Destination, m.CaseId, m.CreatedAt }).ToListAsync();
        Assert.Equal(replies.Count, replies.Distinct().Count());
    }

    private static async Task<string> KeyAsync(TestDatabase database)
    {
        var (code, text) = await HarkProcess.RunAsync(database, "keys", "create", "--source", "shop");
        Assert.True(code == 0, text);
        return text.Split('\n')[0].Trim();
    }
}
