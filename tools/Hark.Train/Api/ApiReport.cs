using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Hark.Domain.Understanding.Learning;
using Hark.Train.Data;

namespace Hark.Train.Api;

/// <summary>
/// What a workspace reaches through the API alone: a set's training part is sent with ratings (or topics, where the task is that), <c>POST /api/v1/models/learn</c> answered, its test part sent
/// without, and the labels read back. Nothing told counts as wrong.
/// </summary>
internal static class ApiReport
{
    private const int BatchSize = 1_000;

    public static async Task WriteAsync(StringBuilder report, IEnumerable<LabelledSet> sets, Action<string> progress)
    {
        report.AppendLine("| set and task | training / test | floor accuracy | accuracy | floor macro-F1 | macro-F1 | difference | learned in |").AppendLine("|---|---|---|---|---|---|---|---|");
        var differences = new List<double>();
        foreach (var set in sets)
        {
            var (confusion, learned) = await JudgeAsync(set);
            var difference = confusion.MacroF1 - set.Floor.MacroF1;
            differences.Add(difference);
            var row = FormattableString.Invariant($"| {set.Name} | {set.Training.Count:N0} / {set.Test.Count:N0} | {set.Floor.Accuracy:F3} | {confusion.Accuracy:F3} | {set.Floor.MacroF1:F3} | {confusion.MacroF1:F3} | {100 * difference:+0.0;-0.0} | {learned.TotalSeconds:F0} s |");
            report.AppendLine(row);
            progress(row);
        }
        report.AppendLine().AppendLine(FormattableString.Invariant($"Above the floor in macro-F1 on {differences.Count(d => d > 0)} of {differences.Count}; on average {100 * differences.Average():+0.0;-0.0} points."));
    }

    /// <summary>Sets of sentiment with as many classes as a signal's sentiment has, and sets of topics.</summary>
    public static bool Fits(LabelledSet set) => set.Sentiment is null || set.Sentiment.Distinct().Count() == set.Labels.Length;

    private static async Task<(Confusion, TimeSpan)> JudgeAsync(LabelledSet set)
    {
        await using var server = await ServerProcess.StartAsync();
        await SendAsync(server.Sender, set, set.Training, "training");
        var before = TimeProvider.System.GetTimestamp();
        var answer = await server.Admin.PostAsync("/api/v1/models/learn", null);
        answer.EnsureSuccessStatusCode();
        var learned = TimeProvider.System.GetElapsedTime(before);
        await SendAsync(server.Sender, set, set.Test, "test");
        var told = await ReadAsync(server.Admin, set);
        // One more class, which no text has, for what was not told.
        var confusion = new Confusion(set.Labels.Length);
        foreach (var (i, text) in set.Test.Index())
            confusion.Add(text.Label, told.GetValueOrDefault(string.Create(CultureInfo.InvariantCulture, $"test-{i}"), -1) is >= 0 and var label ? label : (text.Label + 1) % set.Labels.Length);
        return (confusion, learned);
    }

    private static async Task SendAsync(HttpClient sender, LabelledSet set, List<LabelledText> texts, string part)
    {
        foreach (var batch in texts.Index().Chunk(BatchSize))
        {
            var body = batch.Select(t => new Dictionary<string, object?>
            {
                ["id"] = string.Create(CultureInfo.InvariantCulture, $"{part}-{t.Index}"),
                ["text"] = t.Item.Text,
                ["language"] = set.Language,
                ["rating"] = part == "training" && set.Sentiment is { } sides ? new { scale = "stars", value = 3 + 2 * sides[t.Item.Label] } : null,
                ["topics"] = part == "training" && set.Sentiment is null ? new[] { Key(set.Labels[t.Item.Label]) } : null,
            });
            var answer = await sender.PostAsJsonAsync("/api/v1/signals/batch", body);
            if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        }
    }

    private static string Key(string label) => label.Replace(',', ' ').ToLowerInvariant();

    /// <summary>The class told of each text of the test part, by its id.</summary>
    private static async Task<Dictionary<string, int>> ReadAsync(HttpClient admin, LabelledSet set)
    {
        var told = new Dictionary<string, int>(StringComparer.Ordinal);
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await admin.GetFromJsonAsync<JsonElement>($"/api/v1/signals?limit=500{(cursor.Length > 0 ? "&cursor=" + Uri.EscapeDataString(cursor) : "")}");
            foreach (var signal in page.GetProperty("items").EnumerateArray())
                if (signal.GetProperty("id").GetString() is { } id && id.StartsWith("test", StringComparison.Ordinal)) told[id] = Told(set, signal);
            cursor = page.GetProperty("next_cursor").GetString();
        }
        return told;
    }

    private static int Told(LabelledSet set, JsonElement signal)
    {
        if (set.Sentiment is null)
            return signal.GetProperty("topics").EnumerateArray().OrderByDescending(t => t.GetProperty("confidence").GetDouble()).Select(t => Array.FindIndex(set.Labels, l => Key(l) == t.GetProperty("key").GetString())).FirstOrDefault(-1);
        if (signal.GetProperty("sentiment") is not { ValueKind: JsonValueKind.Object } sentiment) return -1;
        var side = sentiment.GetProperty("label").GetString() switch { "negative" => -1, "neutral" => 0, "positive" => 1, _ => (int?)null };
        return side is { } s ? Array.IndexOf(set.Sentiment, s) : -1;
    }
}
