using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hark.Domain.Common;

/// <summary>Writes one of our documents as compact JSON that keeps letters of every language readable.</summary>
public static class CanonicalJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text that <paramref name="write"/> makes of the value. It is for storage and API answers, not for pasting into HTML.</summary>
    public static string Write<T>(Action<Utf8JsonWriter, T> write, T value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options)) write(json, value);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
