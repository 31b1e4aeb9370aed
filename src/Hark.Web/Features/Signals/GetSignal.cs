using Hark.Data.Signals;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Problems;
using Microsoft.AspNetCore.Mvc;

namespace Hark.Web.Features.Signals;

/// <summary>Shows one signal with what was concluded from it. A signal that the caller may not see is not there.</summary>
internal static class GetSignal
{
    public static async Task<IResult> HandleAsync(Caller caller, [FromRoute(Name = "signal_id")] Guid signalId, SignalReader signals, CancellationToken cancellation)
    {
        var found = await signals.GetAsync(caller.WorkspaceId, signalId, caller.Words, caller.Actor, cancellation);
        return found.ToOk(s => SignalView.Of(caller.Workspace, s));
    }
}
