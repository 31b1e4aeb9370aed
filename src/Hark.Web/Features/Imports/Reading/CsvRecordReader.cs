using System.Text.Unicode;
using CsvHelper;
using Hark.Domain.Signals;
using Hark.Domain.Signals.Mapping;

namespace Hark.Web.Features.Imports.Reading;

/// <summary>Rows of a CSV file: quoted line breaks, any number of header rows. A row with a defect is handed on with its defect; the next one is read as if nothing had been.</summary>
public sealed class CsvRecordReader : RecordReader
{
    private const string InvalidUtf8 = "contains bytes that are no valid UTF-8; if the whole file is in another encoding, name it in the mapping";
    private readonly CsvReader _reader;
    private readonly string[] _columns;
    private string? _malformed;
    private bool _hasRow;

    /// <param name="utf8">UTF-8 without a byte order mark; disposed with the reader.</param>
    public CsvRecordReader(Stream utf8, char? delimiter, char quote, HeaderRows header)
    {
        _reader = CsvReader.Create(utf8, new CsvReaderOptions
        {
            Separator = delimiter,
            Quote = quote,
            HasHeader = false,
            TrackLineNumbers = true,
            MaxRecordSize = MaxRecordBytes,
            OnMalformedRecord = r => _malformed = r.ToString(),
        }, leaveOpen: false);
        _columns = ReadHeader(header);
    }

    public override IReadOnlyList<string> Columns => _columns;

    public char Separator => _reader.Separator;

    public override long Line => _reader.LineNumber;

    public override ReadOnlySpan<byte> Raw => _reader.RawRecord;

    public override bool Read()
    {
        if (!_hasRow && !Next()) return false;
        _hasRow = false;
        Number++;
        Defect = _malformed is not null ? Malformed() : Ragged() ?? (Utf8.IsValid(_reader.RawRecord) ? null : InvalidUtf8);
        return true;
    }

    public override Scalar Cell(int column) =>
        (uint)column >= (uint)_reader.FieldCount || _reader.GetSpan(column).IsEmpty ? default : Scalar.Of(_reader.GetString(column));

    protected override void Close() => _reader.Dispose();

    private bool Next()
    {
        _malformed = null;
        try
        {
            return _reader.Read();
        }
        catch (CsvFormatException e)
        {
            throw new BrokenFileException(e.LineNumber, $"cannot be read on: {e.Message}");
        }
    }

    /// <summary>A row that goes on to the end of the file because its quote is never closed means that the file was cut off.</summary>
    private string Malformed()
    {
        var (line, reason) = (Line, _malformed!);
        if (OpenQuote(_reader.RawRecord, (byte)_reader.Options.Quote, (byte)_reader.Separator))
            throw new BrokenFileException(line, "a quote is opened here and never closed: the file breaks off, or the quote is stray");
        return "has a stray quote, so that its fields are uncertain: " + reason;
    }

    private string? Ragged()
    {
        var count = _reader.FieldCount;
        if (count == _columns.Length) return null;
        for (var i = _columns.Length; i < count; i++)
        {
            if (!_reader.GetSpan(i).IsEmpty) return $"has {count} fields where the header has {_columns.Length}";
        }
        return count > _columns.Length ? null : $"has {count} fields where the header has {_columns.Length}";
    }

    /// <summary>Whether the row ends inside a quoted field.</summary>
    private static bool OpenQuote(ReadOnlySpan<byte> raw, byte quote, byte separator)
    {
        var (inside, start) = (false, true);
        for (var i = 0; i < raw.Length; i++)
        {
            if (inside)
            {
                if (raw[i] != quote) continue;
                if (i + 1 < raw.Length && raw[i + 1] == quote) i++;
                else inside = false;
            }
            else if (raw[i] == quote && start) inside = true;
            start = !inside && raw[i] == separator;
        }
        return inside;
    }

    private string[] ReadHeader(HeaderRows header)
    {
        string[] names = [];
        for (var row = 1; row <= header.Row; row++)
        {
            if (!Next()) throw new BrokenFileException(1, row == 1 ? "the file is empty" : $"the file ends before the header in row {header.Row}");
            if (row == header.Row) names = Fields();
        }
        for (var row = 1; row <= header.Skip && Next(); row++)
        {
            if (row == 1 && header.Combine) names = Combine(names, Fields());
        }
        if (header.Row == 0)
        {
            _hasRow = Next();
            names = [.. Enumerable.Range(1, _hasRow ? _reader.FieldCount : 0).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture))];
        }
        return Unique(names);
    }

    private string[] Fields() => [.. Enumerable.Range(0, _reader.FieldCount).Select(_reader.GetString)];

    /// <summary>"Which of these?" followed by blanks, and the choices below: each becomes "Which of these? / choice".</summary>
    private static string[] Combine(string[] names, string[] labels)
    {
        var last = "";
        return [.. names.Select((name, i) =>
        {
            if (!string.IsNullOrWhiteSpace(name)) last = name;
            var label = i < labels.Length ? labels[i].Trim() : "";
            return label is "" or "Response" or "Open-Ended Response" ? last : $"{last} / {label}";
        })];
    }

    private static string[] Unique(string[] names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. names.Select((given, i) =>
        {
            var name = string.IsNullOrWhiteSpace(given) ? $"column {i + 1}" : given.Trim();
            var unique = name;
            for (var n = 2; !seen.Add(unique); n++) unique = $"{name} ({n})";
            return unique;
        })];
    }
}
