using System.Text.Json;
using Hark.Domain.Common;
using Hark.Domain.Understanding.Masking;

namespace Hark.Domain.Understanding;

/// <summary>How a workspace wants its texts understood and kept.</summary>
/// <param name="Languages">ISO 639 codes that customers write in; empty for any. Fewer are told apart more surely.</param>
/// <param name="Mask">What is taken out of texts before they are stored.</param>
public sealed record UnderstandingSettings(IReadOnlyList<string>? Languages = null, IReadOnlyList<MaskedKind>? Mask = null)
{
    public const int MostLanguages = 40;

    public static UnderstandingSettings Default { get; } = new();

    public string ToJson() => HarkJson.Write(this);

    public static Result<UnderstandingSettings> Parse(string json)
    {
        try
        {
            if (JsonSerializer.Deserialize<UnderstandingSettings>(json, HarkJson.Options) is not { } read) return Error.Invalid("", "is required");
            if (read.Languages is { } languages && (languages.Count > MostLanguages || languages.Any(l => l.Length is not (2 or 3) || !l.All(char.IsAsciiLetterLower))))
                return Error.Invalid("/languages", $"takes up to {MostLanguages} language codes such as cs");
            return read with { Languages = read.Languages is { } l ? [.. l.Distinct(StringComparer.Ordinal)] : null, Mask = read.Mask is { } m ? [.. m.Distinct()] : null };
        }
        catch (JsonException e)
        {
            return new Error(ErrorKind.Invalid, ErrorCodes.MalformedJson, e is InputJsonException input ? input.Reason : $"The settings are not JSON of the right shape: {e.Message}");
        }
    }
}
