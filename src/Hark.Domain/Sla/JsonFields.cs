using System.Text.Json;
using Hark.Domain.Common;

namespace Hark.Domain.Sla;

/// <summary>
/// Reads the fields of one JSON object, remembers which it was asked for, and writes everything wrong to <see cref="InputErrors"/> by pointer.
/// Every reader returns null after an error, so one pass reports all of them.
/// </summary>
internal sealed class JsonFields
{
    private readonly JsonElement _object;
    private readonly InputErrors _errors;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly bool _isObject;

    private JsonFields(JsonElement element, string pointer, InputErrors errors)
    {
        (_object, Pointer, _errors) = (element, pointer, errors);
        _isObject = element.ValueKind == JsonValueKind.Object;
        if (!_isObject) errors.Add(pointer, "must be an object");
    }

    public string Pointer { get; }

    /// <summary>Parses a whole document. Syntax errors and repeated names come back as one reason at the document itself.</summary>
    public static void Parse(string json, InputErrors errors, Action<JsonFields> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 16 });
            Read(document.RootElement, "", errors, read);
        }
        catch (JsonException e)
        {
            errors.Add("", $"is not valid JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }
    }

    /// <summary>Reads one object and then reports every field that nobody asked for.</summary>
    public static void Read(JsonElement element, string pointer, InputErrors errors, Action<JsonFields> read)
    {
        var fields = new JsonFields(element, pointer, errors);
        read(fields);
        if (!fields._isObject) return;
        foreach (var property in element.EnumerateObject())
        {
            if (!fields._known.Contains(property.Name))
                errors.Add($"{pointer}/{InputErrors.Escape(property.Name)}", $"is not a known field; known are {string.Join(", ", fields._known)}");
        }
    }

    public string At(string name) => $"{Pointer}/{InputErrors.Escape(name)}";

    public void Error(string name, string reason) => _errors.Add(At(name), reason);

    public JsonElement? Get(string name, bool required = false)
    {
        _known.Add(name);
        if (!_isObject) return null;
        if (_object.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null) return value;
        if (required) Error(name, "is required");
        return null;
    }

    public string? Text(string name, bool required = false, int longest = 200)
    {
        if (Get(name, required) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text && text.Length <= longest) return text;
        Error(name, $"must be a text of 1 to {longest} characters");
        return null;
    }

    /// <summary>A key: lower-case letters, digits, <c>_</c> and <c>-</c>, at most 64.</summary>
    public string? Key(string name, bool required = true)
    {
        var text = Text(name, required, 64);
        if (text is null || text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-')) return text;
        Error(name, "must be made of lower-case letters, digits, _ and -");
        return null;
    }

    public bool? Flag(string name)
    {
        if (Get(name) is not { } value) return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Error(name, "must be true or false");
        return null;
    }

    /// <summary>A length as in <see cref="Durations"/>, or a number of seconds.</summary>
    public TimeSpan? Duration(string name, bool required = false)
    {
        if (Get(name, required) is not { } value) return null;
        var text = value.ValueKind switch { JsonValueKind.String => value.GetString(), JsonValueKind.Number => value.GetRawText(), _ => null };
        if (Durations.TryParse(text, out var duration)) return duration;
        Error(name, $"must be {Durations.Form}");
        return null;
    }

    public T? Choice<T>(string name) where T : struct, Enum
    {
        if (Text(name) is not { } text) return null;
        if (EnumNames<T>.TryParse(text, out var value)) return value;
        Error(name, $"must be {EnumNames<T>.Choices}");
        return null;
    }

    /// <summary>The items of a list with their pointers; a missing list is empty, a longer one than <paramref name="most"/> an error.</summary>
    public IEnumerable<(JsonElement Item, string Pointer)> List(string name, int most)
    {
        if (Get(name) is not { } value) yield break;
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > most)
        {
            Error(name, $"must be a list of at most {most} items");
            yield break;
        }
        var i = 0;
        foreach (var item in value.EnumerateArray()) yield return (item, $"{At(name)}/{i++}");
    }

    /// <summary>The texts of a list; items that are not texts are errors and left out.</summary>
    public IEnumerable<(string Text, string Pointer)> Texts(string name, int most) => TextsOf(List(name, most));

    /// <summary>The properties of an object with their pointers; a missing object is empty.</summary>
    public IEnumerable<(string Name, JsonElement Value, string Pointer)> Map(string name, int most)
    {
        if (Get(name) is not { } value) yield break;
        if (value.ValueKind != JsonValueKind.Object || value.GetPropertyCount() > most)
        {
            Error(name, $"must be an object of at most {most} fields");
            yield break;
        }
        foreach (var p in value.EnumerateObject()) yield return (p.Name, p.Value, $"{At(name)}/{InputErrors.Escape(p.Name)}");
    }

    /// <summary>The texts of a list that stands under a name of <see cref="Map"/>.</summary>
    public IEnumerable<(string Text, string Pointer)> TextsOf(JsonElement list, string pointer, int most)
    {
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > most)
        {
            _errors.Add(pointer, $"must be a list of at most {most} items");
            return [];
        }
        return TextsOf(list.EnumerateArray().Select((item, i) => (item, $"{pointer}/{i}")));
    }

    private IEnumerable<(string, string)> TextsOf(IEnumerable<(JsonElement Item, string Pointer)> items)
    {
        foreach (var (item, pointer) in items)
        {
            if (item.ValueKind == JsonValueKind.String) yield return (item.GetString()!, pointer);
            else _errors.Add(pointer, "must be a text");
        }
    }
}
