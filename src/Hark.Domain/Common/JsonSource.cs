using System.Text;
using System.Text.Json;

namespace Hark.Domain.Common;

/// <summary>Reads an edited JSON text into parts that know their place. Comments and trailing commas are refused, as the API refuses them.</summary>
public static class JsonSource
{
    /// <summary>Deeper nesting is refused: no rule a person wrote needs it, and evaluation recurses.</summary>
    public const int MaxDepth = 64;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Parses the text; null when it is malformed, with the reason and place in <paramref name="errors"/>.</summary>
    public static JsonPart? Parse(ReadOnlyMemory<byte> utf8, out SourceErrors errors)
    {
        if (utf8.Span.StartsWith(ByteOrderMark)) utf8 = utf8[3..];
        errors = new SourceErrors(utf8);
        var invalid = FirstInvalidUtf8(utf8.Span);
        if (invalid >= 0)
        {
            errors.Add("", invalid, "is not valid UTF-8");
            return null;
        }
        var reader = new Utf8JsonReader(utf8.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            reader.Read();
            var part = Read(ref reader, "", errors);
            reader.Read(); // anything after the value throws
            return errors.Any ? null : part;
        }
        catch (JsonException e)
        {
            errors.Add("", OffsetOf(utf8.Span, e), "is not well-formed JSON: " + Reason(e));
            return null;
        }
    }

    /// <inheritdoc cref="Parse(ReadOnlyMemory{byte}, out SourceErrors)"/>
    public static JsonPart? Parse(string text, out SourceErrors errors) => Parse(Encoding.UTF8.GetBytes(text), out errors);

    /// <summary>The first byte that does not belong to valid UTF-8, or −1.</summary>
    public static int FirstInvalidUtf8(ReadOnlySpan<byte> utf8)
    {
        if (System.Text.Unicode.Utf8.IsValid(utf8)) return -1;
        var at = 0;
        while (Rune.DecodeFromUtf8(utf8[at..], out _, out var length) == System.Buffers.OperationStatus.Done) at += length;
        return at;
    }

    /// <summary>The byte at which the reader gave up.</summary>
    internal static int OffsetOf(ReadOnlySpan<byte> utf8, JsonException e)
    {
        var start = 0;
        for (var line = e.LineNumber ?? 0; line > 0; line--)
        {
            var next = utf8[start..].IndexOf((byte)'\n');
            if (next < 0) break;
            start += next + 1;
        }
        return Math.Min(utf8.Length, start + (int)(e.BytePositionInLine ?? 0));
    }

    /// <summary>The reader's own sentence, without the place it appends (ours counts columns and from 1).</summary>
    internal static string Reason(JsonException e)
    {
        var cut = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return cut < 0 ? e.Message : e.Message[..cut];
    }

    private static JsonPart Read(ref Utf8JsonReader reader, string pointer, SourceErrors errors)
    {
        var offset = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject: return ReadObject(ref reader, pointer, offset, errors);
            case JsonTokenType.StartArray: return ReadArray(ref reader, pointer, offset, errors);
            case JsonTokenType.String: return new JsonPart(JsonValueKind.String, pointer, offset) { Text = Text(ref reader, pointer, errors) };
            case JsonTokenType.Number:
                var number = reader.GetDouble();
                if (double.IsFinite(number)) return new JsonPart(JsonValueKind.Number, pointer, offset) { Number = number };
                errors.Add(pointer, offset, "is too large a number");
                return new JsonPart(JsonValueKind.Number, pointer, offset);
            case JsonTokenType.True: return new JsonPart(JsonValueKind.True, pointer, offset);
            case JsonTokenType.False: return new JsonPart(JsonValueKind.False, pointer, offset);
            default: return new JsonPart(JsonValueKind.Null, pointer, offset);
        }
    }

    private static JsonPart ReadArray(ref Utf8JsonReader reader, string pointer, int offset, SourceErrors errors)
    {
        var items = new List<JsonPart>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(Read(ref reader, $"{pointer}/{items.Count}", errors));
        return new JsonPart(JsonValueKind.Array, pointer, offset) { ItemList = items };
    }

    private static JsonPart ReadObject(ref Utf8JsonReader reader, string pointer, int offset, SourceErrors errors)
    {
        var members = new List<JsonMember>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var at = (int)reader.TokenStartIndex;
            var name = Text(ref reader, pointer, errors);
            var inner = $"{pointer}/{InputErrors.Escape(name)}";
            reader.Read();
            var value = Read(ref reader, inner, errors);
            if (members.Exists(m => m.Name == name)) errors.Add(inner, at, $"'{name}' is given twice");
            else members.Add(new JsonMember(name, at, value));
        }
        return new JsonPart(JsonValueKind.Object, pointer, offset) { MemberList = members };
    }

    /// <summary>The text of the token. A lone surrogate (<c>\ud800</c>) is legal JSON but no text, and the reader throws on it.</summary>
    private static string Text(ref Utf8JsonReader reader, string pointer, SourceErrors errors)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            errors.Add(pointer, (int)reader.TokenStartIndex, "contains half of a surrogate pair, which is no character");
            return "";
        }
    }
}
