using Hark.Domain.Signals;

namespace Hark.Web.Features.Imports;

/// <summary>What an import has come to. <see cref="Read"/> is the sum of the other counts.</summary>
public sealed record ImportCounts(long Read, long Stored, long Duplicates, long Updated, long Rejected, long Skipped)
{
    public static ImportCounts None { get; } = new(0, 0, 0, 0, 0, 0);

    public static ImportCounts operator +(ImportCounts a, ImportCounts b) => Add(a, b);

    public static ImportCounts Add(ImportCounts a, ImportCounts b) =>
        new(a.Read + b.Read, a.Stored + b.Stored, a.Duplicates + b.Duplicates, a.Updated + b.Updated, a.Rejected + b.Rejected, a.Skipped + b.Skipped);
}

/// <summary>A record that was not stored.</summary>
/// <param name="Line">In the file, from 1.</param>
/// <param name="Record">From 1.</param>
public sealed record Reject(long Line, long Record, string Reason);

/// <param name="Counts">Of the whole file, what an earlier, interrupted run did included.</param>
/// <param name="ResumedAt">Records done by earlier runs, on which this one did not look again.</param>
/// <param name="Rejects">The first ones; all of them are in the rejects file.</param>
/// <param name="Broken">Where the file could not be read on, or null.</param>
/// <param name="Samples">The first records as they are stored, of a dry run.</param>
/// <param name="WithoutId">Records whose own id was made from their content and place.</param>
public sealed record ImportSummary(
    ImportCounts Counts, long ResumedAt, IReadOnlyList<Reject> Rejects, Reject? Broken, bool Interrupted, string? RejectsFile, IReadOnlyList<SignalDraft> Samples, bool WithoutId)
{
    public bool IsClean => Counts.Rejected == 0 && Broken is null && !Interrupted;
}
