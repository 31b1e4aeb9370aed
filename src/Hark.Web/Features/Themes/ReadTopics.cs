using Hark.Data.Aggregates;
using Hark.Data.Metrics;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Statistics;
using Hark.Domain.Understanding.Topics;

namespace Hark.Web.Features.Themes;

/// <summary>What is said about a topic in a period.</summary>
/// <param name="Topic">With its key only, where signals name what the taxonomy does not have.</param>
/// <param name="Before">Signals in the period of the same length before.</param>
/// <param name="Score">Mean score; null for too few.</param>
/// <param name="Negative">Share of negative signals; null for too few.</param>
/// <param name="Impact">
/// Points by which the score of the whole would be higher if nobody had spoken of the topic: negative topics have a positive impact. Null for too few.
/// An association, not a cause.
/// </param>
/// <param name="Total">Signals of all topics and none in the period, and in the one before.</param>
public sealed record TopicNumbers(Topic Topic, long Count, long Before, Estimate? Score, Estimate? Negative, double? Impact, (long Now, long Before) Total)
{
    /// <summary>Fewer signals than this in the time before are no past to compare with.</summary>
    private const int FewestBefore = 100;

    public bool HasPast => Total.Before >= FewestBefore;

    /// <summary>
    /// How many times as often among all signals as in the period before, so that a store that was being filled then does not make everything rise; null where it was
    /// not heard of then, and without a past.
    /// </summary>
    public Estimate? Trend => HasPast ? Counts.Ratio(Count, Total.Now, Before, Total.Before) : null;
}

/// <param name="Topics">The most frequent first; topics of the taxonomy that nobody spoke of are there, too.</param>
/// <param name="NotUnderstood">Signals with words in which no topic was found.</param>
/// <param name="Comments">Signals with words.</param>
internal sealed record TopicsRead(IReadOnlyList<TopicNumbers> Topics, long NotUnderstood, long Comments, long Signals);

/// <summary>Reads the numbers of all topics: six statements on the aggregates, however many signals there are.</summary>
internal sealed class ReadTopics(ValueSums sums)
{
    private static readonly SignalMetric Score = SignalMetric.Find(Metric.Score)!, Negative = SignalMetric.Find(Metric.NegativeRate)!, Comments = SignalMetric.Find(Metric.CommentRate)!, Number = SignalMetric.Find(Metric.Count)!;

    /// <param name="from">Widened to a whole hour, like <paramref name="to"/>.</param>
    public async Task<TopicsRead> RunAsync(WorkspaceSnapshot workspace, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        (from, to) = (from.HourStart(), to.HourStart() == to ? to : to.HourStart().AddHours(1));
        var scores = await sums.ReadAsync(workspace, from, to, Dimensions.Topic, Score, cancellation);
        var negatives = await sums.ReadAsync(workspace, from, to, Dimensions.Topic, Negative, cancellation);
        var before = await sums.ReadAsync(workspace, from - (to - from), from, Dimensions.Topic, Number, cancellation);
        var allBefore = (await sums.ReadAsync(workspace, from - (to - from), from, Dimensions.All, Number, cancellation)).GetValueOrDefault("")?[0] ?? 0;
        var all = (await sums.ReadAsync(workspace, from, to, Dimensions.All, Score, cancellation)).GetValueOrDefault("");
        var comments = (await sums.ReadAsync(workspace, from, to, Dimensions.All, Comments, cancellation)).GetValueOrDefault("");
        var taxonomy = WorkspacePolicies.Of(workspace).Topics;
        var keys = taxonomy.Topics.Select(t => t.Key).Union(scores.Keys, StringComparer.Ordinal).Where(k => k != Taxonomy.NotUnderstood);
        var topics = keys.Select(k => new TopicNumbers(taxonomy.Find(k) ?? new Topic(k), scores.GetValueOrDefault(k)?[0] ?? 0, before.GetValueOrDefault(k)?[0] ?? 0,
            Shown(workspace, Score, scores.GetValueOrDefault(k))?.Clamp(0, 100), Shown(workspace, Negative, negatives.GetValueOrDefault(k)), Impact(workspace, all, scores.GetValueOrDefault(k)), (all?[0] ?? 0, allBefore)));
        return new([.. topics.OrderByDescending(t => t.Count).ThenBy(t => t.Topic.Key, StringComparer.Ordinal)],
            scores.GetValueOrDefault(Taxonomy.NotUnderstood)?[0] ?? 0, comments?[1] ?? 0, all?[0] ?? 0);
    }

    private static Estimate? Shown(WorkspaceSnapshot workspace, SignalMetric metric, long[]? found) =>
        found is not null && metric.Value(found) is { } value && value.N >= Math.Max(1, workspace.Workspace.MinimumCount) ? value.Value : null;

    /// <summary>The mean without the topic's signals less the mean of all. Sums are in the order of <see cref="SignalMetric.Sums"/> of the score.</summary>
    private static double? Impact(WorkspaceSnapshot workspace, long[]? all, long[]? topic)
    {
        if (all is null || topic is null || topic[1] < Math.Max(1, workspace.Workspace.MinimumCount) || all[1] - topic[1] < Math.Max(1, workspace.Workspace.MinimumCount)) return null;
        return (((double)(all[2] - topic[2]) / (all[1] - topic[1])) - ((double)all[2] / all[1])) / 1000;
    }
}
