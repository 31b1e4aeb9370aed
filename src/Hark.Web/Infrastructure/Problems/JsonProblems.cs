using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hark.Domain.Common;

namespace Hark.Web.Infrastructure.Problems;

/// <summary>Tells what is wrong with a JSON document in words that help its sender and show nothing of our types.</summary>
public static partial class JsonProblems
{
    /// <summary>The error behind a failed reading.</summary>
    /// <param name="under">Pointer of the part that was read, such as <c>/17</c> for the eighteenth record of a batch; empty for the whole document.</param>
    public static Error From(JsonException exception, string under = "")
    {
        var pointer = under + ToPointer(exception.Path);
        if (exception is InputJsonException input) return Error.Invalid(pointer, input.Reason);
        if (exception.Message.Contains("missing required propert", StringComparison.Ordinal)) return Missing(exception.Message, pointer);
        if (exception.Message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal)) return Unknown(exception.Message, pointer);
        if (exception.Message.Contains("uplicate property", StringComparison.Ordinal)) return Error.Invalid(pointer, "is there more than once");
        if (exception.InnerException is JsonException || exception.Path is null) return Malformed(exception);
        return Error.Invalid(pointer, exception.InnerException is InputJsonException inner ? inner.Reason : "has the wrong type, or null where a value is needed");
    }

    /// <summary>The document ended early or is not JSON at all.</summary>
    private static Error Malformed(JsonException exception)
    {
        var at = exception.LineNumber is { } line && exception.BytePositionInLine is { } position
            ? string.Create(CultureInfo.InvariantCulture, $" at line {line + 1}, byte {position + 1}") : "";
        return new Error(ErrorKind.Invalid, ErrorCodes.MalformedJson, $"The body is not well-formed JSON{at}.");
    }

    private static Error Missing(string message, string pointer)
    {
        var errors = new InputErrors();
        foreach (Match name in Quoted().Matches(message[(message.IndexOf(':', StringComparison.Ordinal) + 1)..]))
            errors.Add($"{pointer}/{InputErrors.Escape(name.Groups[1].Value)}", "is required");
        return Error.Invalid(errors);
    }

    private static Error Unknown(string message, string pointer)
    {
        var name = Quoted().Match(message).Groups[1].Value;
        var leaf = "/" + InputErrors.Escape(name);
        return Error.Invalid(pointer.EndsWith(leaf, StringComparison.Ordinal) ? pointer : pointer + leaf, "is not a field here");
    }

    /// <summary><c>$.rating.value</c>, <c>$[3].id</c>, <c>$['a.b']</c> → a JSON pointer.</summary>
    public static string ToPointer(string? path)
    {
        if (string.IsNullOrEmpty(path)) return "";
        var pointer = new StringBuilder();
        for (var i = path[0] == '$' ? 1 : 0; i < path.Length;)
        {
            var quoted = path.AsSpan(i).StartsWith("['");
            var (start, end) = quoted ? (i + 2, path.IndexOf("']", i, StringComparison.Ordinal))
                : path[i] == '[' ? (i + 1, path.IndexOf(']', i)) : (i + 1, path.AsSpan(i + 1).IndexOfAny('.', '[') is >= 0 and var n ? i + 1 + n : path.Length);
            if (end < start) end = path.Length;
            pointer.Append('/').Append(InputErrors.Escape(path[start..end]));
            i = quoted ? end + 2 : path[i] == '[' ? end + 1 : end;
        }
        return pointer.ToString();
    }

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();
}
