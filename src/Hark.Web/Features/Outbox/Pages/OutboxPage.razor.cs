using Hark.Data.Model;
using Hark.Data.Work;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Web.Features.Accounts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Hark.Web.Features.Outbox.Pages;

/// <summary>What Hark sends, newest first; what is parked waits here for a person. Content is not shown: it may be a customer's words.</summary>
public sealed partial class OutboxPage
{
    private const int PageSize = 50;

    private List<OutboxMessage> _messages = [];
    private Guid? _more;
    private string? _problem;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "done")]
    private string? Said { get; set; }

    [SupplyParameterFromQuery(Name = "state")]
    private string? StateText { get; set; }

    [SupplyParameterFromQuery(Name = "kind")]
    private string? KindText { get; set; }

    /// <summary>Only what goes to one webhook endpoint.</summary>
    [SupplyParameterFromQuery(Name = "endpoint")]
    private string? Endpoint { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    private string? Before { get; set; }

    [SupplyParameterFromForm(FormName = "message", Name = "id")]
    private string? Id { get; set; }

    [SupplyParameterFromForm(FormName = "message", Name = "what")]
    private string? What { get; set; }

    private WorkspaceSnapshot Workspace => Viewer.Required.Workspace;

    protected override async Task OnInitializedAsync()
    {
        var filter = new OutboxFilter(EnumNames<OutboxState>.TryParse(StateText, out var state) ? state : null, EnumNames<OutboxKind>.TryParse(KindText, out var kind) ? kind : null,
            Guid.TryParse(Endpoint, out var endpoint) ? endpoint.ToString() : null);
        Guid? before = Guid.TryParse(Before, out var id) ? id : null;
        var rows = await Messages.ListAsync(Workspace.WorkspaceId, filter, before, PageSize + 1, Http.RequestAborted);
        _messages = [.. rows.Take(PageSize)];
        if (rows.Count > PageSize) _more = _messages[^1].MessageId;
    }

    private async Task ChangeAsync()
    {
        if (!Guid.TryParse(Id, out var id)) return;
        var (workspace, actor) = (Workspace.WorkspaceId, Viewer.Required.Actor);
        var changed = What == "cancel" ? await Outbox.CancelAsync(workspace, id, actor, Http.RequestAborted) : await Outbox.ResendAsync(workspace, id, actor, Http.RequestAborted);
        if (changed.Ok) Navigation.NavigateTo(Here(null) + (Here(null).Contains('?', StringComparison.Ordinal) ? "&" : "?") + "done=saved");
        else (Http.Response.StatusCode, _problem) = (StatusCodes.Status409Conflict, T.Say(changed.Error));
    }

    private string Here(Guid? before) => QueryHelpers.AddQueryString("/settings/outbox",
        new Dictionary<string, string?> { ["state"] = StateText, ["kind"] = KindText, ["endpoint"] = Endpoint, ["before"] = before?.ToString() }.Where(p => !string.IsNullOrEmpty(p.Value)));

    private string To(OutboxMessage message) => message.Kind == OutboxKind.Webhook && Guid.TryParse(message.Destination, out var id)
        ? Workspace.WebhookEndpoints.FirstOrDefault(e => e.EndpointId == id)?.Key ?? message.Destination : message.Destination;
}
