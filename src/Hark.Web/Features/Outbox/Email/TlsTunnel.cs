using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Hark.Web.Features.Outbox.Email;

/// <summary>
/// TLS from the first byte (port 465), which <see cref="System.Net.Mail.SmtpClient"/> cannot do by itself: a listener on loopback takes the client's one
/// connection and carries it to the server inside TLS, whose certificate is checked as usual.
/// </summary>
internal sealed class TlsTunnel : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly SslStream _server;
    private readonly TcpClient _outer;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _pumping;

    private TlsTunnel(TcpListener listener, TcpClient outer, SslStream server)
    {
        (_listener, _outer, _server) = (listener, outer, server);
        _pumping = PumpAsync(_stop.Token);
    }

    /// <summary>Where the client connects: loopback, for one connection.</summary>
    public IPEndPoint Local => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Connects and shakes hands first, so that what is wrong with the server is told as such.</summary>
    public static async Task<TlsTunnel> OpenAsync(string host, int port, RemoteCertificateValidationCallback? trust, CancellationToken cancellation)
    {
        var outer = new TcpClient { NoDelay = true };
        SslStream? server = null;
        try
        {
            await outer.ConnectAsync(host, port, cancellation);
            server = new SslStream(outer.GetStream(), false, trust);
            await server.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, cancellation);
            var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start(1);
            return new TlsTunnel(listener, outer, server);
        }
        catch
        {
            if (server is not null) await server.DisposeAsync();
            outer.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _pumping;
        await _server.DisposeAsync();
        _outer.Dispose();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task PumpAsync(CancellationToken stop)
    {
        try
        {
            using var client = await _listener.AcceptTcpClientAsync(stop);
            _listener.Stop();
            var stream = client.GetStream();
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var ways = new[] { stream.CopyToAsync(_server, either.Token), _server.CopyToAsync(stream, either.Token) };
            await Task.WhenAny(ways);
            await either.CancelAsync();
            await Task.WhenAll(ways);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // One side hung up: the client notices by itself.
        }
    }
}
