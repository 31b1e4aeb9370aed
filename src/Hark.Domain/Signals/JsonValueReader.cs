using System.Globalization;
using System.Text.Json;
using Hark.Domain.Common;

namespace Hark.Domain.Signals;

/// <summary>
/// Reads single values of a signal and says by pointer what is wrong with them. Pointers are put together only when there is something to say.
/// After every call the reader stands on the last token of the value. Null counts as absent everywhere.
/// </summary>
internal static class JsonValueReader
{
    /// <summary>The most names of an attribute or trait list, and the most tags and topics.</summary>
    public const int MaxEntries = 64;

    private static readonly string[] InstantForms = ["yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-ddTHH:mmK"];

    public static string? Text(ref Utf8JsonReader reader, InputErrors errors, string parent, string name)
    {
        if (reader.TokenType == JsonTokenType.String) return Decode(ref reader, errors, parent, name);
        Refuse(ref reader, errors, parent, name, "text");
        return null;
    }

    /// <summary>The token's text; null with an error where it is no text: invalid UTF-8 or half a surrogate pair, on which the reader throws.</summary>
    public static string? Decode(ref Utf8JsonReader reader, InputErrors errors, string parent, string name)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            errors.Add(Pointer(parent, name), "contains invalid UTF-8 or half of a surrogate pair; send well-formed UTF-8");
            return null;
        }
    }

    public static double? Number(ref Utf8JsonReader reader, InputErrors errors, string parent, string name)
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            Refuse(ref reader, errors, parent, name, "a number");
            return null;
        }
        if (reader.TryGetDouble(out var number) && double.IsFinite(number)) return number;
        errors.Add($"{parent}/{name}", "is too large a number");
        return null;
    }

    public static decimal? Amount(ref Utf8JsonReader reader, InputErrors errors, string parent, string name)
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            Refuse(ref reader, errors, parent, name, "a number");
            return null;
        }
        if (reader.TryGetDecimal(out var amount)) return amount;
        errors.Add($"{parent}/{name}", "is too large an amount; up to 28 digits are kept");
        return null;
    }

    public static bool? Truth(ref Utf8JsonReader reader, InputErrors errors, string parent, string name)
    {
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False) return reader.TokenType == JsonTokenType.True;
        Refuse(ref reader, errors, parent, name, "true or false");
        return null;
    }

    /// <summary>RFC 3339: with an offset, because a time without one is a guess.</summary>
    public static DateTimeOffset? Instant(ref Utf8JsonReader reader, InputErrors errors, string parent, string name)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            Refuse(ref reader, errors, parent, name, "a time as text, such as \"2026-11-22T06:14:00Z\"");
            return null;
        }
        if (!reader.HasValueSequence && reader.ValueSpan.EndsWith("Z"u8) && reader.TryGetDateTimeOffset(out var utc)) return utc;
        if (Decode(ref reader, errors, parent, name) is not { } text) return null;
        if (TryInstant(text, out var instant)) return instant;
        errors.Add($"{parent}/{name}", "must be a time with its offset (RFC 3339), such as \"2026-11-22T06:14:00Z\" or \"2026-11-22T07:14:00+01:00\"");
        return null;
    }

    public static DateOnly? Date(ref Utf8JsonReader reader, InputErrors errors, string parent, string name)
    {
        if (Text(ref reader, errors, parent, name) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        errors.Add($"{parent}/{name}", "must be a date, such as \"2027-01-31\"");
        return null;
    }

    /// <summary>A name of an enum, any case.</summary>
    public static T? Choice<T>(ref Utf8JsonReader reader, JsonNames names, T[] values, InputErrors errors, string parent, string name) where T : struct, Enum
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            var index = names.Find(ref reader, 0);
            if (index >= 0) return values[index];
        }
        if (Text(ref reader, errors, parent, name) is not { } text) return null;
        if (EnumNames<T>.TryParse(text, out var value)) return value;
        errors.Add($"{parent}/{name}", $"must be {EnumNames<T>.Choices}{Suggestion.Hint(text, EnumNames<T>.All)}");
        return null;
    }

    /// <summary>A flat value; false after an error. Null is a value here.</summary>
    public static bool Flat(ref Utf8JsonReader reader, InputErrors errors, string parent, string name, out Scalar value)
    {
        value = default;
        switch (reader.TokenType)
        {
            case JsonTokenType.Null: return true;
            case JsonTokenType.True or JsonTokenType.False:
                value = Scalar.Of(reader.TokenType == JsonTokenType.True);
                return true;
            case JsonTokenType.String:
                var text = Decode(ref reader, errors, parent, name);
                value = Scalar.Of(text);
                return text is not null;
            case JsonTokenType.Number:
                var number = Number(ref reader, errors, parent, name);
                value = Scalar.Of(number ?? 0);
                return number is not null;
            default:
                errors.Add($"{parent}/{name}", $"must be text, a number, true, false or null; {Called(reader.TokenType)} is refused, so write its parts as values of their own");
                reader.Skip();
                return false;
        }
    }

    public static IReadOnlyDictionary<string, Scalar> Values(ref Utf8JsonReader reader, InputErrors errors, string parent, string name)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Refuse(ref reader, errors, parent, name, "an object of flat values");
            return Scalar.NoValues;
        }
        Dictionary<string, Scalar>? values = null;
        var (count, pointer) = (0, (string?)null);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            pointer ??= $"{parent}/{name}";
            var key = Decode(ref reader, errors, parent, name);
            reader.Read();
            if (key is null || ++count > MaxEntries)
            {
                reader.Skip();
                continue;
            }
            var read = Flat(ref reader, errors, pointer, key.AsSpan().IndexOfAny('~', '/') < 0 ? key : InputErrors.Escape(key), out var value);
            if (key.Length == 0) errors.Add(pointer, "has a value without a name");
            values ??= new Dictionary<string, Scalar>(StringComparer.Ordinal);
            if (!values.TryAdd(key, value) && read) errors.Add($"{pointer}/{InputErrors.Escape(key)}", "is given twice");
        }
        if (count > MaxEntries) errors.Add(pointer!, $"has {count} values; up to {MaxEntries} are allowed");
        return values ?? Scalar.NoValues;
    }

    public static IReadOnlyList<string> Texts(ref Utf8JsonReader reader, InputErrors errors, string parent, string name)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            Refuse(ref reader, errors, parent, name, "a list of texts");
            return [];
        }
        List<string>? texts = null;
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (++count > MaxEntries) reader.Skip();
            else if (reader.TokenType == JsonTokenType.Null) errors.Add($"{parent}/{name}/{count - 1}", "must be text, not null");
            else if (reader.TokenType != JsonTokenType.String) Refuse(ref reader, errors, parent, $"{name}/{count - 1}", "text");
            else if (Decode(ref reader, errors, parent, name) is { } text) (texts ??= new List<string>(4)).Add(text);
        }
        if (count > MaxEntries) errors.Add($"{parent}/{name}", $"has {count} entries; up to {MaxEntries} are allowed");
        return texts ?? (IReadOnlyList<string>)[];
    }

    /// <summary>Says that the value has the wrong type (null is no error) and passes it.</summary>
    public static void Refuse(ref Utf8JsonReader reader, InputErrors errors, string parent, string name, string wanted)
    {
        if (reader.TokenType == JsonTokenType.Null) return;
        errors.Add(Pointer(parent, name), $"must be {wanted}, not {Called(reader.TokenType)}");
        reader.Skip();
    }

    /// <summary>Without a name it is the parent itself.</summary>
    private static string Pointer(string parent, string name) => name.Length == 0 ? parent : $"{parent}/{name}";

    internal static string Called(JsonTokenType type) => type switch
    {
        JsonTokenType.String => "text",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.StartObject => "an object",
        _ => "null",
    };

    private static bool TryInstant(string text, out DateTimeOffset instant)
    {
        instant = default;
        if (text.Length is < 17 or > 40) return false;
        var hasOffset = text[^1] is 'Z' or 'z' || text[^6] is '+' or '-';
        if (!hasOffset) return false;
        if (text[10] is ' ' or 't') text = string.Concat(text.AsSpan(0, 10), "T", text.AsSpan(11));
        return DateTimeOffset.TryParseExact(WithSevenDigits(text.ToUpperInvariant()), InstantForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out instant);
    }

    /// <summary>RFC 3339 allows any number of digits of a second; .NET reads seven.</summary>
    private static string WithSevenDigits(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0) return text;
        var end = dot + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        return end - dot - 1 <= 7 ? text : string.Concat(text.AsSpan(0, dot + 8), text.AsSpan(end));
    }
}
