using Hark.Domain.Signals;

namespace Hark.Domain.Routing;

/// <summary>
/// Everything a rule may look at: the signal, what the store knows of its contact and account, and the time. Routing is a pure function of this
/// and the rules, so a dry run over stored signals and the real run are the same code.
/// </summary>
public sealed record RoutingContext
{
    public required PreparedSignal Signal { get; init; }

    /// <summary>When the rules run. Ages ("within the last N days") are counted back from here.</summary>
    public required DateTimeOffset Now { get; init; }
    public ContactFacts? Contact { get; init; }
    public AccountFacts? Account { get; init; }

    /// <summary><c>new</c>, <c>active</c> or <c>long_term</c>; null without a contact.</summary>
    public string? Cohort { get; init; }

    /// <summary>Keys of the segments the signal is in; filled after the segments were evaluated with this same record.</summary>
    public IReadOnlyList<string> Segments { get; init; } = [];

    /// <summary>
    /// How many signals the same contact sent within the last so many days, this one included. Asked only for the windows that
    /// the rules name, so that a rule set without such a condition costs no look-up.
    /// </summary>
    public Func<int, int> SignalsByContactWithinDays { get; init; } = static _ => 0;
}

/// <summary>What the store knows of a contact, this signal included.</summary>
public sealed record ContactFacts
{
    public required Guid ContactId { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? Name { get; init; }
    public string? Locale { get; init; }
    public string? Persona { get; init; }
    public IReadOnlyDictionary<string, Scalar> Traits { get; init; } = Scalar.NoValues;
    public required DateTimeOffset FirstSignalAt { get; init; }

    /// <summary>The signal before this one, or null when this is the first.</summary>
    public DateTimeOffset? PreviousSignalAt { get; init; }
}

/// <summary>What the store knows of an account, this signal included.</summary>
public sealed record AccountFacts
{
    public required Guid AccountId { get; init; }
    public string? ExternalId { get; init; }
    public string? Name { get; init; }
    public decimal? AnnualValue { get; init; }
    public string? Currency { get; init; }
    public DateOnly? RenewsOn { get; init; }
    public IReadOnlyDictionary<string, Scalar> Traits { get; init; } = Scalar.NoValues;
}
