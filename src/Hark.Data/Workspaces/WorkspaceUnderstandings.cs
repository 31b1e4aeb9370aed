using System.Runtime.CompilerServices;
using Hark.Data.Model;
using Hark.Domain.Understanding;

namespace Hark.Data.Workspaces;

/// <summary>What each workspace adds to the understanding of texts, made once for each snapshot.</summary>
public sealed class WorkspaceUnderstandings(WorkspaceSnapshots snapshots) : IWorkspaceUnderstandings
{
    private static readonly ConditionalWeakTable<WorkspaceSnapshot, WorkspaceUnderstanding> Made = [];

    /// <summary>Of a workspace that this node has loaded, as it has for every source that sends to it; else nothing is added.</summary>
    public WorkspaceUnderstanding Of(Guid workspaceId) => snapshots.Known(workspaceId) is { } snapshot ? Of(snapshot) : WorkspaceUnderstanding.None;

    public static WorkspaceUnderstanding Of(WorkspaceSnapshot snapshot) => Made.GetValue(snapshot, s =>
    {
        var policies = WorkspacePolicies.Of(s);
        return new WorkspaceUnderstanding(policies.Topics, s.Documents.GetValueOrDefault(DocumentKind.Topics)?.Version ?? 0, policies.Understanding,
            s.Champions.FirstOrDefault(c => c.Task == TextTask.Sentiment)?.Sentiment, s.Champions.FirstOrDefault(c => c.Task == TextTask.Topics)?.Topics);
    });
}
