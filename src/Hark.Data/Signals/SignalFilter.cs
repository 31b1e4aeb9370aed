using Hark.Data.Aggregates;
using Hark.Data.Queries;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Search;
using Hark.Domain.Signals;

namespace Hark.Data.Signals;

/// <summary>
/// Which signals are meant: every condition must hold, and of the values of one dimension any. The same record filters lists, numbers and exports.
/// </summary>
public sealed record SignalFilter
{
    /// <summary>Wanted values by dimension, as they are stored (a source as its id, see <see cref="Dimensions.SourceValue"/>).</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Values { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Bounds of the score in thousandths, inclusive.</summary>
    public int? ScoreMin { get; init; }
    public int? ScoreMax { get; init; }

    /// <summary>A contact: our id, or an id, e-mail address or telephone number under which it is known.</summary>
    public string? Contact { get; init; }

    /// <summary>An account: our id or the customer's own.</summary>
    public string? Account { get; init; }

    /// <summary>Words to be found; null for no search.</summary>
    public IReadOnlyList<SearchTerm>? Search { get; init; }

    /// <summary>Of the signals with these words only the newest so many are looked at; null looks at all.</summary>
    public int? MostMatches { get; init; }

    /// <summary>Only signals whose words this person may see; null for all.</summary>
    public WordScope? Scope { get; init; }

    /// <summary>Whether the filter tells what somebody said or who it was: then numbers, too, are only of signals that the asker may see.</summary>
    public bool NamesWords => Search is not null || Contact is not null;

    /// <summary>Every signal matches.</summary>
    public bool IsEmpty => OnlyValues && Values.Count == 0;

    /// <summary>Nothing but values of dimensions: what aggregates can answer, if they are of one dimension.</summary>
    public bool OnlyValues => ScoreMin is null && ScoreMax is null && Contact is null && Account is null && Search is null && Scope is null;

    public static SignalFilter None { get; } = new();

    /// <summary>Names of the parameters that <see cref="Read"/> takes.</summary>
    public static IReadOnlyList<string> Parameters { get; } = [.. Dimensions.Names, "score_min", "score_max", "contact", "account", "q"];

    /// <summary>Reads the filters that all queries over signals share; what is wrong goes to the parameters' errors.</summary>
    public static SignalFilter Read(QueryParameters query, WorkspaceSnapshot workspace)
    {
        var values = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var dimension in Dimensions.Names)
            if (ReadValues(query, workspace, SignalDimension.All[dimension]) is { Count: > 0 } wanted) values[dimension] = wanted;
        var (min, max) = (Score(query, "score_min"), Score(query, "score_max"));
        if (min > max) query.Errors.Add("score_max", "must not be below score_min");
        return new SignalFilter
        {
            Values = values,
            ScoreMin = min is { } low ? (int)Math.Ceiling(low * 1000 - 1e-6) : null,
            ScoreMax = max is { } high ? (int)Math.Floor(high * 1000 + 1e-6) : null,
            Contact = query.One("contact"),
            Account = query.One("account"),
            Search = ReadSearch(query),
        };
    }

    private static List<string> ReadValues(QueryParameters query, WorkspaceSnapshot workspace, SignalDimension dimension)
    {
        var values = new List<string>();
        foreach (var sent in query.Many(dimension.Name, split: dimension.Vocabulary is not null))
        {
            if (dimension.Name == Dimensions.Source)
            {
                if (workspace.SourceByName.TryGetValue(sent, out var source)) values.Add(Dimensions.SourceValue(source.SourceId));
                else query.Errors.Add(dimension.Name, $"there is no source '{sent}'{Suggestion.Hint(sent, workspace.SourceByName.Keys)}");
            }
            else if (dimension.Vocabulary is not { } known) values.Add(dimension.Name == Dimensions.Language ? sent.ToLowerInvariant() : sent);
            else if (known.FirstOrDefault(k => k.Equals(sent, StringComparison.OrdinalIgnoreCase)) is { } value) values.Add(value);
            else query.Errors.Add(dimension.Name, $"must be one of {string.Join(", ", known)}");
        }
        return values;
    }

    private static double? Score(QueryParameters query, string name)
    {
        var score = query.Number(name);
        if (score is not (< 0 or > Rating.FullScoreMilli / 1000)) return score;
        query.Errors.Add(name, "must be 0 to 100");
        return null;
    }

    private static IReadOnlyList<SearchTerm>? ReadSearch(QueryParameters query)
    {
        if (query.One("q") is not { } text) return null;
        var terms = SearchText.Query(text);
        if (terms.Count == 0) query.Errors.Add("q", "needs a word to look for");
        return terms;
    }
}

/// <summary>
/// Whose words a person may see who does not see all: those of sources that their teams own, and those of cases that their teams work on.
/// </summary>
public sealed record WordScope(IReadOnlyCollection<Guid> Teams, IReadOnlyCollection<Guid> Sources)
{
    /// <summary>The scope of a member of these teams; null (all) for null.</summary>
    public static WordScope? Of(WorkspaceSnapshot workspace, IReadOnlySet<Guid>? teams) => teams is null ? null
        : new([.. teams], [.. workspace.Sources.Where(s => s.OwnerTeamId is { } owner && teams.Contains(owner)).Select(s => s.SourceId)]);
}
