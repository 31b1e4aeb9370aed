using Hark.Data.Cases;
using Hark.Data.Model;

namespace Hark.Web.Features.Inbox.Reading;

/// <summary>A view or saved filter with how many cases are in it.</summary>
/// <param name="N">Counted no further than <see cref="ReadViews.Most"/>.</param>
public sealed record ViewCount(InboxView View, int N);

public sealed record SavedCount(SavedFilter Filter, int N);

public sealed record InboxViews(IReadOnlyList<ViewCount> Views, IReadOnlyList<SavedCount> Saved)
{
    public int Of(InboxView view) => Views.FirstOrDefault(v => v.View == view)?.N ?? 0;
}

/// <summary>Counts the views. Each is bounded, so that the whole costs the same however many cases there are.</summary>
internal sealed class ReadViews(CaseListQuery cases, SavedFilters saved)
{
    /// <summary>A larger number says nothing more to a person who works through a list.</summary>
    public const int Most = 1000;

    public async Task<InboxViews> RunAsync(InboxRequest request, CancellationToken cancellation)
    {
        var (caller, scope, now) = (request.Caller, request.Scope, request.Now);
        var views = new List<ViewCount>();
        foreach (var view in InboxView.All.Where(v => v.IsFor(caller))) views.Add(new(view, await CountAsync(view.Filter(caller, now))));
        var kept = new List<SavedCount>();
        foreach (var filter in await saved.ListAsync(caller.WorkspaceId, scope, cancellation))
            kept.Add(new(filter, await CountAsync(InboxRequest.OfSaved(filter.Query, caller, now))));
        return new(views, kept);

        Task<int> CountAsync(CaseFilter filter) => cases.CountAsync(caller.WorkspaceId, scope, filter, Most, now, cancellation);
    }
}
