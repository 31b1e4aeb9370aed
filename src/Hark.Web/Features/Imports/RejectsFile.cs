using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hark.Web.Features.Imports;

/// <summary>The records that were not stored, one JSON object a line: line, record, reason, raw. Made when there is a first one; an old one is replaced, or gone on with where an import goes on.</summary>
internal sealed class RejectsFile(string path) : IDisposable
{
    /// <summary>More of a record than this does not help to find what is wrong with it.</summary>
    private const int MaxRaw = 64 * 1024;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private FileStream? _file;
    private bool _begun;

    public string? Path => _begun ? path : null;

    /// <summary>Keeps what earlier runs wrote about the records they had done, and forgets the rest, which comes again.</summary>
    public void GoOnAfter(long record)
    {
        if (!File.Exists(path)) return;
        var kept = record == 0 ? [] : File.ReadLines(path).Where(l => RecordOf(l) is { } n && n <= record).ToList();
        if (kept.Count == 0) File.Delete(path);
        else File.WriteAllLines(path, kept);
        _begun = kept.Count > 0;
    }

    public void Write(Reject reject, ReadOnlySpan<byte> raw)
    {
        _file ??= new FileStream(path, _begun ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read);
        _begun = true;
        using (var json = new Utf8JsonWriter(_file, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("line", reject.Line);
            json.WriteNumber("record", reject.Record);
            json.WriteString("reason", reject.Reason);
            json.WriteString("raw", Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, MaxRaw)]));
            json.WriteEndObject();
        }
        _file.WriteByte((byte)'\n');
    }

    public void Flush() => _file?.Flush();

    public void Dispose() => _file?.Dispose();

    private static long? RecordOf(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.GetProperty("record").GetInt64();
        }
        catch (JsonException)
        {
            return null; // half a line of a run that was killed
        }
    }
}
