using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hark.Domain.Common;

/// <summary>
/// The one way JSON is written and read: snake_case, enums by <see cref="EnumNames{T}"/>, times in UTC with a <c>Z</c>. Unknown and repeated fields and
/// missing required ones are refused, so that a misspelt name is an answer and not a silent default.
/// </summary>
public static class HarkJson
{
    public static JsonSerializerOptions Options { get; } = Sealed();

    /// <summary>Makes any options speak as <see cref="Options"/> does.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = null;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.MaxDepth = 32;
        // Every answer is served as JSON and never pasted into a page, so letters of all scripts stay readable.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new EnumNameJsonConverter());
        options.Converters.Add(new UtcJsonConverter());
    }

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    private static JsonSerializerOptions Sealed()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.General);
        Apply(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class EnumNameJsonConverter : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(NameConverter<>).MakeGenericType(typeToConvert))!;
    }

    private sealed class NameConverter<T> : JsonConverter<T> where T : struct, Enum
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && EnumNames<T>.TryParse(reader.GetString(), out var value)
                ? value
                : throw new InputJsonException($"must be {EnumNames<T>.Choices}");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(EnumNames<T>.Of(value));

        public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            EnumNames<T>.TryParse(reader.GetString(), out var value) ? value : throw new InputJsonException($"must be {EnumNames<T>.Choices}");

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WritePropertyName(EnumNames<T>.Of(value));
    }

    private sealed class UtcJsonConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var value) && HasZone(reader.GetString()!)
                ? value.Trim()
                : throw new InputJsonException("must be a time with its zone, such as 2026-11-22T06:14:00Z");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFZ", CultureInfo.InvariantCulture));

        private static bool HasZone(string text) =>
            text.EndsWith('Z') || text.EndsWith('z') || text.Length > 19 && text.AsSpan(19).IndexOfAny('+', '-') >= 0;
    }
}

/// <summary>A value in JSON that is well-formed but not what its place takes; the message says how to repair it.</summary>
public sealed class InputJsonException(string reason) : JsonException(reason)
{
    /// <summary>What to tell the sender. The inherited message has the path appended once the serializer has seen it.</summary>
    public string Reason { get; } = reason;
}
