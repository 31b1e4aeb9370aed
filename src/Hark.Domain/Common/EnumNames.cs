using System.Collections.Frozen;
using System.Text;

namespace Hark.Domain.Common;

/// <summary>
/// The names by which an enum appears in JSON, in the store and on the command line: <c>InProgress</c> is <c>in_progress</c> everywhere.
/// </summary>
/// <remarks>Names are computed once per type; both directions are one dictionary look-up and allocate nothing.</remarks>
public static class EnumNames<T> where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Names = Enum.GetValues<T>().ToFrozenDictionary(v => v, v => ToSnakeCase(v.ToString()));
    private static readonly FrozenDictionary<string, T> Values = Names.ToFrozenDictionary(p => p.Value, p => p.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>All names in the order of declaration.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<T>().Select(v => Names[v])];

    public static string Of(T value) => Names[value];

    /// <summary>Finds the value of a name, ignoring case. Numbers are not names.</summary>
    public static bool TryParse(string? name, out T value)
    {
        value = default;
        return name is not null && Values.TryGetValue(name, out value);
    }

    /// <summary>The value of a name that our own code wrote (a column, a cursor). Throws <see cref="FormatException"/> for anything else.</summary>
    public static T Parse(string name) =>
        TryParse(name, out var value) ? value : throw new FormatException($"'{name}' is not a {typeof(T).Name}.");

    /// <summary>"one of web, app, email": for messages that tell how to repair an input.</summary>
    public static string Choices => "one of " + string.Join(", ", All);

    private static string ToSnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i])) text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }
}
