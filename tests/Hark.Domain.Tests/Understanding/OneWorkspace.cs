using Hark.Domain.Understanding;

namespace Hark.Domain.Tests.Understanding;

/// <summary>Every workspace understands alike.</summary>
internal sealed class OneWorkspace(WorkspaceUnderstanding understanding) : IWorkspaceUnderstandings
{
    public WorkspaceUnderstanding Of(Guid workspaceId) => understanding;
}
