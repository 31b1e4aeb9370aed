using Hark.Data.Cases;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Web.Components.Shared;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Localisation;

namespace Hark.Web.Features.Inbox.Reading;

/// <summary>A case with all that its pane shows. To read it is to have looked at it: both are written down.</summary>
internal sealed class ReadCase(CaseReader cases, CaseLooks looks, CaseAttachments attachments, TimeProvider time)
{
    /// <param name="seenAt">When the person looked before this visit; null asks the store. A page that stays open goes on from where it began.</param>
    /// <returns><c>not_found</c> also for cases that the person may not see.</returns>
    public async Task<Result<CaseModel>> RunAsync(Caller caller, long number, Texts texts, DateTimeOffset? seenAt, CancellationToken cancellation)
    {
        if (await cases.IdOfAsync(caller.WorkspaceId, number, cancellation) is not { } id) return Error.NotFound("case");
        var found = await cases.FindAsync(caller.WorkspaceId, id, InboxRequest.ScopeOf(caller), caller.Actor, cancellation);
        if (found.Error is { } error) return error;
        var (details, now, member) = (found.Value, time.Now(), caller.Member!.MemberId);
        var last = await looks.LastAsync(caller.WorkspaceId, id, member, cancellation);
        await looks.SeeAsync(caller.WorkspaceId, id, member, last?.SeenAt > now - CaseLooks.Beat ? last.Writing : null, now, cancellation);
        var since = seenAt ?? last?.SeenAt;
        var catalogue = WorkspacePolicies.Of(caller.Workspace).Catalogue;
        var clocks = details.Clocks.Where(k => k.Round == details.Case.Round).OrderBy(k => k.Kind).Select(k => ClockView.Of(k, catalogue, now)).ToList();
        var files = await attachments.OfAsync(caller.WorkspaceId, id, cancellation);
        var playbook = Desk.PlaybookOf(caller.Workspace, details);
        return new CaseModel(caller, details, now, since, clocks, CaseStory.Of(details, caller, texts, since, files), CaseStory.Links(details))
        {
            Playbook = playbook,
            Done = CaseStory.Done(details, playbook?.Key),
        };
    }
}
