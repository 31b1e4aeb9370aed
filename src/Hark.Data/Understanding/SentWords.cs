using Hark.Data.Store;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Understanding;

/// <summary>The texts that a language model was given, as the audit log keeps them: they go when the words they were made from go. That somebody asked, whom and when, stays.</summary>
internal static class SentWords
{
    public const string Asked = "language_model.asked", OfTopic = "topic", OfProposal = "topic_proposal";

    /// <summary>Takes them out of what was asked about these signals and cases; and of what was asked about themes, which has the words of many people in it.</summary>
    /// <remarks>Reads the audit log of the workspace once.</remarks>
    public static Task ForgetAsync(HarkDbContext db, Guid workspaceId, IEnumerable<Guid> signalsAndCases, CancellationToken cancellation)
    {
        var ids = signalsAndCases.Select(i => i.ToString()).ToList();
        return db.AuditEntries.Where(e => e.WorkspaceId == workspaceId && e.Action == Asked && e.Data != null && (e.TargetKind == OfTopic || e.TargetKind == OfProposal || ids.Contains(e.TargetId!)))
            .ExecuteUpdateAsync(s => s.SetProperty(e => e.Data, (string?)null), cancellation);
    }
}
