using System.Collections.ObjectModel;
using System.Globalization;
using System.Text.Json;

namespace Hark.Domain.Signals;

/// <summary>A flat JSON value of an attribute, trait or answer: text, number, truth or nothing.</summary>
public readonly record struct Scalar
{
    private readonly double _number;

    private Scalar(JsonValueKind kind, string? text, double number) => (Kind, Text, _number) = (kind, text, number);

    public static IReadOnlyDictionary<string, Scalar> NoValues { get; } = ReadOnlyDictionary<string, Scalar>.Empty;

    /// <summary>String, Number, True, False or Null (also for the default value).</summary>
    public JsonValueKind Kind { get => field == JsonValueKind.Undefined ? JsonValueKind.Null : field; }

    /// <summary>The text of a string; null for the other kinds.</summary>
    public string? Text { get; }

    /// <summary>The number, or null for the other kinds.</summary>
    public double? Number => Kind == JsonValueKind.Number ? _number : null;

    public bool? Truth => Kind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };

    public static Scalar Of(string? text) => text is null ? default : new(JsonValueKind.String, text, 0);
    public static Scalar Of(double number) => new(JsonValueKind.Number, null, number);
    public static Scalar Of(bool truth) => new(truth ? JsonValueKind.True : JsonValueKind.False, null, 0);

    public void WriteTo(Utf8JsonWriter writer)
    {
        switch (Kind)
        {
            case JsonValueKind.String: writer.WriteStringValue(Text); break;
            case JsonValueKind.Number: writer.WriteNumberValue(_number); break;
            case JsonValueKind.True: writer.WriteBooleanValue(true); break;
            case JsonValueKind.False: writer.WriteBooleanValue(false); break;
            default: writer.WriteNullValue(); break;
        }
    }

    /// <summary>The value as a person would read it; numbers in the invariant culture.</summary>
    public override string ToString() => Kind switch
    {
        JsonValueKind.String => Text!,
        JsonValueKind.Number => _number.ToString("R", CultureInfo.InvariantCulture),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "",
    };
}
