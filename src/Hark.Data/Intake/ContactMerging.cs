using Hark.Data.Store;

namespace Hark.Data.Intake;

/// <summary>Two persons become one: everybody named by either canonical contact is named by the older of the two.</summary>
internal sealed record CanonicalMove(Guid WorkspaceId, Guid From, Guid Into);

internal static class ContactMerging
{
    public static BulkStatement<CanonicalMove> Repoint { get; } = new(
        """
        UPDATE contacts SET canonical_id = (
            SELECT o.canonical_id FROM contacts o WHERE o.workspace_id = @workspace_id AND o.contact_id IN (@from_id, @into_id)
            ORDER BY o.canonical_id LIMIT 1)
        WHERE workspace_id = @workspace_id AND canonical_id IN (
            SELECT o.canonical_id FROM contacts o WHERE o.workspace_id = @workspace_id AND o.contact_id IN (@from_id, @into_id))
        """,
        new Columns<CanonicalMove>().Uuid("workspace_id", m => m.WorkspaceId).Uuid("from_id", m => m.From).Uuid("into_id", m => m.Into));
}
