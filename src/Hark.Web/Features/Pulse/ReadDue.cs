using Hark.Data.Cases;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Sla;
using Hark.Web.Components.Shared;

namespace Hark.Web.Features.Pulse;

/// <summary>A case whose clock runs out next.</summary>
/// <param name="Words">What the customer said; the case's title where there are no words.</param>
public sealed record DueLine(CaseLine Case, string? Words, string? Language, ClockView? Next, IReadOnlyList<ClockView> Clocks, string? Assignee);

public sealed record PulseDue(DueCounts Counts, IReadOnlyList<DueLine> Lines);

/// <summary>
/// Open cases in due order, of those that the person may see and that somebody can do something about now: not those that wait for the customer. Shown is the
/// clock of that work; the verify clock only where nothing else runs.
/// </summary>
internal sealed class ReadDue(CaseListQuery cases, CaseCounts counts, CaseGlances glances)
{
    private const int Most = 6;

    public async Task<PulseDue> RunAsync(PulseRequest request, CancellationToken cancellation)
    {
        var (workspace, caller) = (request.Workspace, request.Caller);
        var scope = new CaseScope(caller.Member?.MemberId, caller.TeamScope);
        var channels = request.Filter.Values.GetValueOrDefault("channel");
        var filter = new CaseFilter { Open = true, Snoozed = false, Waiting = false, Channel = channels is [var one] ? EnumNames<Channel>.Parse(one) : null };
        var lines = await cases.ReadAsync(workspace.WorkspaceId, scope, filter, null, Most, request.Now, cancellation);
        var seen = await glances.ReadAsync(workspace.WorkspaceId, [.. lines.Select(l => l.Key.CaseId)], cancellation);
        var catalogue = WorkspacePolicies.Of(workspace).Catalogue;
        return new(await counts.DueAsync(workspace.WorkspaceId, scope, request.Now, request.Now.AddHours(1), cancellation), [.. lines.Select(Line)]);

        DueLine Line(CaseLine line)
        {
            var glance = seen[line.Key.CaseId];
            var clocks = glance.Clocks.Select(c => ClockView.Of(c, catalogue, request.Now)).ToList();
            return new(line, glance.Words ?? line.Title, glance.Words is null ? null : glance.Language, ClockView.Next([.. clocks.Where(c => c.Kind != ClockKind.Verify)]) ?? ClockView.Next(clocks), clocks,
                line.AssigneeId is { } id ? workspace.MemberById.GetValueOrDefault(id)?.Name : null);
        }
    }
}
