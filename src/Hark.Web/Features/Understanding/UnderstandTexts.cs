using System.Globalization;
using System.Text.Json;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Understanding;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Problems;

namespace Hark.Web.Features.Understanding;

/// <summary><c>POST /api/v1/understand</c>: a few dozen microseconds a text, on the caller's thread.</summary>
internal static class UnderstandTexts
{
    public const int MaxBytes = 8 * 1024 * 1024, MaxTexts = 500;

    public static IResult Handle(Caller caller, JsonElement body, Understander understander)
    {
        var errors = new InputErrors();
        var isList = body.ValueKind == JsonValueKind.Array;
        if (isList && body.GetArrayLength() > MaxTexts)
            return new Error(ErrorKind.TooLarge, ErrorCodes.TooLarge, $"A call takes at most {MaxTexts} texts; send them in parts.").ToProblem();
        var texts = isList
            ? body.EnumerateArray().Select((t, i) => Read(t, string.Create(CultureInfo.InvariantCulture, $"/{i}"), errors)).ToList()
            : [Read(body, "", errors)];
        if (errors.Any) return Error.Invalid(errors).ToProblem();
        var workspace = WorkspaceUnderstandings.Of(caller.Workspace);
        var views = texts.Select(t => UnderstoodView.Of(understander.Understand(t.Text, SignalPreparer.PrimaryLanguage(t.Language), workspace)));
        return isList ? TypedResults.Ok(views.ToList()) : TypedResults.Ok(views.Single());
    }

    private static TextToUnderstand Read(JsonElement item, string pointer, InputErrors errors)
    {
        var (text, language) = ((string?)null, (string?)null);
        if (item.ValueKind != JsonValueKind.Object)
        {
            errors.Add(pointer, "must be an object with a text, or a list of them");
            return new("");
        }
        foreach (var field in item.EnumerateObject())
        {
            switch (field.Name)
            {
                case "text": text = Text(field.Value, pointer + "/text", errors) ?? ""; break;
                case "language": language = field.Value.ValueKind == JsonValueKind.Null ? null : Text(field.Value, pointer + "/language", errors); break;
                default: errors.Add($"{pointer}/{InputErrors.Escape(field.Name)}", "is not known; a text has the fields text and language"); break;
            }
        }
        if (text is null) errors.Add(pointer + "/text", "is missing");
        else if (text.Length > SignalPreparer.MaxTextLength) errors.Add(pointer + "/text", string.Create(CultureInfo.InvariantCulture, $"is longer than {SignalPreparer.MaxTextLength:N0} characters"));
        if (language is not null && SignalPreparer.PrimaryLanguage(language) is null) errors.Add(pointer + "/language", "must be a language tag such as cs or pt-BR");
        return new(text ?? "", language);
    }

    private static string? Text(JsonElement value, string pointer, InputErrors errors)
    {
        try
        {
            if (value.ValueKind == JsonValueKind.String) return value.GetString();
            errors.Add(pointer, "must be text");
        }
        catch (InvalidOperationException)
        {
            errors.Add(pointer, "contains half of a surrogate pair; send well-formed UTF-8");
        }
        return null;
    }
}
