using Hark.Domain.Workspaces;

namespace Hark.Data.Model;

/// <summary>Which ground colours the interface has.</summary>
public enum Theme { Light, Dark }

/// <summary>How a session began.</summary>
public enum SignInMethod { Password, Passkey, Provider, Invitation, Setup }

/// <summary>What a member proves themselves with, beside the password hash; absent until it is first needed. Never leaves the server.</summary>
public sealed class MemberCredential
{
    public Guid WorkspaceId { get; set; }
    public Guid MemberId { get; set; }

    /// <summary>Random; changes with every change of a credential, so that links mailed before are void.</summary>
    public required string SecurityStamp { get; set; }

    /// <summary>Secret of the authenticator app (base32), protected at rest. Set before <see cref="TwoFactor"/> while it is being confirmed.</summary>
    public string? AuthenticatorKey { get; set; }

    /// <summary>Whether a password alone is not enough.</summary>
    public bool TwoFactor { get; set; }

    /// <summary>The 30-second step of the last code accepted: that code and older ones are used up.</summary>
    public long LastCodeStep { get; set; }

    /// <summary>Tries since the last success or lock-out, the one under way included.</summary>
    public int FailedCount { get; set; }
    public DateTimeOffset? LockedUntil { get; set; }
}

/// <summary>A recovery code not used yet. Using one deletes it.</summary>
public sealed class MemberRecoveryCode
{
    public Guid WorkspaceId { get; set; }
    public Guid MemberId { get; set; }

    /// <summary>SHA-256 of member id and code: codes carry 80 random bits, so no slow hash is needed.</summary>
    public required byte[] Hash { get; set; }
}

/// <summary>A passkey (WebAuthn credential) of a member.</summary>
public sealed class MemberPasskey
{
    public Guid WorkspaceId { get; set; }
    public required byte[] CredentialId { get; set; }
    public Guid MemberId { get; set; }
    public required string Name { get; set; }

    /// <summary>COSE key.</summary>
    public required byte[] PublicKey { get; set; }

    /// <summary>What the authenticator counted last; 0 where it does not count.</summary>
    public long SignCount { get; set; }

    /// <summary>Joined by commas, as the browser told.</summary>
    public string Transports { get; set; } = "";
    public bool UserVerified { get; set; }
    public bool BackupEligible { get; set; }
    public bool BackedUp { get; set; }
    public required byte[] AttestationObject { get; set; }
    public required byte[] ClientDataJson { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? LastUsedAt { get; set; }
}

/// <summary>A member's account at a sign-in provider.</summary>
public sealed class MemberLogin
{
    public Guid WorkspaceId { get; set; }

    /// <summary>Name of the provider in the settings, lower case.</summary>
    public required string Provider { get; set; }

    /// <summary>The provider's own, unchanging id of the person.</summary>
    public required string Subject { get; set; }
    public Guid MemberId { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>One browser that is signed in. Its cookie names this row, so that ending the row ends the session at the next request on any node.</summary>
public sealed class MemberSession
{
    public Guid WorkspaceId { get; set; }
    public Guid SessionId { get; set; }
    public Guid MemberId { get; set; }
    public SignInMethod Method { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Exact to a minute.</summary>
    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>How long it may go unused, in milliseconds.</summary>
    public long IdleMs { get; set; }

    /// <summary>Moves with <see cref="LastSeenAt"/>.</summary>
    public DateTimeOffset ExpiresAt { get; set; }
    public string? Address { get; set; }
    public string? UserAgent { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>An invitation by e-mail to become a member.</summary>
public sealed class MemberInvitation
{
    public Guid WorkspaceId { get; set; }
    public Guid InvitationId { get; set; }
    public required string Email { get; set; }
    public Role Role { get; set; }

    /// <summary>Ids of the teams to join, joined by commas.</summary>
    public string Teams { get; set; } = "";

    /// <summary>SHA-256 of the token in the link; sending again makes a new one.</summary>
    public required byte[] TokenHash { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public required string CreatedBy { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? AcceptedAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
}
