using Hark.Data.Cases;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Web.Components.Shared;
using Hark.Web.Infrastructure.Paging;

namespace Hark.Web.Features.Inbox.Reading;

/// <summary>A case in the list.</summary>
/// <param name="Words">The customer's latest words, else the title.</param>
/// <param name="Next">The clock that matters most; null when none runs.</param>
/// <param name="IsRead">Whether the person saw it since it last changed.</param>
public sealed record InboxLine(
    CaseLine Case, string? Words, string? Language, ScoreShown? Score, ClockView? Next, IReadOnlyList<ClockView> Clocks, string? Assignee, bool IsRead);

/// <param name="NextCursor">Where the list goes on; null at its end.</param>
public sealed record InboxList(IReadOnlyList<InboxLine> Lines, string? NextCursor);

/// <summary>A page of the list, in due order.</summary>
internal sealed class ReadList(CaseListQuery cases, CaseGlances glances, CaseLooks looks)
{
    private const string Name = "inbox";

    /// <param name="cursor">Of the page before; null for the first page.</param>
    /// <param name="limit">Most lines; null for as many as a page usually has.</param>
    public async Task<Result<InboxList>> RunAsync(InboxRequest request, string? cursor, int? limit, CancellationToken cancellation)
    {
        var page = PageRequest.Read(Name, 3, cursor, limit);
        if (page.Error is { } error) return error;
        var after = page.Value.After;
        CaseListKey? key = after is null ? null : new((int)Math.Clamp(after.Number(0), 0, 3), after.IsNull(1) ? null : after.Time(1), after.Id(2));
        var lines = await cases.ReadAsync(request.Caller.WorkspaceId, request.Scope, request.Filter, key, page.Value.Take, request.Now, cancellation);
        var cut = page.Value.Cut(Name, lines, l => l, l => [l.Key.Part, l.Key.DueAt, l.Key.CaseId]);
        return new InboxList(await LinesAsync(request, cut.Items, cancellation), cut.NextCursor);
    }

    private async Task<IReadOnlyList<InboxLine>> LinesAsync(InboxRequest request, IReadOnlyList<CaseLine> lines, CancellationToken cancellation)
    {
        var (workspace, ids) = (request.Caller.Workspace, lines.Select(l => l.Key.CaseId).ToList());
        var glance = await glances.ReadAsync(workspace.WorkspaceId, ids, cancellation);
        var seen = await looks.SeenAsync(workspace.WorkspaceId, request.Caller.Member!.MemberId, ids, cancellation);
        var catalogue = WorkspacePolicies.Of(workspace).Catalogue;
        return [.. lines.Select(Line)];

        InboxLine Line(CaseLine line)
        {
            var g = glance[line.Key.CaseId];
            var clocks = g.Clocks.Select(c => ClockView.Of(c, catalogue, request.Now)).ToList();
            return new(line, g.Words ?? line.Title, g.Words is null ? null : g.Language, ScoreShown.OfSignal(g.Rated), ClockView.Next(clocks), clocks,
                line.AssigneeId is { } id ? workspace.MemberById.GetValueOrDefault(id)?.Name : null, seen.TryGetValue(line.Key.CaseId, out var at) && at >= line.UpdatedAt);
        }
    }
}
