using Hark.Data.Store;
using Hark.Domain.Search;

namespace Hark.Data.Signals;

/// <summary>
/// Full-text search as each database does it. Both are given the words that <see cref="SearchText"/> cut and use no dictionary or parser of their own, so
/// that they find the same.
/// </summary>
public interface ISearchDialect
{
    /// <summary>A SELECT of the ids of signals of <c>@workspace</c> that match the query in <paramref name="parameter"/>.</summary>
    string Matching(string parameter);

    /// <summary>The same, but only the ids of the <paramref name="most"/> matches that were indexed last: what a page may look at.</summary>
    string MatchingNewest(string parameter, int most);

    /// <summary>The database's own form of a query, for a parameter.</summary>
    string Query(IReadOnlyList<SearchTerm> terms);

    /// <summary>The database's own form of a text's words, for the column of <see cref="Put"/>.</summary>
    string Document(IReadOnlyList<string> words);

    /// <summary>Indexes a signal anew.</summary>
    BulkStatement<SearchEntry> Put { get; }

    /// <summary>
    /// One step of folding the index together, run until it changes nothing more: until then words of removed signals may still be written in the file. Empty where the database sees to
    /// that by itself. Short, so that others get to write between two steps.
    /// </summary>
    IReadOnlyList<string> Fold { get; }

    /// <summary>Takes a signal out of the index; nothing happens where it is not there.</summary>
    BulkStatement<SearchEntry> Remove { get; }
}

/// <summary>What is indexed of one signal.</summary>
/// <param name="Document">See <see cref="ISearchDialect.Document"/>; null for a removal.</param>
public sealed record SearchEntry(Guid WorkspaceId, Guid SignalId, string? Document)
{
    /// <summary>The parameters of <see cref="ISearchDialect.Remove"/>.</summary>
    public static Columns<SearchEntry> Key { get; } = new Columns<SearchEntry>().Uuid("workspace_id", e => e.WorkspaceId).Uuid("signal_id", e => e.SignalId);

    /// <summary>The parameters of <see cref="ISearchDialect.Put"/>.</summary>
    public static Columns<SearchEntry> Columns { get; } = new Columns<SearchEntry>()
        .Uuid("workspace_id", e => e.WorkspaceId).Uuid("signal_id", e => e.SignalId).Text("document", e => e.Document);
}
