using System.Text;
using System.Text.Json;
using Hark.Domain.Common;
using Hark.Domain.Signals.Mapping;

namespace Hark.Web.Features.Imports.Reading;

/// <summary>Opens files for reading by a mapping: finds out what it does not say.</summary>
public static class RecordReaders
{
    /// <summary>So many records are looked at for the names of the members of JSON.</summary>
    public const int SampledRecords = 1000;
    private const int SniffBytes = 64 * 1024;

    /// <summary>The format that the content shows: a list or an object over several lines is JSON, an object per line NDJSON, the rest CSV.</summary>
    public static FileFormat Sniff(ReadOnlySpan<byte> head)
    {
        head = head.TrimStart(" \t\r\n"u8);
        if (head.IsEmpty || head[0] is not ((byte)'{' or (byte)'[')) return FileFormat.Csv;
        if (head[0] == (byte)'[') return FileFormat.Json;
        var end = head.IndexOf((byte)'\n');
        if (end < 0) return IsWhole(head) ? FileFormat.Ndjson : FileFormat.Json;
        return IsWhole(head[..end]) ? FileFormat.Ndjson : FileFormat.Json;
    }

    public static (FileFormat Format, Encoding Encoding) Examine(ImportFile file, SignalMapping mapping)
    {
        var encoding = file.Encoding(mapping.Encoding);
        return (mapping.Format ?? (mapping.Records is null ? Sniff(file.Head(encoding, SniffBytes)) : FileFormat.Json), encoding);
    }

    /// <summary>Opens the file. Throws <see cref="BrokenFileException"/> when not even its beginning can be read.</summary>
    public static RecordReader Open(ImportFile file, SignalMapping mapping, Action<int>? counter = null)
    {
        var (format, encoding) = Examine(file, mapping);
        if (format == FileFormat.Csv) return new CsvRecordReader(file.OpenUtf8(encoding, counter), mapping.Delimiter, mapping.Quote, mapping.Header);
        var columns = mapping.Shape == RecordShape.Signal ? [] : Paths(file, encoding, format, mapping.Records);
        return OpenJson(file.OpenUtf8(encoding, counter), format, columns, mapping.Records);
    }

    /// <summary>Reads the files to be joined into memory. The error names a file or column that is not there.</summary>
    public static Result<IReadOnlyList<JoinTable>> ReadJoins(ImportFile file, SignalMapping mapping)
    {
        var used = SignalMapper.ColumnsOf(mapping).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var tables = new List<JoinTable>();
        foreach (var join in mapping.Joins)
        {
            var path = Path.Combine(file.Folder, join.File);
            var pointer = $"/joins/{InputErrors.Escape(join.Name)}/file";
            if (!File.Exists(path)) return Error.Invalid(pointer, $"there is no file '{join.File}' in {file.Folder}");
            var result = ReadJoin(ImportFile.FromPath(path), join, used, pointer);
            if (result.Error is { } error) return error;
            tables.Add(result.Value);
        }
        return tables;
    }

    private static Result<JoinTable> ReadJoin(ImportFile file, JoinSpec join, HashSet<string> used, string pointer)
    {
        try
        {
            var mapping = new SignalMapping { Encoding = join.Encoding, Delimiter = join.Delimiter };
            using var reader = Open(file, mapping);
            var table = JoinTable.Create(join, reader.Columns, used);
            if (!table.Ok) return table;
            while (reader.Read())
            {
                if (reader.Defect is { } defect) return Error.Invalid(pointer, $"{join.File}, line {reader.Line}: {defect}");
                table.Value.Add(reader);
            }
            return table;
        }
        catch (BrokenFileException e)
        {
            return Error.Invalid(pointer, $"{join.File}, {e.Message}");
        }
    }

    private static JsonRecordReader OpenJson(Stream stream, FileFormat format, IReadOnlyList<string> columns, string? path) =>
        format == FileFormat.Ndjson ? new NdjsonRecordReader(stream, columns) : new JsonListReader(stream, columns, path);

    private static List<string> Paths(ImportFile file, Encoding encoding, FileFormat format, string? path)
    {
        var (list, seen) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        using var reader = OpenJson(file.OpenUtf8(encoding, null), format, [], path);
        try
        {
            while (reader.Number < SampledRecords && reader.Read())
            {
                if (reader.Defect is not null || Parse(reader.Raw) is not { } document) continue;
                using (document)
                {
                    var found = new HashSet<string>(StringComparer.Ordinal);
                    JsonPaths.Collect(document.RootElement, "", found);
                    list.AddRange(found.Where(seen.Add));
                }
            }
        }
        catch (BrokenFileException) when (reader.Number > 0)
        {
            // The real reading comes to the same place and reports it.
        }
        return list;
    }

    private static JsonDocument? Parse(ReadOnlySpan<byte> record)
    {
        try
        {
            var reader = new Utf8JsonReader(record);
            return JsonDocument.ParseValue(ref reader);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> text)
    {
        using var document = Parse(text);
        return document is { RootElement.ValueKind: JsonValueKind.Object } && !document.RootElement.EnumerateObject().Any(m => m.Value.ValueKind == JsonValueKind.Array && IsRecords(m.Value));
    }

    /// <summary>An object on one line that holds a list of objects is a document with records in it; tags and answers are lists too, but of a record.</summary>
    private static bool IsRecords(JsonElement list) => list.GetArrayLength() > 0 && list[0].ValueKind == JsonValueKind.Object && !list[0].TryGetProperty("question", out _);
}
