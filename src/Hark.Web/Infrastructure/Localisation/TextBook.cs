using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using Hark.Domain.Messages;

namespace Hark.Web.Infrastructure.Localisation;

/// <summary>
/// The texts of the staff interface in all languages, from <c>Texts/&lt;language&gt;/&lt;area&gt;.json</c>. A key is the area, a dot and the name in the file.
/// Read once; a file that cannot be read stops the start.
/// </summary>
internal static class TextBook
{
    private const string Prefix = "texts/";

    /// <summary>By language, then by key.</summary>
    public static FrozenDictionary<string, FrozenDictionary<string, TextEntry>> All { get; } =
        Languages.All.ToFrozenDictionary(l => l, Read, StringComparer.Ordinal);

    private static FrozenDictionary<string, TextEntry> Read(string language)
    {
        var entries = new Dictionary<string, TextEntry>(StringComparer.Ordinal);
        var assembly = typeof(TextBook).Assembly;
        foreach (var (resource, name) in assembly.GetManifestResourceNames().Select(n => (n, n.Replace('\\', '/'))))
        {
            if (!name.StartsWith($"{Prefix}{language}/", StringComparison.Ordinal)) continue;
            foreach (var (key, entry) in ReadFile(assembly, resource, Path.GetFileNameWithoutExtension(name))) entries.Add(key, entry);
        }
        return entries.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static IEnumerable<(string Key, TextEntry Entry)> ReadFile(Assembly assembly, string resource, string area)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var json = JsonDocument.Parse(stream);
        return [.. json.RootElement.EnumerateObject().Select(p => ($"{area}.{p.Name}", TextEntry.Read($"{area}.{p.Name}", p.Value)))];
    }
}
