using System.Text.Json;
using Hark.Domain.Common;

namespace Hark.Domain.Routing;

/// <summary>Reads the members of an edited object, with errors that name the token.</summary>
public sealed class DocumentReader(SourceErrors errors, IRoutingNames names)
{
    private const int MaxKey = 64;

    public SourceErrors Errors => errors;

    /// <summary>True for an object; says so otherwise. Members that are not known are errors.</summary>
    public bool IsObject(JsonPart part, string what, params ReadOnlySpan<string> known)
    {
        if (part.Kind != JsonValueKind.Object)
        {
            errors.Add(part, $"must be {what}, an object; it is {part.KindName}");
            return false;
        }
        string[] list = [.. known];
        foreach (var member in part.Members)
        {
            if (list.Contains(member.Name, StringComparer.Ordinal)) continue;
            var hint = Suggestion.For(member.Name, list) is { } near ? $"; did you mean '{near}'?" : list.Length == 0 ? "; nothing is" : "; known are " + string.Join(", ", list);
            errors.Add(part, member, $"'{member.Name}' is not known in {what}{hint}");
        }
        return true;
    }

    public IReadOnlyList<JsonPart> List(JsonPart owner, string name, string what, int max)
    {
        if (owner.Member(name) is not { } part)
        {
            errors.Add(owner, $"needs \"{name}\", a list of {what}");
            return [];
        }
        if (part.Kind != JsonValueKind.Array) errors.Add(part, $"must be a list of {what}; it is {part.KindName}");
        else if (part.Items.Count > max) errors.Add(part.Items[max], $"there may be {max} at most");
        else return part.Items;
        return [];
    }

    /// <summary>A text member; null when absent or wrong.</summary>
    public string? Text(JsonPart owner, string name, int max)
    {
        if (owner.Member(name) is not { } part) return null;
        if (part.Text is not { } text) errors.Add(part, $"must be text; it is {part.KindName}");
        else if (string.IsNullOrWhiteSpace(text)) errors.Add(part, "must not be empty");
        else if (text.Length > max) errors.Add(part, $"may be {max} characters long at most");
        else return text;
        return null;
    }

    /// <summary>A required key: letters a–z, digits, <c>_</c>, <c>-</c> and <c>.</c>, up to 64.</summary>
    public string? Key(JsonPart owner, string name)
    {
        if (owner.Member(name) is not { } part)
        {
            errors.Add(owner, $"needs \"{name}\"");
            return null;
        }
        if (part.Text is { Length: > 0 and <= MaxKey } key && key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-' or '.')) return key;
        errors.Add(part, $"must be a key of lower-case letters a to z, digits, '_', '-' and '.', up to {MaxKey}");
        return null;
    }

    public bool Truth(JsonPart owner, string name, bool otherwise)
    {
        if (owner.Member(name) is not { } part) return otherwise;
        if (part.Kind is JsonValueKind.True or JsonValueKind.False) return part.Kind == JsonValueKind.True;
        errors.Add(part, $"must be true or false; it is {part.KindName}");
        return otherwise;
    }

    /// <summary>A whole number; null when absent or wrong.</summary>
    public int? Whole(JsonPart owner, string name, int min, int max)
    {
        if (owner.Member(name) is not { } part) return null;
        if (part.Kind == JsonValueKind.Number && part.Number == Math.Floor(part.Number) && part.Number >= min && part.Number <= max) return (int)part.Number;
        errors.Add(part, $"must be a whole number from {min} to {max}");
        return null;
    }

    public long Version(JsonPart owner)
    {
        if (owner.Member("version") is not { } part) return 1;
        if (part.Kind == JsonValueKind.Number && part.Number is >= 1 and < 1L << 53 && part.Number == Math.Floor(part.Number)) return (long)part.Number;
        errors.Add(part, "must be a whole number from 1");
        return 1;
    }

    public T? Choice<T>(JsonPart owner, string name) where T : struct, Enum
    {
        if (owner.Member(name) is not { } part) return null;
        if (EnumNames<T>.TryParse(part.Text, out var value)) return value;
        var hint = part.Text is { } text ? Suggestion.Hint(text, EnumNames<T>.All) : "";
        errors.Add(part, $"must be {EnumNames<T>.Choices}{hint}");
        return null;
    }

    /// <summary>The key of a thing the workspace has; null when absent or wrong.</summary>
    public string? Known(JsonPart owner, string name, RoutingName kind)
    {
        var key = Text(owner, name, 200);
        if (key is null || names.Knows(kind, key)) return key;
        errors.Add(owner.Member(name)!, NoSuch(kind, key));
        return null;
    }

    public string? Required(JsonPart owner, string name, Func<JsonPart, string, string?> read)
    {
        if (owner.Member(name) is null) errors.Add(owner, $"needs \"{name}\"");
        return read(owner, name);
    }

    public string NoSuch(RoutingName kind, string key) => $"there is no {Label(kind)} '{key}'{Suggestion.Hint(key, names.Known(kind))}";

    private static string Label(RoutingName kind) => kind switch
    {
        RoutingName.Team => "team",
        RoutingName.Member => "member",
        RoutingName.Segment => "segment",
        RoutingName.Webhook => "webhook",
        RoutingName.SlaPolicy => "SLA policy",
        RoutingName.Template => "template",
    };
}
