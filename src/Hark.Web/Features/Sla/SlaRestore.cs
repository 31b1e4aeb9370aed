using Hark.Data.Model;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Problems;

namespace Hark.Web.Features.Sla;

/// <summary>The way back to an earlier version of policies or calendars; it may be applied at once, as a change may.</summary>
internal static class SlaRestore
{
    public static void MapRestore(this RouteGroupBuilder group, DocumentKind kind, string name, string what) =>
        group.MapPost("/versions/{version:long}/restore", async (Caller caller, long version, PolicyMode apply, IfMatch ifMatch, SlaDocuments documents, CancellationToken cancellation) =>
                apply.Error is { } error ? error.ToProblem()
                : (await documents.RollBackAsync(caller.Workspace, kind, version, ifMatch.Version, apply.Mode, caller.Actor, cancellation)).ToOk(SavedView.Of))
            .Operation($"Restore{name}Version", $"Bring a version of the {what} back as the next one", Policies.Configure).Produces<SavedView>();
}
