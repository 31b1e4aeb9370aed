using Hark.Domain.Signals;
using Hark.Domain.Signals.Mapping;

namespace Hark.Web.Features.Imports.Reading;

/// <summary>
/// Reads a file record by record with constant memory. Lines are those of the file as an editor counts them. What a record gives is valid until the next is read.
/// </summary>
public abstract class RecordReader : IRecordCells, IDisposable
{
    /// <summary>The longest record: more is a quote or bracket that was never closed, not a record.</summary>
    public const int MaxRecordBytes = 16 * 1024 * 1024;

    /// <summary>The names of the columns, unique. For JSON, the paths seen in the first records.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>Records read so far, rejected ones included.</summary>
    public long Number { get; protected set; }

    /// <summary>The line, from 1, on which the record begins.</summary>
    public abstract long Line { get; }

    /// <summary>The record as it stands in the file, in UTF-8.</summary>
    public abstract ReadOnlySpan<byte> Raw { get; }

    /// <summary>Why the record cannot be used, or null.</summary>
    public string? Defect { get; protected set; }

    /// <summary>Moves to the next record; false at the end. Throws <see cref="BrokenFileException"/> where the file cannot be read on.</summary>
    public abstract bool Read();

    public abstract Scalar Cell(int column);

    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    protected abstract void Close();
}

/// <summary>The file breaks off or cannot be read past this line. What was read before stands.</summary>
public sealed class BrokenFileException(long line, string reason) : Exception($"line {line}: {reason}")
{
    public long Line => line;
    public string Reason => reason;
}
