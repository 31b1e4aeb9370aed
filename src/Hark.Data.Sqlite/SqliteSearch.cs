using System.Globalization;
using Hark.Data.Signals;
using Hark.Data.Store;
using Hark.Domain.Search;

namespace Hark.Data.Sqlite;

/// <summary>
/// FTS5 without a copy of the words (contentless), beside a table that says which row is which signal. The tokenizer is <c>ascii</c>: the words come cut and
/// folded already, parted by spaces, and to it every character beyond ASCII belongs to a word.
/// </summary>
internal sealed class SqliteSearch : ISearchDialect
{
    private const string RowOf = "(SELECT row_id FROM search_documents WHERE workspace_id = @workspace_id AND signal_id = @signal_id)";

    public string Matching(string parameter) =>
        $"SELECT d.signal_id FROM search_index i JOIN search_documents d ON d.row_id = i.rowid WHERE i.search_index MATCH {parameter} AND d.workspace_id = @workspace";

    /// <summary>Rows are numbered as they are indexed, and FTS5 walks them backwards.</summary>
    public string MatchingNewest(string parameter, int most) => string.Create(CultureInfo.InvariantCulture, $"{Matching(parameter)} ORDER BY i.rowid DESC LIMIT {most}");

    public string Query(IReadOnlyList<SearchTerm> terms) =>
        string.Join(" AND ", terms.Select(t => '"' + string.Join(' ', t.Words) + '"' + (t.Prefix ? "*" : "")));

    public string Document(IReadOnlyList<string> words) => string.Join(' ', words);

    public BulkStatement<SearchEntry> Put { get; } = new($"""
        INSERT INTO search_documents (workspace_id, signal_id) VALUES (@workspace_id, @signal_id) ON CONFLICT DO NOTHING;
        DELETE FROM search_index WHERE rowid = {RowOf};
        INSERT INTO search_index (rowid, words) VALUES ({RowOf}, @document);
        """, SearchEntry.Columns);

    /// <summary>A negative number begins to merge all of the index, whatever its shape; the positive ones go on with it.</summary>
    public IReadOnlyList<string> Fold { get; } =
        ["INSERT INTO search_index (search_index, rank) VALUES ('merge', -500)", "INSERT INTO search_index (search_index, rank) VALUES ('merge', 500)"];

    public BulkStatement<SearchEntry> Remove { get; } = new($"""
        DELETE FROM search_index WHERE rowid = {RowOf};
        DELETE FROM search_documents WHERE workspace_id = @workspace_id AND signal_id = @signal_id;
        """, SearchEntry.Key);
}
