using System.Globalization;
using Hark.Domain.Common;

namespace Hark.Web.Infrastructure.Paging;

/// <summary>One page of a list.</summary>
/// <param name="NextCursor">Where the next page begins; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>
/// Which page is asked for. Lists are paged by key, never by offset: a row that comes or goes meanwhile neither repeats nor hides another. Read one row more
/// than <see cref="Limit"/> and hand all to <see cref="Cut"/>.
/// </summary>
/// <param name="After">The key of the last row of the page before, in the list's own parts; null for the first page.</param>
public sealed record PageRequest(int Limit, CursorParts? After)
{
    public const int UsualLimit = 50, MostLimit = 500;

    /// <param name="list">Name of the list, so that a cursor of one is not taken by another.</param>
    /// <param name="parts">How many parts its key has.</param>
    public static Result<PageRequest> Read(string list, int parts, string? cursor, int? limit)
    {
        if (limit is < 1 or > MostLimit) return Error.Invalid("limit", $"must be 1 to {MostLimit}");
        if (string.IsNullOrEmpty(cursor)) return new PageRequest(limit ?? UsualLimit, null);
        return Cursor.Read(list, cursor) is { } after && after.Values.Count == parts
            ? new PageRequest(limit ?? UsualLimit, after)
            : BadCursorException.Error;
    }

    /// <summary>How many rows to read: one more than the page holds, to know whether there is a next one.</summary>
    public int Take => Limit + 1;

    public Page<TItem> Cut<TRow, TItem>(string list, IReadOnlyList<TRow> rows, Func<TRow, TItem> item, Func<TRow, IEnumerable<object?>> key) =>
        rows.Count <= Limit
            ? new Page<TItem>([.. rows.Select(item)], null)
            : new Page<TItem>([.. rows.Take(Limit).Select(item)], Cursor.Write(list, key(rows[Limit - 1])));
}

/// <summary>The parts of a key in a cursor, read back by type. A part of the wrong shape throws <see cref="BadCursorException"/>, answered with 400.</summary>
public sealed record CursorParts(IReadOnlyList<string?> Values)
{
    public string? Text(int i) => Values[i];
    public bool IsNull(int i) => Values[i] is null;
    public Guid Id(int i) => Guid.TryParseExact(Values[i], "N", out var id) ? id : throw new BadCursorException();

    public long Number(int i) =>
        long.TryParse(Values[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw new BadCursorException();

    public DateTimeOffset Time(int i) =>
        Number(i) is >= 0 and var ticks && ticks <= DateTimeOffset.MaxValue.UtcTicks ? new(ticks, TimeSpan.Zero) : throw new BadCursorException();
}

/// <summary>A cursor that was tampered with.</summary>
public sealed class BadCursorException() : Exception("Bad cursor.")
{
    public static Error Error { get; } = Hark.Domain.Common.Error.Invalid("cursor", "is not a cursor of this list; leave it out to begin at the first page");
}
