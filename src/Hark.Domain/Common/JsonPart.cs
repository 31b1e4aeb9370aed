using System.Text.Json;

namespace Hark.Domain.Common;

/// <summary>
/// One value of a JSON document that a person edits (rules, segments, definitions), with the place where it stands, so that an error can name
/// the line and column of the very token that is wrong. Not for intake: it keeps a node per value.
/// </summary>
public sealed class JsonPart
{
    private static readonly List<JsonPart> NoItems = [];
    private static readonly List<JsonMember> NoMembers = [];

    internal JsonPart(JsonValueKind kind, string pointer, int offset) => (Kind, Pointer, Offset) = (kind, pointer, offset);

    public JsonValueKind Kind { get; }

    /// <summary>RFC 6901; empty for the document itself.</summary>
    public string Pointer { get; }

    /// <summary>Where the value's first byte stands in the UTF-8 text.</summary>
    public int Offset { get; }

    /// <summary>The text of a string; null for the other kinds.</summary>
    public string? Text { get; internal init; }

    /// <summary>The value of a number; meaningless for the other kinds. Never infinite.</summary>
    public double Number { get; internal init; }

    /// <summary>The elements of an array; empty for the other kinds.</summary>
    public IReadOnlyList<JsonPart> Items => ItemList;

    /// <summary>The members of an object in the order written; empty for the other kinds. Names are unique.</summary>
    public IReadOnlyList<JsonMember> Members => MemberList;

    internal List<JsonPart> ItemList { get; init; } = NoItems;
    internal List<JsonMember> MemberList { get; init; } = NoMembers;

    /// <summary>The value of a member, or null when there is none. An explicit null is a part of kind Null.</summary>
    public JsonPart? Member(string name) => MemberList.Find(m => m.Name == name)?.Value;

    /// <summary>What the value is, as an error calls it.</summary>
    public string KindName => Kind switch
    {
        JsonValueKind.String => "text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        _ => "null",
    };
}

/// <param name="Offset">Where the name's first byte (its quote) stands in the UTF-8 text.</param>
public sealed record JsonMember(string Name, int Offset, JsonPart Value);
