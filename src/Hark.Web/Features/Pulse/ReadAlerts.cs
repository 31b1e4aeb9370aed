using Hark.Data.Alerts;
using Hark.Data.Model;

namespace Hark.Web.Features.Pulse;

/// <summary>Alerts that last, the most surprising first.</summary>
/// <param name="More">How many others there are.</param>
public sealed record PulseAlerts(IReadOnlyList<Alert> Shown, int More);

/// <summary>Reads what rose beyond what was usual and has not become usual again. The view's filter does not narrow it: an alert is of the whole.</summary>
internal sealed class ReadAlerts(AlertReader alerts)
{
    private const int Most = 3, Looked = 100;

    public async Task<PulseAlerts> RunAsync(PulseRequest request, CancellationToken cancellation)
    {
        var open = await alerts.ListAsync(request.Workspace.WorkspaceId, open: true, null, Looked, cancellation);
        var shown = open.Where(a => a.Day > request.Now.AddDays(-45)).OrderBy(a => a.P).ThenByDescending(a => a.Observed / Math.Max(1, a.Expected)).Take(Most).ToList();
        return new(shown, open.Count - shown.Count);
    }
}
