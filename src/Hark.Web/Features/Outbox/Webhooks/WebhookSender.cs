using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Work;
using Hark.Data.Workspaces;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Hark.Web.Features.Outbox.Webhooks;

/// <summary>
/// Posts events as Standard Webhooks 1.0.0 says: signed, 2xx is success and nothing else is, redirects are not followed, 410 disables the endpoint, 429 and
/// 503 are waited for as long as <c>Retry-After</c> says.
/// </summary>
public sealed class WebhookSender(HarkStore store, WebhookSecrets secrets, SettingsWriter settings, OutboundHttp http) : IOutboxSender
{
    /// <summary>Of an answer, for the record: what a person needs to see, not more.</summary>
    private const int AnswerBytes = 500;

    public OutboxKind Kind => OutboxKind.Webhook;
    public RetrySchedule Schedule => RetrySchedule.Webhooks;
    public TimeSpan Timeout { get; } = TimeSpan.FromSeconds(20);
    public string? Unready => null;

    public string? DestinationOf(OutboxClaim claim) => claim.Destination;

    public async Task<Delivery> SendAsync(OutboxClaim claim, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await FindAsync(claim, cancellation) is not { } endpoint) return new Delivery.Withdrawn("The endpoint is not there any more.");
        if (endpoint.DisabledAt is not null) return new Delivery.Refused($"The endpoint is disabled ({endpoint.DisabledReason ?? "by a person"}); enable it and send this again.");
        try
        {
            using var request = Request(claim, endpoint, now);
            using var response = await http.SendAsync(request, cancellation);
            return await JudgeAsync(claim, response, now, cancellation);
        }
        catch (HttpRequestException e) when (e.GetBaseException() is PrivateAddressException refused)
        {
            return new Delivery.Refused(refused.Message);
        }
        catch (PrivateAddressException e)
        {
            return new Delivery.Refused(e.Message);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException or AuthenticationException)
        {
            return new Delivery.Failed("No connection: " + e.GetBaseException().Message, Unreachable: true);
        }
        catch (CryptographicException)
        {
            return new Delivery.Refused("The endpoint's secret cannot be read: its protection keys are gone. Rotate the secret.");
        }
    }

    private HttpRequestMessage Request(OutboxClaim claim, WebhookEndpoint endpoint, DateTimeOffset now)
    {
        var id = StandardWebhooks.IdOf(claim.MessageId);
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(claim.Payload)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", "Hark-Webhooks");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", StandardWebhooks.Seconds(now));
        request.Headers.Add("webhook-signature", StandardWebhooks.Signatures(secrets.Unprotect(endpoint.Secrets), id, now, claim.Payload));
        return request;
    }

    private async Task<Delivery> JudgeAsync(OutboxClaim claim, HttpResponseMessage response, DateTimeOffset now, CancellationToken cancellation)
    {
        if (response.IsSuccessStatusCode) return new Delivery.Delivered();
        var status = (int)response.StatusCode;
        var reason = FormattableString.Invariant($"HTTP {status}{await ExcerptAsync(response, cancellation)}");
        var retryAfter = RetryAfter(response, now);
        switch (response.StatusCode)
        {
            case HttpStatusCode.Gone:
                await DisableAsync(claim, cancellation);
                return new Delivery.Refused("HTTP 410: the receiver wants nothing more; the endpoint is disabled.");
            case HttpStatusCode.TooManyRequests:
                return new Delivery.NotNow(reason, retryAfter);
            case HttpStatusCode.ServiceUnavailable when retryAfter is not null:
                return new Delivery.NotNow(reason, retryAfter);
            case var _ when status is >= 300 and < 400:
                return new Delivery.Failed($"HTTP {status}: redirects are not followed; set the endpoint's address to where it leads.");
            default:
                return new Delivery.Failed(reason, retryAfter);
        }
    }

    private Task DisableAsync(OutboxClaim claim, CancellationToken cancellation) =>
        settings.ChangeAsync<bool>(claim.WorkspaceId, Actor.System("outbox"), async change =>
        {
            var id = Guid.Parse(claim.Destination);
            var endpoint = await change.Db.WebhookEndpoints.SingleOrDefaultAsync(e => e.WorkspaceId == claim.WorkspaceId && e.EndpointId == id, cancellation);
            if (endpoint is null || endpoint.DisabledAt is not null) return false;
            endpoint.DisabledAt = change.Now;
            endpoint.DisabledReason = "The receiver answered 410 Gone.";
            change.Audit("webhook.disabled", "webhook", claim.Destination, new { reason = endpoint.DisabledReason });
            return true;
        }, cancellation);

    private async Task<WebhookEndpoint?> FindAsync(OutboxClaim claim, CancellationToken cancellation)
    {
        if (!Guid.TryParse(claim.Destination, out var id)) return null;
        await using var db = store.Read();
        return await db.WebhookEndpoints.FirstOrDefaultAsync(e => e.WorkspaceId == claim.WorkspaceId && e.EndpointId == id, cancellation);
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now)
    {
        var wait = response.Headers.RetryAfter?.Delta ?? response.Headers.RetryAfter?.Date - now;
        return wait is { } w && w > TimeSpan.Zero ? w : null;
    }

    /// <summary>The beginning of the answer; never waits for more than that of it.</summary>
    private static async Task<string> ExcerptAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            var buffer = new byte[AnswerBytes];
            await using var body = await response.Content.ReadAsStreamAsync(cancellation);
            var read = await body.ReadAtLeastAsync(buffer, AnswerBytes, throwOnEndOfStream: false, cancellation);
            var text = new string([.. Encoding.UTF8.GetString(buffer, 0, read).Select(c => char.IsControl(c) ? ' ' : c)]).Trim();
            return text.Length == 0 ? "" : ": " + text;
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return string.Create(CultureInfo.InvariantCulture, $" ({e.Message})");
        }
    }
}
