using Hark.Data.Model;
using Hark.Domain.Common;
using Hark.Web.Features.Outbox.Api;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Paging;
using Hark.Web.Infrastructure.Problems;

namespace Hark.Web.Features.Outbox.Webhooks;

/// <summary>Body of <c>POST /webhooks</c>.</summary>
/// <param name="Topics">Absent or empty: all.</param>
public sealed record CreateWebhookBody(string Key, string Url, IReadOnlyList<string>? Topics = null);

/// <summary>Body of <c>PATCH /webhooks/{id}</c>: what is absent stays.</summary>
public sealed record PatchWebhookBody(string? Url = null, IReadOnlyList<string>? Topics = null);

/// <summary>An endpoint as the API shows it; its secret only where it was just made.</summary>
public sealed record WebhookBody(Guid EndpointId, string Key, string Url, IReadOnlyList<string> Topics, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt,
    string? DisabledReason, string? Secret = null)
{
    public static WebhookBody Of(WebhookEndpoint e, string? secret = null) =>
        new(e.EndpointId, e.Key, e.Url, WebhookAdmin.TopicsOf(e), e.CreatedAt, e.DisabledAt, e.DisabledReason, secret);
}

/// <summary>Answer of a test: the message to look at.</summary>
public sealed record WebhookTestBody(Guid MessageId);

internal static class WebhookEndpoints
{
    public static void MapWebhookEndpoints(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/v1/webhooks").RequireAuthorization(Policies.Configure).WithTags("Webhooks");
        group.MapGet("", List).WithName("ListWebhooks").WithSummary("List the webhook endpoints").Produces<Page<WebhookBody>>();
        group.MapPost("", CreateAsync).WithName("CreateWebhook").WithSummary("Make a webhook endpoint; its secret is shown this once").Produces<WebhookBody>(StatusCodes.Status201Created);
        group.MapGet("{id:guid}", GetAsync).WithName("GetWebhook").WithSummary("Get a webhook endpoint").Produces<WebhookBody>();
        group.MapPatch("{id:guid}", PatchAsync).WithName("UpdateWebhook").WithSummary("Change a webhook endpoint").Produces<WebhookBody>();
        group.MapPost("{id:guid}/rotate-secret", RotateAsync).WithName("RotateWebhookSecret").WithSummary("Give a webhook endpoint a new secret beside the old one").Produces<WebhookBody>();
        group.MapPost("{id:guid}/disable", DisableAsync).WithName("DisableWebhook").WithSummary("Stop sending to a webhook endpoint").Produces<WebhookBody>();
        group.MapPost("{id:guid}/enable", EnableAsync).WithName("EnableWebhook").WithSummary("Send to a webhook endpoint again").Produces<WebhookBody>();
        group.MapPost("{id:guid}/test", TestAsync).WithName("TestWebhook").WithSummary("Send a test event to a webhook endpoint").Produces<WebhookTestBody>(StatusCodes.Status202Accepted);
        group.MapGet("{id:guid}/deliveries", DeliveriesAsync).WithName("ListWebhookDeliveries").WithSummary("List what was sent to a webhook endpoint, newest first").Produces<Page<OutboxMessageBody>>();
    }

    /// <summary>All of them on one page: they are few.</summary>
    private static Page<WebhookBody> List(Caller caller) =>
        new([.. caller.Workspace.WebhookEndpoints.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => WebhookBody.Of(e))], null);

    private static async Task<IResult> CreateAsync(CreateWebhookBody body, Caller caller, WebhookAdmin webhooks, CancellationToken cancellation)
    {
        var result = await webhooks.CreateAsync(caller.WorkspaceId, body.Key, new WebhookSettings(body.Url, body.Topics ?? []), caller.Actor, cancellation);
        return result.ToCreated(c => $"/api/v1/webhooks/{c.Endpoint.EndpointId}", c => WebhookBody.Of(c.Endpoint, c.Secret));
    }

    private static async Task<IResult> GetAsync(Guid id, Caller caller, WebhookAdmin webhooks, CancellationToken cancellation) =>
        await webhooks.FindAsync(caller.WorkspaceId, id, cancellation) is { } endpoint
            ? TypedResults.Ok(WebhookBody.Of(endpoint)) : Error.NotFound("webhook").ToProblem();

    private static async Task<IResult> PatchAsync(Guid id, PatchWebhookBody body, Caller caller, WebhookAdmin webhooks, CancellationToken cancellation)
    {
        var result = await webhooks.UpdateAsync(caller.WorkspaceId, id, s => new WebhookSettings(body.Url ?? s.Url, body.Topics ?? s.Topics), caller.Actor, cancellation);
        return result.ToOk(e => WebhookBody.Of(e));
    }

    private static async Task<IResult> RotateAsync(Guid id, Caller caller, WebhookAdmin webhooks, CancellationToken cancellation) =>
        (await webhooks.RotateAsync(caller.WorkspaceId, id, caller.Actor, cancellation)).ToOk(c => WebhookBody.Of(c.Endpoint, c.Secret));

    private static async Task<IResult> DisableAsync(Guid id, Caller caller, WebhookAdmin webhooks, CancellationToken cancellation) =>
        (await webhooks.DisableAsync(caller.WorkspaceId, id, caller.Actor, cancellation)).ToOk(e => WebhookBody.Of(e));

    private static async Task<IResult> EnableAsync(Guid id, Caller caller, WebhookAdmin webhooks, CancellationToken cancellation) =>
        (await webhooks.EnableAsync(caller.WorkspaceId, id, caller.Actor, cancellation)).ToOk(e => WebhookBody.Of(e));

    private static async Task<IResult> TestAsync(Guid id, Caller caller, WebhookAdmin webhooks, CancellationToken cancellation)
    {
        var result = await webhooks.TestAsync(caller.WorkspaceId, id, cancellation);
        return result.Error is { } error ? error.ToProblem() : TypedResults.Accepted($"/api/v1/outbox/{result.Value}", new WebhookTestBody(result.Value));
    }

    private static async Task<IResult> DeliveriesAsync(Guid id, string? cursor, int? limit, Caller caller, WebhookAdmin webhooks, OutboxAdmin outbox,
        CancellationToken cancellation)
    {
        if (await webhooks.FindAsync(caller.WorkspaceId, id, cancellation) is null) return Error.NotFound("webhook").ToProblem();
        return (await outbox.DeliveriesAsync(caller.WorkspaceId, id, cursor, limit, cancellation)).ToOk();
    }
}
