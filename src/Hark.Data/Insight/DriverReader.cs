using Hark.Data.Facts;
using Hark.Data.Workspaces;
using Hark.Domain.Signals;
using Hark.Domain.Statistics.Drivers;

namespace Hark.Data.Insight;

/// <summary>What goes with the score.</summary>
/// <param name="Unit">The dimension of which the best quartile is.</param>
/// <param name="Suppressed">Too few answers to show anything of.</param>
/// <param name="Since">What came in before was not looked at; null when all was.</param>
public sealed record DriverAnswer(DriverResult Result, string Unit, bool Suppressed, DateTimeOffset? Since);

/// <summary>Answers what drives a score, from the facts in memory.</summary>
public sealed class DriverReader(FactQuery facts)
{
    public async Task<DriverAnswer> ReadAsync(WorkspaceSnapshot workspace, DriverQuestion question, CancellationToken cancellation = default)
    {
        var selected = await facts.SelectAsync(workspace.WorkspaceId, question.Period.Filter, question.Period.From, question.Period.To, cancellation);
        var rows = selected.Where(Answered(question.Target));
        var (unit, groups, count) = DriverUnits.Of(rows, question.Unit);
        if (rows.Count < question.MinimumCount)
            return new(new(rows.Count, null, 0, DriverMethod.Shapley, [], [], question.MinimumCount), unit, rows.Count > 0, rows.Since);
        var data = new DriverData(rows.Select(Target(question.Target)), DriverColumns.Of(rows, question), groups, count);
        return new(DriverAnalysis.Analyse(data), unit, false, rows.Since);
    }

    private static Func<FactBlock, int, bool> Answered(DriverTarget target) => target switch
    {
        DriverTarget.Nps => (b, i) => b.Scales[i] == (byte)RatingScale.Nps,
        DriverTarget.Csat => (b, i) => b.Scales[i] == (byte)RatingScale.Csat,
        DriverTarget.Ces => (b, i) => b.Scales[i] == (byte)RatingScale.Ces,
        DriverTarget.Score => (b, i) => b.Scores[i] >= 0,
    };

    private static Func<FactBlock, int, float> Target(DriverTarget target) => target switch
    {
        DriverTarget.Nps => (b, i) => Ratings.Nps(b.Ratings[i]),
        DriverTarget.Csat => (b, i) => Ratings.Csat(b.Ratings[i]),
        DriverTarget.Ces => (b, i) => b.Ratings[i],
        DriverTarget.Score => (b, i) => b.Scores[i] / 1000f,
    };
}
