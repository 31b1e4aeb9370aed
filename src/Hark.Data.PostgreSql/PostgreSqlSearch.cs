using System.Globalization;
using System.Text;
using Hark.Data.Signals;
using Hark.Data.Store;
using Hark.Domain.Search;

namespace Hark.Data.PostgreSql;

/// <summary>A <c>tsvector</c> with a GIN index. Vectors and queries are written out word by word, so PostgreSQL's own parser and dictionaries have no say.</summary>
internal sealed class PostgreSqlSearch : ISearchDialect
{
    public string Matching(string parameter) =>
        $"SELECT d.signal_id FROM search_documents d WHERE d.workspace_id = @workspace AND d.words @@ CAST({parameter} AS tsquery)";

    /// <summary>Ids rise with the time at which signals came.</summary>
    public string MatchingNewest(string parameter, int most) => string.Create(CultureInfo.InvariantCulture, $"{Matching(parameter)} ORDER BY d.signal_id DESC LIMIT {most}");

    /// <summary>Words hold letters, digits, marks and pictographs only: there is nothing to escape.</summary>
    public string Query(IReadOnlyList<SearchTerm> terms) => string.Join(" & ", terms.Select(t =>
        "(" + string.Join(" <-> ", t.Words.Select((w, i) => $"'{w}'" + (t.Prefix && i == t.Words.Count - 1 ? ":*" : ""))) + ")"));

    /// <summary>PostgreSQL keeps positions up to 16,383, and 255 of them a word; beyond, words are still found, phrases not.</summary>
    public string Document(IReadOnlyList<string> words)
    {
        var text = new StringBuilder();
        for (var i = 0; i < words.Count; i++) text.Append(CultureInfo.InvariantCulture, $"'{words[i]}':{i + 1} ");
        return text.ToString();
    }

    public BulkStatement<SearchEntry> Put { get; } = new("""
        INSERT INTO search_documents (workspace_id, signal_id, words) VALUES (@workspace_id, @signal_id, CAST(@document AS tsvector))
        ON CONFLICT (workspace_id, signal_id) DO UPDATE SET words = excluded.words
        """, SearchEntry.Columns);

    /// <summary>Vacuum takes removed rows away.</summary>
    public IReadOnlyList<string> Fold => [];

    public BulkStatement<SearchEntry> Remove { get; } = new(
        "DELETE FROM search_documents WHERE workspace_id = @workspace_id AND signal_id = @signal_id", SearchEntry.Key);
}
