using Hark.Data.Cases;
using Hark.Domain.Common;
using Hark.Web.Features.Inbox.Reading;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Live;
using Hark.Web.Infrastructure.Staff;
using Microsoft.AspNetCore.Components;

namespace Hark.Web.Features.Inbox.Pages;

/// <summary>The inbox with its three panes; with a number also the case. A case of others is "not there", and says so with 404.</summary>
public sealed partial class InboxPage
{
    private InboxRequest? _request;
    private string _wrong = "";
    private InboxViews _views = null!;
    private InboxList _list = null!;
    private CaseModel? _case;
    private CustomerCard? _card;
    private DateTimeOffset? _lastSignal;

    [Parameter]
    public long? Number { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    private Viewer Viewer { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private LiveFeed Feed { get; set; } = null!;

    [Inject]
    private CaseListQuery Cases { get; set; } = null!;

    [Inject]
    private ReadList ReadList { get; set; } = null!;

    [Inject]
    private ReadViews ReadViews { get; set; } = null!;

    [Inject]
    private ReadCase ReadCase { get; set; } = null!;

    [Inject]
    private ReadCard ReadCard { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        var (caller, cancellation) = (Viewer.Required, Http.RequestAborted);
        var now = Time.Now();
        // One's own work where there is some; else what there is.
        var mine = await Cases.CountAsync(caller.WorkspaceId, InboxRequest.ScopeOf(caller), InboxView.Usual.Filter(caller, now), 1, now, cancellation);
        var read = InboxRequest.Read(Http.Request.Parameters(), caller, now, mine > 0 ? InboxView.Usual : InboxView.All.First(v => v.Key == "all"));
        var list = read.Ok ? await ReadList.RunAsync(read.Value, null, null, cancellation) : read.Error!;
        if (list.Error is { } error)
        {
            _wrong = string.Join(" ", error.Fields?.Select(f => $"{f.Key} {string.Join(", ", f.Value)}.") ?? [error.Detail]);
            return;
        }
        (_list, _lastSignal) = (list.Value, Feed.LastSignal(caller.WorkspaceId));
        _views = await ReadViews.RunAsync(read.Value, cancellation);
        await OpenAsync(read.Value, cancellation);
        _request = read.Value;
    }

    private async Task OpenAsync(InboxRequest request, CancellationToken cancellation)
    {
        if (Number is not { } number) return;
        var found = await ReadCase.RunAsync(request.Caller, number, T, null, cancellation);
        if (found.Ok) _card = await ReadCard.RunAsync(_case = found.Value, cancellation);
        else Http.Response.StatusCode = StatusCodes.Status404NotFound;
    }
}
