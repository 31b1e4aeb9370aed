using Hark.Data.Aggregates;
using Hark.Data.Queries;
using Hark.Data.Signals;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Statistics.Concentration;

namespace Hark.Data.Insight;

/// <summary>What may be unusually bad somewhere.</summary>
public enum ConcentrationMetric
{
    /// <summary>The share of negative signals, where it is high.</summary>
    NegativeRate,

    /// <summary>The share of signals that are of the asked topic, issue, tag, sentiment or severity, where it is high.</summary>
    Share,

    /// <summary>The share of signals that are of the asked topic or the like and speak against it, by their words or else their rating, where it is high.</summary>
    NegativeShare,

    /// <summary>Where it is low.</summary>
    Nps,

    /// <summary>The share of satisfied answers, where it is low.</summary>
    Csat,

    /// <summary>The mean score, where it is low.</summary>
    Score,
}

/// <summary>A checked question: where is it?</summary>
/// <param name="Outcome">For <see cref="ConcentrationMetric.Share"/> and <see cref="ConcentrationMetric.NegativeShare"/>: what is counted, among the signals of the period's filter.</param>
public sealed record ConcentrationQuestion(InsightPeriod Period, ConcentrationMetric Metric, SignalFilter Outcome, ConcentrationOptions Options)
{
    /// <summary>Whether something is counted among all signals, rather than measured of those that know it.</summary>
    public bool Counts => CountsBy(Metric);

    /// <summary>The dimensions whose values are counted by <see cref="ConcentrationMetric.Share"/> and <see cref="ConcentrationMetric.NegativeShare"/>, rather than filtered by.</summary>
    public static IReadOnlyList<string> Outcomes { get; } = [Dimensions.Topic, Dimensions.Issue, Dimensions.Tag, Dimensions.Sentiment, Dimensions.Severity];

    public static Result<ConcentrationQuestion> Read(QueryParameters query, WorkspaceSnapshot workspace, IReadOnlySet<Guid>? teams, DateTimeOffset now)
    {
        var name = query.One("metric") ?? EnumNames<ConcentrationMetric>.Of(ConcentrationMetric.NegativeRate);
        if (!EnumNames<ConcentrationMetric>.TryParse(name, out var metric))
            query.Errors.Add("metric", $"must be {EnumNames<ConcentrationMetric>.Choices}{Suggestion.Hint(name, EnumNames<ConcentrationMetric>.All)}");
        var period = InsightPeriod.Read(query, workspace, teams, now);
        var outcome = SignalFilter.None;
        if (CountsBy(metric))
        {
            var (counted, kept) = (new Dictionary<string, IReadOnlyList<string>>(), new Dictionary<string, IReadOnlyList<string>>());
            foreach (var (dimension, values) in period.Filter.Values) (Outcomes.Contains(dimension) ? counted : kept)[dimension] = values;
            if (counted.Count == 0 && !query.Errors.Any) query.Errors.Add("metric", $"{name} needs what to count: {string.Join(", ", Outcomes)}");
            outcome = new SignalFilter { Values = counted };
            period = period with { Filter = period.Filter with { Values = kept } };
        }

        query.RefuseUnknown();
        if (query.Error is { } error) return error;
        return new ConcentrationQuestion(period, metric, outcome, OptionsOf(workspace));
    }

    /// <summary>Where a topic is spoken against more than elsewhere.</summary>
    public static ConcentrationQuestion OfTopic(WorkspaceSnapshot workspace, string topic, DateTimeOffset from, DateTimeOffset to) => new(
        new InsightPeriod(from, to, SignalFilter.None), ConcentrationMetric.NegativeShare, new SignalFilter { Values = new Dictionary<string, IReadOnlyList<string>> { [Dimensions.Topic] = [topic] } }, OptionsOf(workspace));

    private static bool CountsBy(ConcentrationMetric metric) => metric is ConcentrationMetric.Share or ConcentrationMetric.NegativeShare;

    private static ConcentrationOptions OptionsOf(WorkspaceSnapshot workspace)
    {
        var options = new ConcentrationOptions();
        return options with { MinimumCount = Math.Max(options.MinimumCount, workspace.Workspace.MinimumCount) };
    }
}
