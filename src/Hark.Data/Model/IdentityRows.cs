using Hark.Domain.Identity;

namespace Hark.Data.Model;

/// <summary>A person, as far as one identity or more tell. Several contacts are one person when they share <see cref="CanonicalId"/>.</summary>
public sealed class Contact
{
    public Guid WorkspaceId { get; set; }
    public Guid ContactId { get; set; }

    /// <summary>The contact that stands for the whole merged person: itself when nothing was merged.</summary>
    public Guid CanonicalId { get; set; }
    public string? Email { get; set; }
    public string? Phone { get; set; }
    public string? Name { get; set; }
    public string? Locale { get; set; }
    public string? Persona { get; set; }

    /// <summary>JSON object of flat values.</summary>
    public string? Traits { get; set; }
    public Guid? AccountId { get; set; }

    /// <summary>When the first and the last of its signals occurred, and how many there are.</summary>
    public DateTimeOffset FirstSignalAt { get; set; }
    public DateTimeOffset LastSignalAt { get; set; }
    public long SignalCount { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When the person was erased; only the id and the counts remain.</summary>
    public DateTimeOffset? ErasedAt { get; set; }

    /// <summary>When the person asked for no more e-mail (one-click unsubscribe).</summary>
    public DateTimeOffset? UnsubscribedAt { get; set; }
}

/// <summary>One id by which a contact is recognised; a value belongs to one contact.</summary>
public sealed class ContactIdentity
{
    public Guid WorkspaceId { get; set; }
    public IdentityKind Kind { get; set; }
    public required string Value { get; set; }
    public Guid ContactId { get; set; }
}

/// <summary>Two contacts said to be the same person. Undone merges stay, with their end.</summary>
public sealed class ContactMerge
{
    public Guid WorkspaceId { get; set; }
    public Guid MergeId { get; set; }
    public Guid FromContactId { get; set; }
    public Guid IntoContactId { get; set; }
    public required string Reason { get; set; }
    public required string MergedBy { get; set; }
    public DateTimeOffset MergedAt { get; set; }
    public string? UndoneBy { get; set; }
    public DateTimeOffset? UndoneAt { get; set; }
}

/// <summary>A company.</summary>
public sealed class Account
{
    public Guid WorkspaceId { get; set; }
    public Guid AccountId { get; set; }

    /// <summary>The company's id in the customer's own systems, or a normalised name where none was sent; unique in the workspace.</summary>
    public required string ExternalId { get; set; }
    public string? Name { get; set; }
    public decimal? AnnualValue { get; set; }
    public string? Currency { get; set; }
    public DateOnly? RenewsOn { get; set; }
    public string? Traits { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
}
