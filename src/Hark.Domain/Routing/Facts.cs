using Hark.Domain.Common;

namespace Hark.Domain.Routing;

/// <summary>A routing context while conditions look at it: remembers what is costly to work out, so that fifty rules fold the text once.</summary>
internal ref struct Facts(RoutingContext context)
{
    private string? _folded;

    public RoutingContext Context { get; } = context;

    /// <summary>The segments known so far; grows while a segment set is evaluated.</summary>
    public IReadOnlyList<string> Segments { get; set; } = context.Segments;

    /// <summary>The folded text, or null when the signal has none.</summary>
    public string? FoldedText => Context.Signal.Text is { } text ? _folded ??= TextFold.Fold(text) : null;
}

internal delegate bool Test(ref Facts facts);
