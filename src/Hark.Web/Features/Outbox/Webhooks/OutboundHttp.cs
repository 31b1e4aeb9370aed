using System.Net;
using System.Net.Sockets;
using Hark.Domain.Networks;

namespace Hark.Web.Features.Outbox.Webhooks;

/// <summary>The address a request would go to is inside somebody's network.</summary>
/// <param name="setting">The operator's permission for the use.</param>
public sealed class PrivateAddressException(string host, string setting) : Exception(
    $"{host} leads to an address that is not on the public internet; set {setting} to true to allow it.");

/// <summary>
/// HTTP to addresses that people may choose. What counts is the address connected to: it is resolved, checked and used in one step, so a name that
/// answers differently the next time (DNS rebinding) gains nothing. No redirects, cookies or proxies, which would all lead elsewhere.
/// </summary>
/// <param name="setting">The operator's setting that <paramref name="allowPrivate"/> comes from.</param>
public sealed class OutboundHttp(bool allowPrivate, Func<string, CancellationToken, Task<IPAddress[]>> resolve, string setting = OutboundHttp.OfWebhooks) : IDisposable
{
    public const string OfWebhooks = "Hark:Webhooks:AllowPrivateAddresses";

    private readonly HttpMessageInvoker _http = new(Handler(allowPrivate, resolve, setting));

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation) => _http.SendAsync(request, cancellation);

    public void Dispose() => _http.Dispose();

    private static SocketsHttpHandler Handler(bool allowPrivate, Func<string, CancellationToken, Task<IPAddress[]>> resolve, string setting) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxConnectionsPerServer = 16,
        MaxResponseHeadersLength = 32,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ConnectCallback = (context, cancellation) => ConnectAsync(context.DnsEndPoint, allowPrivate, resolve, setting, cancellation),
    };

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, bool allowPrivate, Func<string, CancellationToken, Task<IPAddress[]>> resolve, string setting,
        CancellationToken cancellation)
    {
        var addresses = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await resolve(target.Host, cancellation);
        var allowed = allowPrivate ? addresses : [.. addresses.Where(PublicAddress.IsPublic)];
        if (allowed.Length == 0 && addresses.Length > 0) throw new PrivateAddressException(target.Host, setting);
        if (allowed.Length == 0) throw new SocketException((int)SocketError.HostNotFound);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
