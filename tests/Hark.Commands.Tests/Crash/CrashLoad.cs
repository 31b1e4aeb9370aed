using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using Hark.Domain.Cases;
using Hark.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hark.Commands.Tests.Crash;

/// <summary>What the crash tests send, and what has to hold after whatever happened.</summary>
internal static class CrashLoad
{
    /// <summary>Sends until the server is gone (or enough was sent), a detractor every third time, contacts and orders shared.</summary>
    public static async Task SendAsync(HttpClient client, string lane, ConcurrentDictionary<string, byte> acknowledged, int most = int.MaxValue)
    {
        for (var i = 0; i < most; i++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{lane}-{i}");
            try
            {
                using var answer = await client.PostAsJsonAsync("/api/v1/signals", new
                {
                    id,
                    rating = new { scale = "nps", value = i % 3 == 0 ? 2 : 9 },
                    text = "Words of " + id,
                    contact = new { email = $"c{i % 5}@example.com" },
                    subject = new { order = $"o{i % 4}" },
                });
                if (answer.IsSuccessStatusCode) acknowledged[id] = 0;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
            {
                return;
            }
        }
    }

    public static async Task CheckAsync(TestDatabase database, ConcurrentDictionary<string, byte> acknowledged)
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

    public static async Task<string> KeyAsync(TestDatabase database)
    {
        var (code, text) = await HarkProcess.RunAsync(database, "keys", "create", "--source", "shop");
        Assert.True(code == 0, text);
        return text.Split('\n')[0].Trim();
    }
}
