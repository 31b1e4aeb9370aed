using Hark.Data.Signals;

namespace Hark.Data.Facts;

/// <summary>The values that a workspace's facts have, by dimension and attribute, and the number of each.</summary>
public sealed class FactNames
{
    /// <summary>Attributes beyond so many names are not kept: a source that puts ids into names must not fill the memory.</summary>
    public const int MostAttributes = 32;

    private readonly Dictionary<string, int> _attributes = new(StringComparer.Ordinal);
    private readonly List<string> _attributeNames = [];
    private readonly FactCodes[] _attributeValues = [.. Enumerable.Range(0, MostAttributes).Select(_ => new FactCodes())];

    /// <summary>
    /// One for each of <see cref="FactBlock.Dimensions"/>. Of a dimension that has several values a signal, the numbers are of sets of values, as their JSON text without what changes
    /// from signal to signal.
    /// </summary>
    public IReadOnlyList<FactCodes> Values { get; } = [.. FactBlock.Dimensions.Select(_ => new FactCodes())];

    /// <summary>People, so that one who writes often can be told from many.</summary>
    internal Dictionary<Guid, int> People { get; } = [];

    /// <summary>Names of attributes, by place.</summary>
    public IReadOnlyList<string> Attributes
    {
        get { lock (_attributes) return [.. _attributeNames]; }
    }

    public FactCodes AttributeValues(int place) => _attributeValues[place];

    /// <summary>The place of an attribute; null for one too many.</summary>
    internal int? Attribute(string name)
    {
        lock (_attributes)
        {
            if (_attributes.TryGetValue(name, out var place)) return place;
            if (_attributes.Count == MostAttributes) return null;
            _attributeNames.Add(name);
            return _attributes[name] = _attributes.Count;
        }
    }

    /// <summary>The values in one set of a dimension that has several.</summary>
    public IReadOnlyList<string> Set(int dimension, ushort code) => code is 0 or FactCodes.Other ? [] : Values[dimension].Value(code)!.Split(Separator);

    /// <summary>Which numbers of a dimension stand for any of the values.</summary>
    public bool[] CodesOf(int dimension, IReadOnlyList<string> values)
    {
        var codes = new bool[ushort.MaxValue + 1];
        for (var code = 1; code <= Values[dimension].Count; code++)
            codes[code] = FactBlock.Dimensions[dimension].HasSeveral ? Set(dimension, (ushort)code).Any(values.Contains) : values.Contains(Values[dimension].Value((ushort)code)!);
        return codes;
    }

    /// <summary>One text for the values of a signal, whatever their order; null for none.</summary>
    internal static string? SetText(SignalDimension dimension, string? json)
    {
        if (json is null) return null;
        var values = dimension.Split(json).Order(StringComparer.Ordinal).ToArray();
        return values.Length == 0 ? null : string.Join(Separator, values);
    }

    private const char Separator = '\u001f';
}
