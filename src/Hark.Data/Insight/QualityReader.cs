using Hark.Data.Aggregates;
using Hark.Data.Facts;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Insight;
using Hark.Domain.Journeys;
using Hark.Domain.Statistics.Quality;

namespace Hark.Data.Insight;

/// <summary>Of what the index is.</summary>
public enum QualityUnit { All, Touchpoint, Stage, Location, Team }

/// <summary>The index of one unit, this period and the one before, and what moved it.</summary>
/// <param name="N">Signals of this period.</param>
/// <param name="Moved">Effects by kind of signal; they add up to the change. Empty where either period is missing.</param>
public sealed record QualityRow(string Unit, long N, QualityValue? Value, QualityValue? Before, IReadOnlyList<PartChange> Moved);

/// <summary>The index by unit, the lowest first. A unit with too few signals has no values.</summary>
public sealed record QualityAnswer(QualityUnit By, QualityWeights Weights, IReadOnlyList<QualityRow> Rows, DateTimeOffset? Since);

/// <summary>The experience quality index: direct, indirect and inferred signals in one number with its interval.</summary>
public sealed class QualityReader(FactQuery facts)
{
    public async Task<QualityAnswer> ReadAsync(WorkspaceSnapshot workspace, InsightPeriod period, QualityUnit by, CancellationToken cancellation = default)
    {
        var length = period.To - period.From;
        var now = await facts.SelectAsync(workspace.WorkspaceId, period.Filter, period.From, period.To, cancellation);
        var before = await facts.SelectAsync(workspace.WorkspaceId, period.Filter, period.From - length, period.From, cancellation);
        var weights = Weights(workspace);
        var (current, earlier) = (QualitySums.Of(now, UnitOf(workspace, now, by)), QualitySums.Of(before, UnitOf(workspace, before, by)));
        var rows = current.Units.Union(earlier.Units, StringComparer.Ordinal).Select(unit =>
        {
            var n = current.Count(unit);
            var (value, past) = (current.Value(unit, weights, workspace.Workspace.MinimumCount), earlier.Value(unit, weights, workspace.Workspace.MinimumCount));
            return new QualityRow(unit, n, value, past, value is null || past is null ? [] : Decomposition.Of(Parts(past), Parts(value)));
        });
        return new(by, weights, [.. rows.OrderBy(r => r.Value?.Index.Value ?? double.MaxValue).ThenBy(r => r.Unit, StringComparer.Ordinal)], now.Since);
    }

    public static QualityWeights Weights(WorkspaceSnapshot workspace) =>
        workspace.Documents.TryGetValue(DocumentKind.Quality, out var document) && QualityWeights.Parse(document.Document) is { Ok: true } read ? read.Value : QualityWeights.Usual;

    private static MeanPart[] Parts(QualityValue value) => [.. value.Parts.Select(p => new MeanPart(p.Kind, p.Share, p.Score))];

    private static Func<FactBlock, int, string?> UnitOf(WorkspaceSnapshot workspace, FactSelection rows, QualityUnit by) => by switch
    {
        QualityUnit.All => (_, _) => "all",
        QualityUnit.Touchpoint => Value(rows, Dimensions.Touchpoint, name => name),
        QualityUnit.Location => Value(rows, Dimensions.Location, name => name),
        QualityUnit.Stage => Value(rows, Dimensions.Touchpoint, StageOf(workspace)),
        QualityUnit.Team => Value(rows, Dimensions.Source, id => workspace.SourceById.GetValueOrDefault(Guid.ParseExact(id, "N"))?.OwnerTeamId is { } team ? workspace.Teams.FirstOrDefault(t => t.TeamId == team)?.Key : null),
    };

    private static Func<string, string?> StageOf(WorkspaceSnapshot workspace)
    {
        var map = workspace.Documents.TryGetValue(DocumentKind.Journeys, out var document) && JourneyMap.Parse(document.Document, null) is { Ok: true } read ? read.Value : JourneyMap.Default;
        return touchpoint => map.Stages.FirstOrDefault(s => s.Touchpoints.Any(t => t.Names.Contains(touchpoint, StringComparer.Ordinal)))?.Key;
    }

    private static Func<FactBlock, int, string?> Value(FactSelection rows, string dimension, Func<string, string?> unit)
    {
        var place = FactSelection.Place(dimension);
        var values = rows.Names.Values[place];
        var known = new Dictionary<ushort, string?>();
        return (block, i) =>
        {
            var code = block.Codes[place][i];
            if (!known.TryGetValue(code, out var name)) known[code] = name = code == 0 || values.Value(code) is not { } value ? null : unit(value);
            return name;
        };
    }
}
