using Hark.Data.Queries;
using Hark.Data.Signals;
using Hark.Domain.Common;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Paging;
using Hark.Web.Infrastructure.Problems;

namespace Hark.Web.Features.Signals;

/// <summary>Lists signals, newest first: those that the caller may see.</summary>
internal static class ListSignals
{
    private const string List = "signals";

    public static async Task<IResult> HandleAsync(Caller caller, HttpRequest request, SignalReader signals, CancellationToken cancellation)
    {
        var parameters = request.Parameters();
        var read = Read(caller, parameters);
        if (read.Error is { } error) return error.ToProblem();
        var (page, query) = read.Value;
        if (query.Filter.Contact is { } contact) await signals.AuditContactAsync(caller.WorkspaceId, caller.Actor, contact, cancellation);
        var rows = await signals.ListAsync(query, cancellation);
        return TypedResults.Ok(page.Cut(List, rows, r => SignalView.Of(caller.Workspace, r), r => [r.Signal.OccurredAt, r.Signal.SignalId]));
    }

    private static Result<(PageRequest Page, SignalListQuery Query)> Read(Caller caller, QueryParameters parameters)
    {
        var zone = caller.Workspace.Workspace.TimeZone;
        var (from, to) = (parameters.Time("from", zone), parameters.Time("to", zone));
        if (from >= to) parameters.Errors.Add("to", "must be later than from");
        var filter = SignalFilter.Read(parameters, caller.Workspace) with { Scope = caller.Words };
        var limit = parameters.Number("limit");
        if (limit is { } number && number != Math.Floor(number)) parameters.Errors.Add("limit", "must be a whole number");
        var page = PageRequest.Read(List, 2, parameters.One("cursor"), limit is { } l ? (int)Math.Clamp(l, -1, PageRequest.MostLimit + 1) : null);
        parameters.RefuseUnknown();
        if (parameters.Error is { } error) return error;
        if (page.Error is { } wrong) return wrong;
        (DateTimeOffset, Guid)? after = page.Value.After is { } a ? (a.Time(0), a.Id(1)) : null;
        return (page.Value, new SignalListQuery(caller.WorkspaceId, from, to, filter, after, page.Value.Take));
    }
}
