using System.Net;
using System.Net.Sockets;

namespace Hark.Load.Hosting;

/// <summary>Ports of the loopback address.</summary>
internal static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until somebody listens, asking every few milliseconds.</summary>
    /// <exception cref="TimeoutException">Nobody did.</exception>
    public static async Task AwaitAsync(int port, Func<string?> ended, CancellationToken cancellation)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(60))
        {
            if (ended() is { } why) throw new InvalidOperationException(why);
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, port, cancellation);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(4), TimeProvider.System, cancellation);
            }
        }
        throw new TimeoutException($"Nobody listens on port {port} after a minute.");
    }
}
