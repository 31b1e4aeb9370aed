using System.Buffers;
using System.Text.Json;
using Hark.Domain.Common;

namespace Hark.Domain.Signals;

/// <summary>How a batch is written.</summary>
public enum BatchFormat
{
    /// <summary>A JSON array of signals.</summary>
    Array,

    /// <summary>One signal a line (NDJSON). Blank lines are passed over; lines may end in CRLF.</summary>
    Lines,
}

/// <summary>One record of a batch.</summary>
/// <param name="Index">From 0, blank lines not counted.</param>
/// <param name="Line">The line, from 1, on which the record begins.</param>
/// <param name="Draft">What could be read of it, also with errors.</param>
/// <param name="Errors">What is wrong by pointer; empty when the record is well formed.</param>
public sealed record SignalRecord(int Index, int Line, SignalDraft Draft, InputErrors Errors)
{
    /// <summary>Set when the record is not JSON at all; <see cref="Errors"/> says so too.</summary>
    public MalformedJson? Malformed { get; init; }
}

/// <summary>Where JSON stops being JSON.</summary>
/// <param name="Index">The record, from 0.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 units.</param>
public sealed record MalformedJson(int Index, int Line, int Column, string Reason)
{
    public override string ToString() => $"line {Line}, column {Column}: is not well-formed JSON: {Reason}";
}

/// <summary>A batch as read.</summary>
public sealed record SignalBatch(IReadOnlyList<SignalRecord> Records)
{
    /// <summary>Set when the text broke off: the records before stand, nothing after this place was read. Never set for lines, which break one at a time.</summary>
    public MalformedJson? Malformed { get; init; }

    /// <summary>True when there are more records than allowed; the rest was not read.</summary>
    public bool TooMany { get; init; }
}

/// <summary>Reads single signals and batches from a whole buffer. A byte order mark is skipped. Never throws for what a sender sends.</summary>
public static class SignalBatchReader
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <inheritdoc cref="Read(ReadOnlySpan{byte}, BatchFormat, int)"/>
    public static SignalBatch Read(ReadOnlySequence<byte> utf8, BatchFormat format, int maxRecords) =>
        Read(utf8.IsSingleSegment ? utf8.FirstSpan : utf8.ToArray(), format, maxRecords);

    /// <summary>Reads at most so many records. One pass.</summary>
    public static SignalBatch Read(ReadOnlySpan<byte> utf8, BatchFormat format, int maxRecords)
    {
        if (utf8.StartsWith(ByteOrderMark)) utf8 = utf8[3..];
        return format == BatchFormat.Lines ? ReadLines(utf8, maxRecords) : ReadArray(utf8, maxRecords);
    }

    /// <summary>Reads one signal that is the whole text (or line). Malformed JSON is an error of the record with the pointer <c>""</c>.</summary>
    /// <param name="line">The line the text begins on, for the place of an error.</param>
    public static SignalRecord ReadOne(ReadOnlySpan<byte> utf8, int index = 0, int line = 1)
    {
        if (utf8.StartsWith(ByteOrderMark)) utf8 = utf8[3..];
        var errors = new InputErrors();
        try
        {
            var reader = new Utf8JsonReader(utf8);
            var draft = SignalDraftReader.Read(ref reader, errors);
            reader.Read(); // anything after the signal throws
            return new SignalRecord(index, line, draft, errors);
        }
        catch (JsonException e)
        {
            var malformed = Place(utf8, e, index, line);
            errors.Add("", malformed.ToString());
            return new SignalRecord(index, line, new SignalDraft(), errors) { Malformed = malformed };
        }
    }

    private static SignalBatch ReadLines(ReadOnlySpan<byte> utf8, int maxRecords)
    {
        var records = new List<SignalRecord>();
        for (var line = 1; utf8.Length > 0; line++)
        {
            var end = utf8.IndexOf((byte)'\n');
            var text = end < 0 ? utf8 : utf8[..end];
            utf8 = end < 0 ? [] : utf8[(end + 1)..];
            text = text.TrimEnd("\r \t"u8);
            if (text.TrimStart(" \t"u8).Length == 0) continue;
            if (records.Count == maxRecords) return new SignalBatch(records) { TooMany = true };
            records.Add(ReadOne(text, records.Count, line));
        }
        return new SignalBatch(records);
    }

    private static SignalBatch ReadArray(ReadOnlySpan<byte> utf8, int maxRecords)
    {
        var records = new List<SignalRecord>();
        var (line, counted) = (1, 0);
        try
        {
            var reader = new Utf8JsonReader(utf8);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                return new SignalBatch(records) { Malformed = At(utf8, (int)reader.TokenStartIndex, 0, "a batch is a list of signals; for one signal a line send application/x-ndjson") };
            }
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (records.Count == maxRecords) return new SignalBatch(records) { TooMany = true };
                var start = (int)reader.TokenStartIndex;
                line += utf8[counted..start].Count((byte)'\n');
                counted = start;
                var errors = new InputErrors();
                records.Add(new SignalRecord(records.Count, line, SignalDraftReader.Read(ref reader, errors), errors));
            }
            reader.Read();
            return new SignalBatch(records);
        }
        catch (JsonException e)
        {
            return new SignalBatch(records) { Malformed = Place(utf8, e, records.Count, 1) };
        }
    }

    private static MalformedJson Place(ReadOnlySpan<byte> utf8, JsonException e, int index, int firstLine)
    {
        var (line, column) = SourceErrors.Place(utf8, JsonSource.OffsetOf(utf8, e));
        return new MalformedJson(index, firstLine + line - 1, column, JsonSource.Reason(e));
    }

    private static MalformedJson At(ReadOnlySpan<byte> utf8, int offset, int index, string reason)
    {
        var (line, column) = SourceErrors.Place(utf8, offset);
        return new MalformedJson(index, line, column, reason);
    }
}
