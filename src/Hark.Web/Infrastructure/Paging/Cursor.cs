using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Hark.Web.Infrastructure.Paging;

/// <summary>
/// The opaque text of a cursor: version, list and key parts as a JSON array in base64url. It tells nothing that the page itself did not, and rights are
/// checked on every page, so it needs no signature.
/// </summary>
internal static class Cursor
{
    /// <summary>Raised when a list changes its order: older cursors are then refused instead of misread.</summary>
    private const string Version = "1";

    public static string Write(string list, IEnumerable<object?> key) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes<string?[]>([Version, list, .. key.Select(Part)]));

    /// <summary>The parts, or null for anything that <see cref="Write"/> did not make for this list.</summary>
    public static CursorParts? Read(string list, string text)
    {
        try
        {
            var parts = JsonSerializer.Deserialize<string?[]>(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)));
            return parts is [Version, var name, ..] && name == list ? new CursorParts(parts[2..]) : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    private static string? Part(object? value) => value switch
    {
        null => null,
        Guid id => id.ToString("N"),
        DateTimeOffset time => time.UtcTicks.ToString(CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
