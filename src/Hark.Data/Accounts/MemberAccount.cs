using Hark.Data.Model;

namespace Hark.Data.Accounts;

/// <summary>A member with what they prove themselves with: the user of ASP.NET Core Identity. A copy from the store, never the one of a snapshot.</summary>
public sealed class MemberAccount
{
    public required Member Member { get; init; }
    public required MemberCredential Credential { get; init; }

    public Guid WorkspaceId => Member.WorkspaceId;
    public Guid MemberId => Member.MemberId;

    /// <summary>Workspace and member as 64 hex digits: the user's id for Identity, and the user handle of passkeys (at most 64 bytes).</summary>
    public string Id => IdOf(WorkspaceId, MemberId);

    public static string IdOf(Guid workspaceId, Guid memberId) => workspaceId.ToString("N") + memberId.ToString("N");

    public static (Guid WorkspaceId, Guid MemberId)? ReadId(string id) =>
        id.Length == 64 && Guid.TryParseExact(id[..32], "N", out var workspace) && Guid.TryParseExact(id[32..], "N", out var member) ? (workspace, member) : null;
}
