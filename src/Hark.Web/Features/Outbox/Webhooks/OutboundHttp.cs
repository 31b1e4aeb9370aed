using System.Net;
using System.Net.Sockets;
using Hark.Domain.Networks;

namespace Hark.Web.Features.Outbox.Webhooks;

/// <summary>The address a request would go to is inside somebody's network.</summary>
public sealed class PrivateAddressException(string host) : Exception(
    $"{host} leads to an address that is not on the public internet; set Hark:Webhooks:AllowPrivateAddresses to true to allow it.");

/// <summary>
/// HTTP to addresses that people may choose. What counts is the address connected to: it is resolved, checked and used in one step, so a name that
/// answers differently the next time (DNS rebinding) gains nothing. No redirects, cookies or proxies, which would all lead elsewhere.
/// </summary>
public sealed class OutboundHttp(bool allowPrivate, Func<string, CancellationToken, Task<IPAddress[]>> resolve) : IDisposable
{
    private readonly HttpMessageInvoker _http = new(Handler(allowPrivate, resolve));

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation) => _http.SendAsync(request, cancellation);

    public void Dispose() => _http.Dispose();

    private static SocketsHttpHandler Handler(bool allowPrivate, Func<string, CancellationToken, Task<IPAddress[]>> resolve) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxConnectionsPerServer = 16,
        MaxResponseHeadersLength = 32,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ConnectCallback = (context, cancellation) => ConnectAsync(context.DnsEndPoint, allowPrivate, resolve, cancellation),
    };

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, bool allowPrivate, Func<string, CancellationToken, Task<IPAddress[]>> resolve,
        CancellationToken cancellation)
    {
        var addresses = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await resolve(target.Host, cancellation);
        var allowed = allowPrivate ? addresses : [.. addresses.Where(PublicAddress.IsPublic)];
        if (allowed.Length == 0 && addresses.Length > 0) throw new PrivateAddressException(target.Host);
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
