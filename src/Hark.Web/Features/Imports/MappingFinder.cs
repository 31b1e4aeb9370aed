using Hark.Domain.Signals.Mapping;
using Hark.Web.Features.Imports.Reading;

namespace Hark.Web.Features.Imports;

/// <summary>The columns of a file and its first rows, as text.</summary>
public sealed record FileSample(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    public static FileSample None { get; } = new([], []);
}

/// <summary>Guesses the mapping of a file from its first records.</summary>
public static class MappingFinder
{
    /// <summary>Enough to tell a rating from a number and one date format from another.</summary>
    private const int SampledRows = 500;

    /// <summary>The guess with the encoding, delimiter and format that were found, so that what is saved says all of it.</summary>
    public static SignalMapping Guess(ImportFile file)
    {
        var plain = new SignalMapping();
        var (format, encoding) = RecordReaders.Examine(file, plain);
        if (format == FileFormat.Csv) plain = plain with { Header = HeaderOf(file, plain) };
        using var reader = RecordReaders.Open(file, plain);
        var rows = Rows(reader, SampledRows);
        var guess = MappingGuess.Guess(format, reader.Columns, rows) with { Encoding = encoding.WebName };
        return format == FileFormat.Csv ? guess with { Delimiter = ((CsvRecordReader)reader).Separator } : guess;
    }

    /// <summary>The first records of a file, as its mapping reads it; none of a file that cannot be read.</summary>
    public static FileSample Sample(ImportFile file, SignalMapping mapping, int rows)
    {
        try
        {
            using var reader = RecordReaders.Open(file, mapping);
            return new(reader.Columns, Rows(reader, rows));
        }
        catch (BrokenFileException)
        {
            return FileSample.None;
        }
    }

    private static HeaderRows HeaderOf(ImportFile file, SignalMapping plain)
    {
        using var reader = RecordReaders.Open(file, plain);
        return MappingGuess.HeaderOf(reader.Columns);
    }

    private static List<string[]> Rows(RecordReader reader, int most)
    {
        var rows = new List<string[]>();
        try
        {
            while (rows.Count < most && reader.Read())
            {
                if (reader.Defect is null) rows.Add([.. Enumerable.Range(0, reader.Columns.Count).Select(i => reader.Cell(i).ToString())]);
            }
        }
        catch (BrokenFileException) when (rows.Count > 0)
        {
            // The import itself reports it.
        }
        return rows;
    }
}
