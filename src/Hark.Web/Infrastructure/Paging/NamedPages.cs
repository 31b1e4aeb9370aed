using Hark.Web.Infrastructure.Problems;

namespace Hark.Web.Infrastructure.Paging;

/// <summary>Pages of small lists that are in memory anyway, in the order of a name.</summary>
internal static class NamedPages
{
    public static IResult Page<TRow, TItem>(string list, IEnumerable<TRow> rows, Func<TRow, string> name, Func<TRow, Guid> id, Func<TRow, TItem> item,
        string? cursor, int? limit)
    {
        var request = PageRequest.Read(list, 2, cursor, limit);
        if (request.Error is { } error) return error.ToProblem();
        var page = request.Value;
        var ordered = rows.OrderBy(name, StringComparer.OrdinalIgnoreCase).ThenBy(id);
        var rest = page.After is not { } after ? ordered : ordered.Where(r => IsAfter(name(r), id(r), after.Text(0) ?? "", after.Id(1)));
        return TypedResults.Ok(page.Cut(list, [.. rest.Take(page.Take)], item, r => [name(r), id(r)]));
    }

    private static bool IsAfter(string name, Guid id, string lastName, Guid lastId) =>
        StringComparer.OrdinalIgnoreCase.Compare(name, lastName) switch { 0 => id.CompareTo(lastId) > 0, var order => order > 0 };
}
