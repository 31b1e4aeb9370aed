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
        group.MapGet("", List).WithName("ListWebhooks")
            .WithSummary("Webhook endpoints of the workspace").Produces<Page<WebhookBody>>();
        group.MapPost("", CreateAsync).WithName("CreateWebhook")
            .WithSummary("Make a webhook endpoint; the answer shows its secret once").Produces<WebhookBody>(StatusCodes.Status201Created);
        group.MapGet("{id:guid}", GetAsync).WithName("GetWebhook")
            .WithSummary("One webhook endpoint").Produces<WebhookBody>();
        group.MapPatch("{id:guid}", PatchAsync).WithName("UpdateWebhook")
            .WithSummary("Change address or topics of a webhook endpoint").Produces<WebhookBody>();
        group.MapPost("{id:guid}/rotate-secret", RotateAsync).WithName("RotateWebhookSecret")
            .WithSummary("Make a new secret; the one before signs beside it until the next rotation").Produces<WebhookBody>();
        group.MapPost("{id:guid}/disable", DisableAsync).WithName("DisableWebhook")
            .WithSummary("Switch a webhook endpoint off").Produces<WebhookBody>();
        group.MapPost("{id:guid}/enable", EnableAsync).WithName("EnableWebhook")
            .WithSummary("Switch a webhook endpoint on").Produces<WebhookBody>();
        group.MapPost("{id:guid}/test", TestAsync).WithName("TestWebhook")
            .WithSummary("Send a webhook.test event").Produces<WebhookTestBody>(StatusCodes.Status202Accepted);
        group.MapGet("{id:guid}/deliveries", DeliveriesAsync).WithName("ListWebhookDeliveries")
            .WithSummary("What was sent to a webhook endpoint, with every try").Produces<Page<OutboxMessageBody>>();
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
