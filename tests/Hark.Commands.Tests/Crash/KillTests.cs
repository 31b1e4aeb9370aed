using System.Collections.Concurrent;
using System.Globalization;
using Hark.Testing;
using Xunit;

namespace Hark.Commands.Tests.Crash;

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
        var key = await CrashLoad.KeyAsync(database);
        var acknowledged = new ConcurrentDictionary<string, byte>();
        for (var kill = 0; kill < Kills; kill++)
        {
            using var server = await HarkProcess.ServeAsync(database, cancellation);
            using var client = server.Client(key);
            var load = Enumerable.Range(0, 8).Select(lane => CrashLoad.SendAsync(client, $"{kill}-{lane}", acknowledged)).ToArray();
            var enough = acknowledged.Count + 40 + kill * 7 % 60;
            while (acknowledged.Count < enough) await Task.WhenAny(load.Append(Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellation)));
            await server.KillAsync();
            await Task.WhenAll(load);
        }
        await CrashLoad.CheckAsync(database, acknowledged);
    }

    [Fact]
    public async Task One_of_two_nodes_dies_and_the_other_goes_on()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var database = await TestDatabases.CreateAsync(TestStore.PostgreSql, cancellation);
        var key = await CrashLoad.KeyAsync(database);
        var acknowledged = new ConcurrentDictionary<string, byte>();
        using var first = await HarkProcess.ServeAsync(database, cancellation);
        using var second = await HarkProcess.ServeAsync(database, cancellation);
        using var toFirst = first.Client(key);
        using var toSecond = second.Client(key);
        // Both nodes get the same ids in part: each is stored once, whoever is first.
        var dying = Enumerable.Range(0, 4).Select(lane => CrashLoad.SendAsync(toFirst, $"n-{lane}", acknowledged)).ToArray();
        var living = Enumerable.Range(0, 4).Select(lane => CrashLoad.SendAsync(toSecond, $"n-{lane}", acknowledged, most: 150)).ToArray();
        while (acknowledged.Count < 60) await Task.WhenAny(dying.Concat(living).Append(Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellation)));
        await first.KillAsync();
        await Task.WhenAll(dying.Concat(living));
        Assert.All(Enumerable.Range(0, 150), i => Assert.True(acknowledged.ContainsKey($"n-0-{i}")));
        await CrashLoad.CheckAsync(database, acknowledged);
    }
}
