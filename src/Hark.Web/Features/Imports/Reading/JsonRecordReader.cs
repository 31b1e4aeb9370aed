using System.Text.Json;
using System.Text.Unicode;
using Hark.Domain.Signals;

namespace Hark.Web.Features.Imports.Reading;

/// <summary>What JSON and NDJSON have in common: a buffer that grows to the longest record and no further, and the values of a record by path.</summary>
public abstract class JsonRecordReader(Stream utf8, IReadOnlyList<string> columns) : RecordReader
{
    private readonly JsonPaths _paths = new(columns);
    private byte[] _buffer = new byte[1 << 16];
    private int _start, _end;

    public override IReadOnlyList<string> Columns => columns;

    public override Scalar Cell(int column) => _paths[column];

    protected override void Close() => utf8.Dispose();

    protected ReadOnlySpan<byte> Waiting => _buffer.AsSpan(_start, _end - _start);

    protected bool AtEnd { get; private set; }

    protected ReadOnlySpan<byte> Piece(int offset, int length) => _buffer.AsSpan(_start + offset, length);

    protected void Pass(int bytes) => _start += bytes;

    /// <summary>Reads more behind what waits; the place of what waits may move. False at the end of the file.</summary>
    protected bool More()
    {
        if (AtEnd) return false;
        if (_start > 0)
        {
            Waiting.CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = utf8.Read(_buffer.AsSpan(_end));
        AtEnd = read == 0;
        _end += read;
        return read > 0;
    }

    /// <summary>Takes the record's values; what is wrong with it, or null.</summary>
    protected string? Fill(ReadOnlySpan<byte> record)
    {
        if (!Utf8.IsValid(record)) return "contains bytes that are no valid UTF-8";
        if (columns.Count == 0) return null;
        try
        {
            _paths.Fill(record);
            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return "is not well-formed JSON: " + Sentence(e);
        }
    }

    /// <summary>The reader's own sentence, without the place that it counts from the record.</summary>
    protected static string Sentence(Exception e)
    {
        var cut = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return cut < 0 ? e.Message : e.Message[..cut];
    }
}

/// <summary>One record a line. Blank lines are passed over. A line that is not well formed is a defect of that record only.</summary>
public sealed class NdjsonRecordReader(Stream utf8, IReadOnlyList<string> columns) : JsonRecordReader(utf8, columns)
{
    private int _offset, _length, _toPass;
    private long _line, _next = 1;

    public override long Line => _line;

    public override ReadOnlySpan<byte> Raw => Piece(_offset, _length);

    public override bool Read()
    {
        while (true)
        {
            Pass(_toPass);
            _toPass = 0;
            if (Waiting.IsEmpty && !More()) return false;
            var end = LineEnd(out var tooLong);
            _line = _next++;
            var line = end < 0 ? Waiting : Waiting[..end];
            _toPass = end < 0 ? line.Length : end + 1;
            var text = line.Trim(" \t\r"u8);
            if (text.IsEmpty && !tooLong) continue;
            (_offset, _length) = (line.Length - line.TrimStart(" \t\r"u8).Length, text.Length);
            Number++;
            Defect = tooLong ? $"is longer than {MaxRecordBytes >> 20} MiB" : Fill(text);
            if (Defect is not null && end < 0) Defect += "; the file breaks off inside this record";
            return true;
        }
    }

    /// <summary>Where the line ends, reading on as need be; −1 at the end of the file. Of a line too long only its end is kept.</summary>
    private int LineEnd(out bool tooLong)
    {
        tooLong = false;
        var searched = 0;
        while (true)
        {
            var end = Waiting[searched..].IndexOf((byte)'\n');
            if (end >= 0) return searched + end;
            searched = Waiting.Length;
            if (searched > MaxRecordBytes)
            {
                tooLong = true;
                Pass(searched);
                searched = 0;
            }
            if (!More()) return -1;
        }
    }
}

/// <summary>The elements of a list in a JSON document, wherever in it the list stands. Reading ends where the document is malformed.</summary>
public sealed class JsonListReader : JsonRecordReader
{
    private readonly string? _path;
    private JsonReaderState _state;
    private bool _started;
    private int _offset, _length;
    private long _line = 1, _nextLine = 1;

    /// <param name="path">Names joined by dots; null for the document itself, or else the first list of records in it.</param>
    public JsonListReader(Stream utf8, IReadOnlyList<string> columns, string? path) : base(utf8, columns) => _path = path;

    public override long Line => _line;

    public override ReadOnlySpan<byte> Raw => Piece(_offset, _length);

    public override bool Read()
    {
        PassRecord();
        if (!_started && !FindList()) return false;
        while (true)
        {
            var reader = new Utf8JsonReader(Waiting, AtEnd, _state);
            try
            {
                if (reader.Read())
                {
                    if (reader.TokenType == JsonTokenType.EndArray) return false;
                    var start = (int)reader.TokenStartIndex;
                    if (reader.TrySkip()) return Take(start, (int)reader.BytesConsumed, reader.CurrentState);
                }
            }
            catch (JsonException e)
            {
                throw Broken(e);
            }
            Grow();
        }
    }

    private bool Take(int start, int end, JsonReaderState state)
    {
        _line = _nextLine + Waiting[..start].Count((byte)'\n');
        (_offset, _length, _state) = (start, end - start, state);
        Number++;
        Defect = Fill(Raw);
        return true;
    }

    private void PassRecord()
    {
        var end = _offset + _length;
        _nextLine += Waiting[..end].Count((byte)'\n');
        Pass(end);
        (_offset, _length) = (0, 0);
    }

    /// <summary>Enters the list. Members before it are passed over token by token, so that they may be of any size.</summary>
    private bool FindList()
    {
        var walk = new PathWalk(_path);
        while (true)
        {
            var reader = new Utf8JsonReader(Waiting, AtEnd, _state);
            try
            {
                while (reader.Read())
                {
                    if (!walk.Enters(ref reader)) continue;
                    Consume(ref reader);
                    return _started = true;
                }
                Consume(ref reader);
            }
            catch (JsonException e)
            {
                throw Broken(e);
            }
            if (AtEnd) throw new BrokenFileException(_nextLine, _path is null ? "the document has no list of records; name it in the mapping as \"records\"" : $"the document has no list '{_path}'");
            Grow();
        }
    }

    private void Consume(ref Utf8JsonReader reader)
    {
        _state = reader.CurrentState;
        var consumed = (int)reader.BytesConsumed;
        _nextLine += Waiting[..consumed].Count((byte)'\n');
        Pass(consumed);
    }

    private void Grow()
    {
        if (Waiting.Length > MaxRecordBytes) throw new BrokenFileException(_nextLine, $"a record is longer than {MaxRecordBytes >> 20} MiB");
        if (!More() && Waiting.IsEmpty && _started) throw new BrokenFileException(_nextLine, "the file breaks off: the list of records is never closed");
    }

    private BrokenFileException Broken(JsonException e)
    {
        var line = _nextLine + (AtEnd ? Waiting.Count((byte)'\n') : e.LineNumber ?? 0);
        return new BrokenFileException(line, (AtEnd ? "the file breaks off: " : "is not well-formed JSON: ") + Sentence(e));
    }

    /// <summary>Follows the names down to the list.</summary>
    private struct PathWalk(string? path)
    {
        private readonly string[]? _names = path?.Split('.');
        private int _found;
        private bool _named;

        public bool Enters(ref Utf8JsonReader reader)
        {
            if (_names is null) return reader.TokenType == JsonTokenType.StartArray && reader.CurrentDepth <= 1;
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                _named = reader.CurrentDepth == _found + 1 && _found < _names.Length && reader.ValueTextEquals(_names[_found]);
                return false;
            }
            var enters = _named && reader.TokenType == JsonTokenType.StartArray && _found == _names.Length - 1;
            if (_named && reader.TokenType == JsonTokenType.StartObject) _found++;
            _named = false;
            return enters;
        }
    }
}
