namespace Hark.Data.Model;

/// <summary>A filter of the inbox under a name: a member's own, or shared with a team.</summary>
public sealed class SavedFilter
{
    public Guid WorkspaceId { get; set; }
    public Guid FilterId { get; set; }

    /// <summary>Who made it.</summary>
    public Guid MemberId { get; set; }

    /// <summary>Whose members see it too; null: only its maker.</summary>
    public Guid? TeamId { get; set; }
    public required string Name { get; set; }

    /// <summary>Parameters as they stand in the address: <c>severity=critical&amp;channel=kiosk</c>.</summary>
    public required string Query { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>What somebody is writing.</summary>
public enum CaseWriting { Reply, Note }

/// <summary>A member's eyes on a case: when it was last on their screen, and what they are writing.</summary>
public sealed class CaseLook
{
    public Guid WorkspaceId { get; set; }
    public Guid CaseId { get; set; }
    public Guid MemberId { get; set; }
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>Null: only looking.</summary>
    public CaseWriting? Writing { get; set; }
}

/// <summary>A file that goes with a reply or note. Put up before the words are sent, so some belong to no line of the timeline; those go away after a day.</summary>
public sealed class CaseAttachment
{
    public Guid WorkspaceId { get; set; }
    public Guid AttachmentId { get; set; }
    public Guid CaseId { get; set; }
    public required string Name { get; set; }
    public required string MediaType { get; set; }

    /// <summary>In bytes.</summary>
    public long Size { get; set; }
    public required byte[] Content { get; set; }
    public Guid MemberId { get; set; }
    public DateTimeOffset AddedAt { get; set; }

    /// <summary>True once it went with a reply or note.</summary>
    public bool Used { get; set; }
}
