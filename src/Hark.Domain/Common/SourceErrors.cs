using System.Text;

namespace Hark.Domain.Common;

/// <summary>One thing that is wrong in an edited JSON text.</summary>
/// <param name="Pointer">RFC 6901 pointer of the value or member.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 units as editors count them; the first character of the offending token.</param>
public sealed record SourceError(string Pointer, int Line, int Column, string Reason)
{
    public override string ToString() => $"line {Line}, column {Column}: {Reason}";
}

/// <summary>Everything wrong in one edited JSON text, each with its pointer and its line and column.</summary>
public sealed class SourceErrors
{
    private readonly ReadOnlyMemory<byte> _source;
    private readonly List<SourceError> _errors = [];

    /// <param name="source">The UTF-8 text in which offsets are counted.</param>
    public SourceErrors(ReadOnlyMemory<byte> source) => _source = source;

    public bool Any => _errors.Count > 0;

    /// <summary>In the order found.</summary>
    public IReadOnlyList<SourceError> All => _errors;

    public void Add(JsonPart part, string reason) => Add(part.Pointer, part.Offset, reason);

    /// <summary>An error of the member's name rather than of its value.</summary>
    public void Add(JsonPart owner, JsonMember member, string reason) =>
        Add($"{owner.Pointer}/{InputErrors.Escape(member.Name)}", member.Offset, reason);

    public void Add(string pointer, int offset, string reason)
    {
        if (_errors.Count >= InputErrors.Limit) return;
        var (line, column) = Place(_source.Span, offset);
        _errors.Add(new SourceError(pointer, line, column, reason));
    }

    /// <summary>As input errors by pointer; each reason says its line and column.</summary>
    public InputErrors ToInputErrors()
    {
        var errors = new InputErrors();
        foreach (var error in _errors) errors.Add(error.Pointer, error.ToString());
        return errors;
    }

    public Error ToError() => Error.Invalid(ToInputErrors());

    /// <summary>Line and column, both from 1, of a byte of a UTF-8 text; columns in UTF-16 units. Cost: one pass up to the byte.</summary>
    public static (int Line, int Column) Place(ReadOnlySpan<byte> source, int offset)
    {
        var before = source[..Math.Clamp(offset, 0, source.Length)];
        var line = 1 + before.Count((byte)'\n');
        var start = before.LastIndexOf((byte)'\n') + 1;
        return (line, 1 + Encoding.UTF8.GetCharCount(before[start..]));
    }
}
