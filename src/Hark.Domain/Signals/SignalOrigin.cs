using Hark.Domain.Understanding.Masking;

namespace Hark.Domain.Signals;

/// <summary>What the source gives to every signal it sends.</summary>
/// <param name="Region">ISO 3166 region by which telephone numbers without a country are read.</param>
/// <param name="IdempotencyKey">The request's own key, used where the signal has no id.</param>
public sealed record SignalOrigin(
    Guid WorkspaceId, Guid SourceId, string SourceName, Channel Channel, SignalKind Kind, string? Touchpoint, string? Region, string? IdempotencyKey = null)
{
    /// <summary>True where records of the past are read in: they may be older than what a live feed sends.</summary>
    public bool IsHistory { get; init; }

    /// <summary>What the workspace wants taken out of texts before they are stored.</summary>
    public IReadOnlyList<MaskedKind> Mask { get; init; } = [];
}
