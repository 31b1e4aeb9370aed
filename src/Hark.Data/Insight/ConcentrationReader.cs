using Hark.Data.Aggregates;
using Hark.Data.Facts;
using Hark.Data.Workspaces;
using Hark.Domain.Statistics;
using Hark.Domain.Statistics.Concentration;

namespace Hark.Data.Insight;

/// <summary>One condition of a finding, in words.</summary>
/// <param name="Attribute">Whether <paramref name="Dimension"/> is an attribute of the sources.</param>
/// <param name="Stored">The value as filters take it; <paramref name="Value"/> as it is shown.</param>
public sealed record FoundCondition(string Dimension, string Value, bool Attribute, string Stored);

/// <summary>A segment where the metric is unusual; values in the unit of the metric, so lower is worse for NPS and scores.</summary>
public sealed record FoundConcentration(
    IReadOnlyList<FoundCondition> Where, int N, Estimate Value, double Expected, Estimate Difference, double Excess, double P, IReadOnlyList<IReadOnlyList<FoundCondition>> Explains);

/// <summary>What was found, the strongest first.</summary>
/// <param name="N">Signals searched, at most <see cref="FactQuery.MostPerPerson"/> of a person.</param>
/// <param name="Since">What came in before was not looked at; null when all was.</param>
public sealed record Concentrations(int N, double? Value, int Tested, IReadOnlyList<FoundConcentration> Found, DateTimeOffset? Since);

/// <summary>Answers where something is concentrated, from the facts in memory.</summary>
public sealed class ConcentrationReader(FactQuery facts)
{
    public async Task<Concentrations> ReadAsync(WorkspaceSnapshot workspace, ConcentrationQuestion question, CancellationToken cancellation = default)
    {
        var selected = await facts.SelectAsync(workspace.WorkspaceId, question.Period.Filter, question.Period.From, question.Period.To, cancellation);
        var metric = MetricOutcome.Of(question);
        var rows = selected.Where(metric.Known);
        var outcome = rows.Select(metric.Value(rows));
        var (place, kept) = (FactColumns.About.Select(d => FactColumns.Of(rows, d)).Concat(FactColumns.Attributes(rows)).ToArray(), new List<FoundConcentration>());
        // Other places ask other questions: whom and what a signal is about is compared within each.
        var (strata, count) = Strata(rows, byTouchpoint: !question.Counts);
        var about = Search(workspace, place, new(Columns(place), outcome, metric.IsShare, strata, count), question, metric);
        kept.AddRange(about.Found);
        var tested = about.Tested;
        if (!question.Counts)
        {
            NamedColumn[] heard = [.. FactColumns.Listening.Select(d => FactColumns.Of(rows, d))];
            var listening = Search(workspace, heard, new(Columns(heard), outcome, metric.IsShare, new ushort[rows.Count], 1), question, metric);
            kept.AddRange(listening.Found);
            tested += listening.Tested;
        }

        double? mean = outcome.Length == 0 ? null : metric.Sign * outcome.Average(o => (double)o);
        return new(rows.Count, mean, tested, kept, rows.Since);
    }

    private static SegmentColumn[] Columns(NamedColumn[] columns) => [.. columns.Select(c => c.Column)];

    private static (int Tested, IEnumerable<FoundConcentration> Found) Search(
        WorkspaceSnapshot workspace, NamedColumn[] columns, ConcentrationData data, ConcentrationQuestion question, MetricOutcome metric)
    {
        var result = ConcentrationSearch.Search(data, question.Options);
        return (result.Tested, result.Findings.Select(f => new FoundConcentration(
            Conditions(f.Segment), f.Count, metric.Shown(f.Value), metric.Sign * f.Expected, metric.Shown(f.Difference), f.Excess, f.P, [.. f.Explains.Select(Conditions)])));

        IReadOnlyList<FoundCondition> Conditions(Segment segment) => segment.Second is { } second ? [Condition(segment.First), Condition(second)] : [Condition(segment.First)];

        FoundCondition Condition(SegmentCondition condition)
        {
            var column = columns[condition.Column];
            var stored = column.Names(condition.Code);
            return new(column.Column.Name, column.Column.Name == Dimensions.Source ? SourceName(workspace, stored) : stored, column.Attribute, stored);
        }
    }

    private static string SourceName(WorkspaceSnapshot workspace, string stored) =>
        Guid.TryParseExact(stored, "N", out var id) && workspace.SourceById.TryGetValue(id, out var source) ? source.Name : stored;

    // A subject that is heard at one touchpoint only would be compared with nothing there, so shares are compared within a source.
    private static (ushort[] Strata, int Count) Strata(FactSelection rows, bool byTouchpoint)
    {
        var (sources, touchpoints) = (rows.Codes(Dimensions.Source), rows.Codes(Dimensions.Touchpoint));
        var known = new Dictionary<int, ushort>();
        var strata = new ushort[sources.Length];
        for (var i = 0; i < strata.Length; i++)
        {
            var key = (sources[i] << 16) | (byTouchpoint ? touchpoints[i] : 0);
            if (!known.TryGetValue(key, out var stratum)) known[key] = stratum = (ushort)Math.Min(known.Count, ushort.MaxValue - 1);
            strata[i] = stratum;
        }

        return (strata, Math.Max(1, known.Values.DefaultIfEmpty().Max() + 1));
    }
}
