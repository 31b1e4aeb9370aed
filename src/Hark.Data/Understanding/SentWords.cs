using Hark.Data.Store;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Understanding;

/// <summary>The texts that a language model was given, as the audit log keeps them: they go when the words they were made from go. That somebody asked, whom and when, stays.</summary>
public static class SentWords
{
    /// <summary>The action in the audit log, and what is asked about with the words of many people in it.</summary>
    public const string Asked = "language_model.asked", OfTopic = "topic", OfProposal = "topic_proposal";

    /// <summary>Takes them out of what was asked about these signals and cases; and of what was asked about themes, which has the words of many people in it.</summary>
    /// <remarks>Reads the audit log of the workspace once; one seek where no model was ever asked.</remarks>
    internal static async Task ForgetAsync(HarkDbContext db, Guid workspaceId, IEnumerable<Guid> signalsAndCases, CancellationToken cancellation)
    {
        if (!await db.LanguageModelMonths.AnyAsync(m => m.WorkspaceId == workspaceId, cancellation)) return;
        var ids = signalsAndCases.Select(i => i.ToString()).ToList();
        await db.AuditEntries.Where(e => e.WorkspaceId == workspaceId && e.Action == Asked && e.Data != null && (e.TargetKind == OfTopic || e.TargetKind == OfProposal || ids.Contains(e.TargetId!)))
            .ExecuteUpdateAsync(s => s.SetProperty(e => e.Data, (string?)null), cancellation);
    }
}
