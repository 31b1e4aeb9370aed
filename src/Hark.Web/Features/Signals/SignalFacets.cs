using Hark.Data.Aggregates;
using Hark.Data.Metrics;
using Hark.Data.Signals;

namespace Hark.Web.Features.Signals;

/// <summary>One value of a facet.</summary>
/// <param name="Value">As the address has it.</param>
/// <param name="N">Signals with it under the other filters.</param>
public sealed record FacetOption(string Value, long N, bool On);

/// <summary>The values of one dimension with counts; chosen ones first, then the most frequent.</summary>
/// <param name="Whole">Over all of the period; false where only the newest signals were counted.</param>
public sealed record Facet(string Dimension, IReadOnlyList<FacetOption> Options, bool Whole);

/// <summary>The bands of score, on one scale for all ratings: what an NPS of 0–6, 7–8 and 9–10 is.</summary>
/// <param name="N">Null where it was not counted.</param>
public sealed record ScoreBand(string Name, int Min, int Max, long? N);

/// <summary>
/// Counts facets: each under the filters of the others, so that one sees what adding a value would give. From the aggregates where they can tell, else among the newest
/// signals.
/// </summary>
internal sealed class SignalFacets(SignalSampler sampler, ValueCounts counts)
{
    /// <summary>In the order shown.</summary>
    public static IReadOnlyList<string> Shown { get; } =
    [
        Dimensions.Channel, Dimensions.Topic, Dimensions.Sentiment, Dimensions.Touchpoint, Dimensions.Language, Dimensions.Location, Dimensions.Source, Dimensions.Severity,
        Dimensions.Issue, Dimensions.Segment, Dimensions.Cohort, Dimensions.Persona, Dimensions.Sku, Dimensions.Tag, Dimensions.Kind,
    ];

    private const int MostOptions = 30;
    private static readonly (string Name, int Min, int Max)[] Bands = [("low", 0, 60), ("middle", 61, 89), ("high", 90, 100)];

    /// <param name="sample">Of the whole filter.</param>
    public async Task<IReadOnlyList<Facet>> ReadAsync(SignalsRequest request, SignalSample sample, CancellationToken cancellation)
    {
        var filtered = request.Numbers.Values.Keys.ToList();
        // Where aggregates are needed for nothing else, all facets come from one statement.
        var cells = request.Numbers.OnlyValues && filtered.Count <= 1 && (!sample.IsWhole || filtered.Count == 1)
            ? await counts.ReadAsync(request.Workspace, request.From, request.To, filtered.Count == 1 ? filtered : [.. Shown], cancellation) : null;
        var facets = new List<Facet>();
        foreach (var dimension in Shown)
        {
            if (cells is not null && (filtered.Count == 0 || filtered[0] == dimension)) facets.Add(Of(request, dimension, cells[dimension], whole: true));
            else if (filtered.Contains(dimension))
            {
                var without = request.Numbers with { Values = request.Numbers.Values.Where(v => v.Key != dimension).ToDictionary() };
                var others = await sampler.ReadAsync(request.Workspace.WorkspaceId, request.From, request.To, without, cancellation);
                facets.Add(Of(request, dimension, Count(others, dimension), others.IsWhole));
            }
            else facets.Add(Of(request, dimension, Count(sample, dimension), sample.IsWhole));
        }
        return [.. facets.Where(f => f.Options.Count > 0)];
    }

    public static IReadOnlyList<ScoreBand> Scores(SignalsRequest request, SignalSample sample)
    {
        var counted = sample.IsWhole && request.Numbers is { ScoreMin: null, ScoreMax: null };
        return [.. Bands.Select(b => new ScoreBand(b.Name, b.Min, b.Max, counted ? sample.Signals.Count(s => s.ScoreMilli >= b.Min * 1000 && s.ScoreMilli <= b.Max * 1000) : null))];
    }

    private static IEnumerable<ValueCount> Count(SignalSample sample, string dimension)
    {
        var place = SignalSampler.Dimensions.ToList().FindIndex(d => d.Name == dimension);
        return sample.Signals.SelectMany(s => s.Values(place)).CountBy(v => v, StringComparer.Ordinal)
            .OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => new ValueCount(c.Key, c.Value));
    }

    private static Facet Of(SignalsRequest request, string dimension, IEnumerable<ValueCount> counts, bool whole)
    {
        var options = counts.Select(c => new FacetOption(InAddress(request, dimension, c.Value), c.N, request.Has(dimension, InAddress(request, dimension, c.Value)))).ToList();
        foreach (var (_, value) in request.Chosen.Where(c => c.Name == dimension && !options.Exists(o => o.Value == c.Value)).ToList()) options.Add(new(value, 0, true));
        return new(dimension, [.. options.OrderByDescending(o => o.On).Take(MostOptions)], whole);
    }

    /// <summary>A source is stored by its id and asked for by its name.</summary>
    private static string InAddress(SignalsRequest request, string dimension, string value) =>
        dimension == Dimensions.Source && Guid.TryParseExact(value, "N", out var id) && request.Workspace.SourceById.TryGetValue(id, out var source) ? source.Name : value;
}
