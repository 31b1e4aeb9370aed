namespace Hark.Data.Facts;

/// <summary>Numbers for the values of one dimension, 1 and up in the order of their first appearance; 0 stands for none. Only ever grows. For many threads.</summary>
public sealed class FactCodes
{
    /// <summary>What all values after the last number share. Such a dimension tells single things apart, not groups.</summary>
    public const ushort Other = ushort.MaxValue;

    private readonly Dictionary<string, ushort> _codes = new(StringComparer.Ordinal);
    private readonly List<string> _values = [""];

    public int Count
    {
        get { lock (_values) return _values.Count - 1; }
    }

    public ushort Of(string? value)
    {
        if (value is null) return 0;
        lock (_values)
        {
            if (_codes.TryGetValue(value, out var code)) return code;
            if (_values.Count == Other) return Other;
            _values.Add(value);
            return _codes[value] = (ushort)(_values.Count - 1);
        }
    }

    /// <summary>The number of a value that has one; null for a value that was never seen.</summary>
    public ushort? Find(string value)
    {
        lock (_values) return _codes.TryGetValue(value, out var code) ? code : null;
    }

    /// <summary>Null for the shared number.</summary>
    public string? Value(ushort code)
    {
        lock (_values) return code < _values.Count ? _values[code] : null;
    }
}
