using System.Globalization;
using Hark.Domain.Common;

namespace Hark.Web.Infrastructure.Settings;

/// <summary>
/// Reads settings by key and collects what is wrong with all of them, not only the first. Messages name the key and never repeat a value, which could be
/// a secret.
/// </summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _errors = [];

    public IReadOnlyList<string> Errors => _errors;

    public void Fail(string key, string reason) => _errors.Add($"{key} {reason}");

    /// <summary>The text of a key; null when absent or blank.</summary>
    public string? Text(string key)
    {
        _known.Add(key);
        return configuration[key] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
    }

    public bool Flag(string key, bool fallback)
    {
        if (Text(key) is not { } text) return fallback;
        if (bool.TryParse(text, out var value)) return value;
        Fail(key, "must be true or false.");
        return fallback;
    }

    public int Number(string key, int fallback, int least, int most)
    {
        if (Text(key) is not { } text) return fallback;
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;
        Fail(key, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {least} to {most}."));
        return fallback;
    }

    public T Choice<T>(string key, T fallback) where T : struct, Enum
    {
        if (Text(key) is not { } text) return fallback;
        if (EnumNames<T>.TryParse(text, out var value)) return value;
        Fail(key, $"must be {EnumNames<T>.Choices}.");
        return fallback;
    }

    /// <summary>Names every key below <paramref name="section"/> that nobody has read: most likely misspelt.</summary>
    public void FailUnknown(string section)
    {
        foreach (var (key, value) in configuration.GetSection(section).AsEnumerable().OrderBy(p => p.Key, StringComparer.Ordinal))
            if (!string.IsNullOrEmpty(value) && !_known.Contains(key)) Fail(key, "is not a setting of Hark; look for a misspelling.");
    }
}
