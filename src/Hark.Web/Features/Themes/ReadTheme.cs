using System.Globalization;
using Hark.Data.Aggregates;
using Hark.Data.Cases;
using Hark.Data.Metrics;
using Hark.Data.Model;
using Hark.Data.Signals;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Statistics;
using Hark.Domain.Understanding.Topics;
using Hark.Web.Infrastructure.Auth;

namespace Hark.Web.Features.Themes;

/// <param name="Marks">The stretches of the words that made it of this topic.</param>
internal sealed record TellingQuote(SignalRead Read, IReadOnlyList<TextSpan> Marks);

/// <param name="Weeks">Signals by week, oldest first.</param>
/// <param name="Waiting">Open cases behind it that the person may work on, the most urgent first.</param>
internal sealed record ThemeView(TopicNumbers Numbers, IReadOnlyList<TopicNumbers> Parts, IReadOnlyList<long> Weeks, IReadOnlyList<TellingQuote> Quotes, IReadOnlyList<CaseBehind> Waiting, long Version, Taxonomy Taxonomy);

/// <summary>Reads the page of one topic: numbers from the aggregates, quotes from the newest signals that the person may see.</summary>
internal sealed class ReadTheme(ReadTopics topics, MetricReader metrics, SignalReader signals, CasesBehind cases, TimeProvider time)
{
    public const int Days = 91, Quotes = 8, MostWaiting = 20;

    /// <summary>Newest signals among which the most telling are looked for.</summary>
    private const int Looked = 200;

    public async Task<ThemeView> RunAsync(Caller caller, string key, CancellationToken cancellation)
    {
        var now = time.Now();
        var read = await topics.RunAsync(caller.Workspace, now.AddDays(-Days), now.HourStart().AddHours(1), cancellation);
        var taxonomy = WorkspacePolicies.Of(caller.Workspace).Topics;
        var numbers = read.Topics.FirstOrDefault(t => t.Topic.Key == key) ?? new TopicNumbers(taxonomy.Find(key) ?? new Topic(key), 0, 0, null, null, null, default);
        var filter = new SignalFilter { Values = new Dictionary<string, IReadOnlyList<string>> { [Dimensions.Topic] = [key] } };
        var weeks = await metrics.ReadAsync(caller.Workspace, Weekly(caller, filter, now), cancellation);
        var spoken = caller.Words is { Teams.Count: 0 } ? [] : await signals.ListAsync(new SignalListQuery(caller.WorkspaceId, now.AddDays(-Days), now.AddHours(1), filter with { Scope = caller.Words }, null, Looked), cancellation);
        return new(numbers, [.. read.Topics.Where(t => t.Topic.Parent == key && t.Topic.IsOpen)], [.. weeks.Value.Select(w => w.Value.N)], MostTelling(caller, key, spoken),
            await cases.ReadAsync(caller.WorkspaceId, caller.Cases, filter, MostWaiting, cancellation), caller.Workspace.Documents.GetValueOrDefault(DocumentKind.Topics)?.Version ?? 0, taxonomy);
    }

    /// <summary>Its number by week, up to the end of this hour: one statement on the aggregates.</summary>
    private static MetricQuery Weekly(Caller caller, SignalFilter filter, DateTimeOffset now)
    {
        var end = now.HourStart().AddHours(1);
        return new()
        {
            WorkspaceId = caller.WorkspaceId,
            Metric = Metric.Count,
            Buckets = [.. Enumerable.Range(0, Days / 7).Select(w => end.AddDays((7 * w) - Days)).Select(w => new TimeBucket(w, w.AddDays(7), w))],
            WorkspaceZone = caller.Workspace.Workspace.TimeZone,
            Filter = filter,
            MinimumCount = 0,
            Now = now,
        };
    }

    /// <summary>Texts that say most about it: with several of its words, a clear side and a length that one reads; of each person and of each wording one.</summary>
    private static List<TellingQuote> MostTelling(Caller caller, string key, IReadOnlyList<SignalRead> spoken)
    {
        var understanding = WorkspaceUnderstandings.Of(caller.Workspace);
        return
        [
            .. spoken.Where(s => s.Words?.Text is { Length: > 0 }).Select(s => (Read: s, Marks: understanding.Explain(s.Words!.Text!, s.Signal.Language).Where(m => m.Key == key).Select(m => m.Span).ToList()))
                .OrderByDescending(q => Telling(q.Read, q.Marks)).ThenByDescending(q => q.Read.Signal.OccurredAt)
                .DistinctBy(q => q.Read.Signal.ContactId ?? q.Read.Signal.SignalId).DistinctBy(q => TextFold.Fold(q.Read.Words!.Text!)).Take(Quotes).Select(q => new TellingQuote(q.Read, q.Marks)),
        ];
    }

    private static double Telling(SignalRead read, List<TextSpan> marks)
    {
        var length = read.Words!.Text!.Length;
        var readable = length < 30 ? length / 30.0 : length <= 280 ? 1 : 280.0 / length;
        return (Math.Min(3, marks.Count) * 0.5) + Math.Abs(read.Signal.SentimentValue ?? 0) + readable + (read.Signal.CaseId is null ? 0 : 0.25);
    }

    /// <summary>Text cut into pieces, each with whether it is marked; marks that overlap are one.</summary>
    public static IEnumerable<(string Text, bool Marked)> Pieces(string text, IReadOnlyList<TextSpan> marks)
    {
        var at = 0;
        foreach (var mark in marks.OrderBy(m => m.Start).ThenByDescending(m => m.Length))
        {
            var (start, end) = (Math.Max(at, mark.Start), Math.Min(text.Length, mark.Start + mark.Length));
            if (end <= start) continue;
            if (start > at) yield return (text[at..start], false);
            yield return (text[start..end], true);
            at = end;
        }
        if (at < text.Length) yield return (text[at..], false);
    }

    public static string Path(string key) => string.Create(CultureInfo.InvariantCulture, $"/themes/{Uri.EscapeDataString(key)}");
}
