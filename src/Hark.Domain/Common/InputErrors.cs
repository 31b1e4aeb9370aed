namespace Hark.Domain.Common;

/// <summary>
/// What is wrong with an input, by JSON pointer (RFC 6901): <c>"/rating/value" → ["must be 0 to 10"]</c>. Collects everything that is wrong,
/// not only the first thing. The pointer of the document itself is the empty string.
/// </summary>
public sealed class InputErrors
{
    /// <summary>Beyond this many reasons the input is hopeless, and listing more only costs memory.</summary>
    public const int Limit = 100;

    private Dictionary<string, List<string>>? _reasons;
    private int _count;

    public bool Any => _count > 0;

    /// <param name="pointer">Where: a JSON pointer such as <c>/contact/email</c>.</param>
    /// <param name="reason">What is wrong, worded so that the sender knows the repair.</param>
    public void Add(string pointer, string reason)
    {
        if (_count >= Limit) return;
        _count++;
        _reasons ??= new(StringComparer.Ordinal);
        if (!_reasons.TryGetValue(pointer, out var reasons)) _reasons[pointer] = reasons = [];
        reasons.Add(reason);
    }

    public IReadOnlyDictionary<string, string[]> ToDictionary() =>
        _reasons?.ToDictionary(p => p.Key, p => p.Value.ToArray(), StringComparer.Ordinal) ?? [];

    public override string ToString() =>
        _reasons is null ? "" : string.Join("; ", _reasons.SelectMany(p => p.Value.Select(r => p.Key.Length == 0 ? r : $"{p.Key}: {r}")));

    /// <summary>Escapes one name for use in a pointer (RFC 6901 section 3).</summary>
    public static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
