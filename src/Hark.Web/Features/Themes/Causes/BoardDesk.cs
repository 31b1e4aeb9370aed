using Hark.Data.Model;
using Hark.Data.Understanding;
using Hark.Domain.Common;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Live;

namespace Hark.Web.Features.Themes.Causes;

/// <summary>Changes boards for the API and for the page alike, and tells the pages that are open.</summary>
internal sealed class BoardDesk(CauseBoards boards, LiveFeed feed, TimeProvider time)
{
    /// <inheritdoc cref="CauseBoards.SaveAsync"/>
    public async Task<Result<CauseChain>> SaveAsync(Caller caller, CauseChange change, CancellationToken cancellation) =>
        Told(await boards.SaveAsync(caller.WorkspaceId, change, ReadBoard.Scope(caller), caller.Actor, cancellation));

    /// <inheritdoc cref="CauseBoards.RestoreAsync"/>
    public async Task<Result<CauseChain>> RestoreAsync(Caller caller, string topic, Guid chainId, long version, long? ifMatch, CancellationToken cancellation) =>
        Told(await boards.RestoreAsync(caller.WorkspaceId, topic, chainId, version, ifMatch, caller.Actor, cancellation));

    private Result<CauseChain> Told(Result<CauseChain> changed)
    {
        if (changed.Ok) feed.Tell(changed.Value.WorkspaceId, LiveChange.Causes, time.Now());
        return changed;
    }
}
