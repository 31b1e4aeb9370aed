using Hark.Domain.Signals;

namespace Hark.Domain.Identity;

/// <summary>By what a person can be recognised, strongest first.</summary>
public enum IdentityKind { External, Email, Phone }

/// <summary>One way to recognise a person.</summary>
/// <param name="Value">Normalised.</param>
public readonly record struct IdentityKey(IdentityKind Kind, string Value);

/// <summary>A contact as a signal names them, normalised: the keys to find them by and what else was said about them.</summary>
public sealed record ContactKeys
{
    /// <summary>Strongest first; never empty.</summary>
    public required IReadOnlyList<IdentityKey> Keys { get; init; }
    public string? Email { get; init; }

    /// <summary>E.164 where it parses, else as sent.</summary>
    public string? Phone { get; init; }
    public string? Name { get; init; }

    /// <summary>BCP 47 tag.</summary>
    public string? Locale { get; init; }
    public IReadOnlyDictionary<string, Scalar> Traits { get; init; } = Scalar.NoValues;
}
