using Hark.Data.Workspaces;
using Hark.Domain.Statistics;

namespace Hark.Web.Features.Themes;

/// <summary>A topic with what was said about it.</summary>
/// <param name="Name">As people of the workspace read it.</param>
/// <param name="Count">Signals in the period.</param>
/// <param name="Before">Signals in the period of the same length before.</param>
/// <param name="NegativeRate">0 to 1.</param>
/// <param name="Impact">Points by which the score of the whole would be higher without its signals; an association.</param>
public sealed record TopicNumbersView(string Key, string? Name, string? Parent, bool Hidden, string? MergedInto, long Count, long Before, EstimateView? Score, EstimateView? NegativeRate, double? Impact)
{
    internal static TopicNumbersView Of(WorkspaceSnapshot workspace, TopicNumbers t) => new(t.Topic.Key,
        WorkspacePolicies.Of(workspace).Topics.Name(t.Topic.Key, workspace.Workspace.DefaultLanguage), t.Topic.Parent, t.Topic.Hidden, t.Topic.MergedInto, t.Count, t.Before,
        EstimateView.Of(t.Score), EstimateView.Of(t.Negative), t.Impact);
}

/// <summary>A value with its 95 % interval.</summary>
public sealed record EstimateView(double Value, double? Low, double? High)
{
    internal static EstimateView? Of(Estimate? e) => e is { } estimate ? new(estimate.Value, estimate.Low, estimate.High) : null;
}

/// <param name="NotUnderstood">Signals with words in which no topic was found; <c>topic=not_understood</c> lists them.</param>
/// <param name="Comments">Signals with words.</param>
public sealed record TopicsView(IReadOnlyList<TopicNumbersView> Items, string? NextCursor, long NotUnderstood, long Comments);
