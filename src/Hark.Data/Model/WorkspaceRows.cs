using Hark.Domain.Signals;
using Hark.Domain.Workspaces;

namespace Hark.Data.Model;

/// <summary>The tenant. Everything else hangs below one.</summary>
public sealed class Workspace
{
    public Guid WorkspaceId { get; set; }
    public required string Name { get; set; }

    /// <summary>IANA zone; days of the aggregates are its days.</summary>
    public required string TimeZone { get; set; }

    /// <summary>Language of messages to customers whose own is unknown (ISO 639).</summary>
    public string DefaultLanguage { get; set; } = "en";

    /// <summary>Region by which telephone numbers without a country code are read (ISO 3166).</summary>
    public string DefaultRegion { get; set; } = "CZ";

    /// <summary>A score over fewer answers than this is not shown.</summary>
    public int MinimumCount { get; set; } = 5;

    /// <summary>Rises with every change of anything a node keeps in memory: keys, sources, teams, documents. Nodes compare it to refresh.</summary>
    public long ConfigVersion { get; set; } = 1;
    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>A group of people who own sources, touchpoints and cases.</summary>
public sealed class Team
{
    public Guid WorkspaceId { get; set; }
    public Guid TeamId { get; set; }

    /// <summary>Name in rules and documents: lower case, unique in the workspace.</summary>
    public required string Key { get; set; }
    public required string Name { get; set; }

    /// <summary>Where the team's notices go besides its members.</summary>
    public string? Email { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>A person who works with Hark.</summary>
public sealed class Member
{
    public Guid WorkspaceId { get; set; }
    public Guid MemberId { get; set; }

    /// <summary>Lower case, unique in the workspace.</summary>
    public required string Email { get; set; }
    public required string Name { get; set; }
    public Role Role { get; set; }
    public string? PasswordHash { get; set; }

    /// <summary>Languages spoken, ISO 639 codes joined by commas.</summary>
    public string Languages { get; set; } = "";

    /// <summary>False while away: gets no new cases.</summary>
    public bool Available { get; set; } = true;

    /// <summary>Language of the interface (ISO 639); null follows the browser.</summary>
    public string? InterfaceLanguage { get; set; }

    /// <summary>Null follows the device.</summary>
    public Theme? Theme { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? DisabledAt { get; set; }
}

public sealed class TeamMember
{
    public Guid WorkspaceId { get; set; }
    public Guid TeamId { get; set; }
    public Guid MemberId { get; set; }
    public bool Lead { get; set; }
}

/// <summary>One feed of signals.</summary>
public sealed class Source
{
    public Guid WorkspaceId { get; set; }
    public Guid SourceId { get; set; }
    public required string Name { get; set; }
    public Channel Channel { get; set; }
    public SignalKind Kind { get; set; }

    /// <summary>Touchpoint of signals that name none.</summary>
    public string? Touchpoint { get; set; }
    public Guid? OwnerTeamId { get; set; }
    public int? ResponseWindowHours { get; set; }
    public int? CadenceDays { get; set; }

    /// <summary>Days after which verbatims are erased; null keeps them.</summary>
    public int? RetentionDays { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>A source key or a personal token. Only a hash is kept.</summary>
public sealed class AccessKey
{
    public Guid WorkspaceId { get; set; }
    public Guid KeyId { get; set; }

    /// <summary>SHA-256 of the whole key: keys have 256 random bits, so no slow hash is needed.</summary>
    public required byte[] Hash { get; set; }
    public KeyScope Scope { get; set; }

    /// <summary>Set on source keys.</summary>
    public Guid? SourceId { get; set; }

    /// <summary>Set on personal tokens.</summary>
    public Guid? MemberId { get; set; }
    public required string Name { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? ExpiresAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>
/// A setting that decides something (rules, clocks, calendars, segments …), as a JSON document. Every change is a new version, so that any decision
/// can name the version that made it, and any version can be brought back.
/// </summary>
public sealed class ConfigDocument
{
    public Guid WorkspaceId { get; set; }
    public DocumentKind Kind { get; set; }
    public long Version { get; set; }
    public required string Document { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public required string CreatedBy { get; set; }
}

/// <summary>What a <see cref="ConfigDocument"/> decides.</summary>
public enum DocumentKind { Rules, Segments, SlaPolicies, Calendars, Cohorts, Personas, Templates, Verification, Snippets, Macros, Playbooks, Journeys, Targets, CustomerBase, Benchmarks, Quality, Topics, Understanding }

/// <summary>A number that nodes reserve in blocks, such as case numbers.</summary>
public sealed class Counter
{
    public Guid WorkspaceId { get; set; }
    public required string Name { get; set; }
    public long Value { get; set; }
}

/// <summary>A change, or a reading of personal data: who, when, what.</summary>
public sealed class AuditEntry
{
    public Guid WorkspaceId { get; set; }
    public Guid EntryId { get; set; }
    public DateTimeOffset At { get; set; }
    public ActorKind ActorKind { get; set; }
    public required string ActorId { get; set; }

    /// <summary>What was done, as <c>thing.verb</c>: <c>rules.changed</c>, <c>contact.read</c>.</summary>
    public required string Action { get; set; }
    public required string TargetKind { get; set; }
    public string? TargetId { get; set; }

    /// <summary>JSON with what changed; never secrets.</summary>
    public string? Data { get; set; }
}
