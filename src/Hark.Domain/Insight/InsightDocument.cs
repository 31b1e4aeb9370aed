using System.Text.Json;
using Hark.Domain.Common;

namespace Hark.Domain.Insight;

/// <summary>How the small documents of insight are read: JSON of one shape, then checked as a whole.</summary>
internal static class InsightDocument
{
    /// <param name="check">Adds what is wrong, each by its JSON pointer.</param>
    public static Result<T> Parse<T>(string json, Action<T, InputErrors> check) where T : class
    {
        try
        {
            if (JsonSerializer.Deserialize<T>(json, HarkJson.Options) is not { } document) return Error.Invalid("", "must be a JSON object");
            var errors = new InputErrors();
            check(document, errors);
            return errors.Any ? Error.Invalid(errors, "The document has errors; each is named by its place.") : document;
        }
        catch (JsonException e)
        {
            return new Error(ErrorKind.Invalid, ErrorCodes.MalformedJson, e is InputJsonException input ? input.Reason : $"The document is not JSON of the right shape: {e.Message}");
        }
    }

    public static string Write<T>(T document) => HarkJson.Write(document);
}
