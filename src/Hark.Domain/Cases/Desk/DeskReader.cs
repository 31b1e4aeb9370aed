using System.Text.Json;
using Hark.Domain.Common;
using Hark.Domain.Routing;

namespace Hark.Domain.Cases.Desk;

/// <summary>What the documents of the desk have in common: one list of named things with unique keys.</summary>
internal static class DeskReader
{
    public const int LongestName = 100;

    public static IReadOnlyList<T> Items<T>(DocumentReader reader, JsonPart root, string name, int most, Func<DocumentReader, JsonPart, T> read)
    {
        if (!reader.IsObject(root, "the document", name)) return [];
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var items = new List<T>();
        foreach (var part in reader.List(root, name, name, most))
        {
            if (part.Member("key") is { Text: { } key } member && !keys.Add(key)) reader.Errors.Add(member, $"'{key}' is used twice");
            items.Add(read(reader, part));
        }
        return items;
    }

    public static void Write<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> fields)
    {
        json.WriteStartObject();
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            fields(item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Head(Utf8JsonWriter json, string key, string name, string? team)
    {
        json.WriteString("key", key);
        json.WriteString("name", name);
        if (team is not null) json.WriteString("team", team);
    }
}
