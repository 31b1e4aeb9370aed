using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Work;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Networks;
using Hark.Domain.Workspaces;
using Hark.Web.Infrastructure.Settings;
using Microsoft.EntityFrameworkCore;

namespace Hark.Web.Features.Outbox.Webhooks;

/// <summary>What may be said about an endpoint besides its key.</summary>
/// <param name="Topics">Exact names or prefixes ending in <c>.*</c>; none means all.</param>
public sealed record WebhookSettings(string Url, IReadOnlyList<string> Topics);

/// <summary>An endpoint with the secret just made for it: the only time it can be seen.</summary>
public sealed record NewSecret(WebhookEndpoint Endpoint, string Secret);

/// <summary>Webhook endpoints: made, changed, switched off and on, never deleted, because messages name them.</summary>
public sealed partial class WebhookAdmin(SettingsWriter writer, WebhookSecrets secrets, OutboxQueue queue, HarkStore store, HarkOptions options, TimeProvider time)
{
    public const string TestTopic = "webhook.test";
    private const int LongestUrl = 2000, MostTopics = 50;

    /// <param name="key">Its name in rules, never changed.</param>
    /// <returns>The endpoint with its secret; <c>invalid_input</c>; <c>conflict</c> when the key is taken.</returns>
    public Task<Result<NewSecret>> CreateAsync(Guid workspaceId, string key, WebhookSettings settings, Actor actor, CancellationToken cancellation = default)
    {
        var secret = StandardWebhooks.NewSecret();
        var kept = secrets.Protect([secret]);
        return writer.ChangeAsync<NewSecret>(workspaceId, actor, change =>
        {
            var errors = Check(settings);
            if (!KeyShape().IsMatch(key)) errors.Add("/key", "must be 1 to 50 lower-case letters, digits, - or _, beginning with a letter or digit");
            if (errors.Any) return Task.FromResult<Result<NewSecret>>(Error.Invalid(errors));
            var endpoint = new WebhookEndpoint
            {
                WorkspaceId = workspaceId,
                EndpointId = change.NewId(),
                Key = key,
                Url = settings.Url,
                Topics = string.Join(',', settings.Topics),
                Secrets = kept,
                CreatedAt = change.Now,
            };
            change.Db.WebhookEndpoints.Add(endpoint);
            change.Audit("webhook.created", "webhook", endpoint.EndpointId.ToString(), new { key, settings.Url, settings.Topics });
            return Task.FromResult<Result<NewSecret>>(new NewSecret(endpoint, secret));
        }, cancellation);
    }

    public Task<Result<WebhookEndpoint>> UpdateAsync(Guid workspaceId, Guid endpointId, Func<WebhookSettings, WebhookSettings> edit, Actor actor,
        CancellationToken cancellation = default) =>
        ChangeAsync(workspaceId, endpointId, actor, (change, endpoint) =>
        {
            var before = new WebhookSettings(endpoint.Url, TopicsOf(endpoint));
            var after = edit(before);
            if (Check(after) is { Any: true } errors) return Error.Invalid(errors);
            (endpoint.Url, endpoint.Topics) = (after.Url, string.Join(',', after.Topics));
            change.Audit("webhook.changed", "webhook", endpointId.ToString(), new { before, after });
            return endpoint;
        }, cancellation);

    /// <summary>Makes a new secret; the one before signs beside it until the next rotation.</summary>
    /// <returns>The endpoint with its new secret; <c>conflict</c> when somebody else rotated it at the same moment.</returns>
    public async Task<Result<NewSecret>> RotateAsync(Guid workspaceId, Guid endpointId, Actor actor, CancellationToken cancellation = default)
    {
        if (await FindAsync(workspaceId, endpointId, cancellation) is not { } found) return Error.NotFound("webhook");
        var secret = StandardWebhooks.NewSecret();
        var kept = secrets.Protect([secret, .. StillReadable(found.Secrets)]);
        var changed = await ChangeAsync(workspaceId, endpointId, actor, (change, endpoint) =>
        {
            if (endpoint.Secrets != found.Secrets)
                return new Error(ErrorKind.Conflict, ErrorCodes.Conflict, "The secret was rotated by somebody else just now; look again before rotating it once more.");
            endpoint.Secrets = kept;
            change.Audit("webhook.secret_rotated", "webhook", endpointId.ToString());
            return endpoint;
        }, cancellation);
        return changed.Error is { } error ? error : new NewSecret(changed.Value, secret);
    }

    /// <summary>Switches it off: what is sent to it from now on is parked.</summary>
    public Task<Result<WebhookEndpoint>> DisableAsync(Guid workspaceId, Guid endpointId, Actor actor, CancellationToken cancellation = default) =>
        ChangeAsync(workspaceId, endpointId, actor, (change, endpoint) =>
        {
            if (endpoint.DisabledAt is not null) return endpoint;
            endpoint.DisabledAt = change.Now;
            change.Audit("webhook.disabled", "webhook", endpointId.ToString());
            return endpoint;
        }, cancellation);

    /// <summary>Switches it on again. What was parked meanwhile is sent again one by one, by a person.</summary>
    public Task<Result<WebhookEndpoint>> EnableAsync(Guid workspaceId, Guid endpointId, Actor actor, CancellationToken cancellation = default) =>
        ChangeAsync(workspaceId, endpointId, actor, (change, endpoint) =>
        {
            if (endpoint.DisabledAt is null) return endpoint;
            (endpoint.DisabledAt, endpoint.DisabledReason) = (null, null);
            change.Audit("webhook.enabled", "webhook", endpointId.ToString());
            return endpoint;
        }, cancellation);

    /// <summary>Sends a <c>webhook.test</c> event, whatever topics the endpoint asked for.</summary>
    /// <returns>The message's id, by which its tries can be seen; <c>conflict</c> when the endpoint is disabled.</returns>
    public async Task<Result<Guid>> TestAsync(Guid workspaceId, Guid endpointId, CancellationToken cancellation = default)
    {
        if (await FindAsync(workspaceId, endpointId, cancellation) is not { } endpoint) return Error.NotFound("webhook");
        if (endpoint.DisabledAt is not null) return new Error(ErrorKind.Conflict, ErrorCodes.Conflict, "The endpoint is disabled; enable it first.");
        var now = time.Now();
        var body = OutboxMessages.WebhookBody(TestTopic, data => Describe(data, endpoint), now);
        var message = OutboxMessages.Webhook(workspaceId, endpointId, TestTopic, body, now);
        await store.WriteAsync(db => queue.EnqueueAsync(db, [message], cancellation), cancellation);
        queue.Wake.Notify();
        return message.MessageId;
    }

    public async Task<WebhookEndpoint?> FindAsync(Guid workspaceId, Guid endpointId, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        return await db.WebhookEndpoints.SingleOrDefaultAsync(e => e.WorkspaceId == workspaceId && e.EndpointId == endpointId, cancellation);
    }

    public static IReadOnlyList<string> TopicsOf(WebhookEndpoint endpoint) =>
        endpoint.Topics.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private Task<Result<WebhookEndpoint>> ChangeAsync(Guid workspaceId, Guid endpointId, Actor actor,
        Func<SettingsChange, WebhookEndpoint, Result<WebhookEndpoint>> work, CancellationToken cancellation) =>
        writer.ChangeAsync(workspaceId, actor, async change =>
        {
            var endpoint = await change.Db.WebhookEndpoints.SingleOrDefaultAsync(e => e.WorkspaceId == workspaceId && e.EndpointId == endpointId, cancellation);
            return endpoint is null ? Error.NotFound("webhook") : work(change, endpoint);
        }, cancellation);

    private InputErrors Check(WebhookSettings settings)
    {
        var errors = new InputErrors();
        if (ReasonAgainst(settings.Url) is { } reason) errors.Add("/url", reason);
        if (settings.Topics.Count > MostTopics) errors.Add("/topics", FormattableString.Invariant($"must be {MostTopics} or fewer"));
        for (var i = 0; i < Math.Min(settings.Topics.Count, MostTopics); i++)
            if (!TopicShape().IsMatch(settings.Topics[i]))
                errors.Add(FormattableString.Invariant($"/topics/{i}"), "must be a topic such as case.opened, or a prefix such as case.*");
        return errors;
    }

    /// <summary>Names are resolved only when something is sent; a literal address is judged here already, to say it at once.</summary>
    private string? ReasonAgainst(string text)
    {
        if (text.Length > LongestUrl) return FormattableString.Invariant($"must have {LongestUrl} characters or fewer");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.UserInfo.Length > 0 || url.Fragment.Length > 0)
            return "must be an https address without user name and fragment";
        if (options.WebhooksMayReachPrivateAddresses) return null;
        if (url.Scheme != "https") return "must begin with https://";
        return IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out var address) && !PublicAddress.IsPublic(address) || url.IsLoopback
            ? "must lead to the public internet; an operator can allow others with Hark:Webhooks:AllowPrivateAddresses" : null;
    }

    private IEnumerable<string> StillReadable(string kept)
    {
        try
        {
            return secrets.Unprotect(kept);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return [];
        }
    }

    private static void Describe(Utf8JsonWriter json, WebhookEndpoint endpoint)
    {
        json.WriteStartObject();
        json.WriteString("endpoint_id", endpoint.EndpointId);
        json.WriteString("key", endpoint.Key);
        json.WriteEndObject();
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]{0,49}$")]
    private static partial Regex KeyShape();

    [GeneratedRegex(@"^[a-z0-9_]{1,50}(\.[a-z0-9_]{1,50}){0,5}(\.\*)?$")]
    private static partial Regex TopicShape();
}
