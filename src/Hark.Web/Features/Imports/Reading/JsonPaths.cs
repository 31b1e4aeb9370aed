using System.Globalization;
using System.Text;
using System.Text.Json;
using Hark.Domain.Signals;

namespace Hark.Web.Features.Imports.Reading;

/// <summary>The members of JSON records that are wanted, as a tree: one walk over a record fills the values of all of them and passes over the rest.</summary>
internal sealed class JsonPaths
{
    private readonly Node _root = new();
    private readonly Scalar[] _values;

    /// <param name="paths">Names joined by dots; the position in a list counts from 0.</param>
    public JsonPaths(IReadOnlyList<string> paths)
    {
        _values = new Scalar[paths.Count];
        for (var i = 0; i < paths.Count; i++)
        {
            var node = _root;
            foreach (var name in paths[i].Split('.')) node = node.Child(name);
            node.Column = i;
        }
    }

    public Scalar this[int column] => (uint)column < (uint)_values.Length ? _values[column] : default;

    /// <summary>Reads one record. Throws <see cref="JsonException"/> where it is malformed.</summary>
    public void Fill(ReadOnlySpan<byte> record)
    {
        Array.Clear(_values);
        var reader = new Utf8JsonReader(record);
        reader.Read();
        Fill(ref reader, _root);
        reader.Read(); // anything behind the record throws
    }

    /// <summary>Adds every path of a record that has a flat value or a list of flat values.</summary>
    public static void Collect(JsonElement element, string path, ISet<string> paths)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject()) Collect(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}", paths);
                break;
            case JsonValueKind.Array when element.EnumerateArray().Any(e => e.ValueKind is JsonValueKind.Object or JsonValueKind.Array):
                var index = 0;
                foreach (var item in element.EnumerateArray().Take(20)) Collect(item, $"{path}.{(index++).ToString(CultureInfo.InvariantCulture)}", paths);
                break;
            default:
                if (path.Length > 0) paths.Add(path);
                break;
        }
    }

    private void Fill(ref Utf8JsonReader reader, Node node)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject when node.Children.Count > 0:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var child = node.Find(ref reader);
                    reader.Read();
                    if (child is null) reader.Skip();
                    else Fill(ref reader, child);
                }
                break;
            case JsonTokenType.StartArray:
                FillList(ref reader, node);
                break;
            case JsonTokenType.StartObject:
                reader.Skip();
                break;
            default:
                if (node.Column >= 0) _values[node.Column] = Flat(ref reader);
                break;
        }
    }

    /// <summary>A list of flat values is one text, its parts divided by semicolons.</summary>
    private void FillList(ref Utf8JsonReader reader, Node node)
    {
        var parts = node.Column >= 0 ? new List<string>() : null;
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (node.Children.Count > 0 && node.Children.FirstOrDefault(c => c.Name == index.ToString(CultureInfo.InvariantCulture)) is { } child) Fill(ref reader, child);
            else if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) reader.Skip();
            else parts?.Add(Flat(ref reader).ToString());
        }
        if (parts is { Count: > 0 }) _values[node.Column] = Scalar.Of(string.Join(';', parts));
    }

    private static Scalar Flat(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => Scalar.Of(reader.GetString()),
        JsonTokenType.Number => Number(ref reader),
        JsonTokenType.True => Scalar.Of(true),
        JsonTokenType.False => Scalar.Of(false),
        _ => default,
    };

    /// <summary>An id of more than 15 digits would lose its end as a number: it stays text.</summary>
    private static Scalar Number(ref Utf8JsonReader reader) =>
        reader.ValueSpan.Length > 15 && !reader.ValueSpan.ContainsAny((byte)'.', (byte)'e', (byte)'E') ? Scalar.Of(Encoding.UTF8.GetString(reader.ValueSpan)) : Scalar.Of(reader.GetDouble());

    private sealed class Node(string name = "")
    {
        private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(name);

        public string Name => name;
        public int Column { get; set; } = -1;
        public List<Node> Children { get; } = [];

        public Node Child(string childName)
        {
            var child = Children.Find(c => c.Name == childName);
            if (child is null) Children.Add(child = new Node(childName));
            return child;
        }

        public Node? Find(ref Utf8JsonReader reader)
        {
            foreach (var child in Children)
            {
                if (reader.ValueTextEquals(child._utf8)) return child;
            }
            return null;
        }
    }
}
