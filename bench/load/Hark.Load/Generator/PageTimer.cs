using System.Diagnostics;
using System.Text;

namespace Hark.Load.Generator;

/// <summary>Times of one GET, asked again and again by one client.</summary>
/// <param name="Median">Milliseconds until the last byte.</param>
internal readonly record struct PageTime(int Status, double Median, double Worst);

/// <summary>Asks for pages.</summary>
/// <param name="header">Says who asks: a personal token or the cookie of a session.</param>
internal sealed class PageTimer(int port, string header) : IDisposable
{
    private readonly RawClient _client = new(port);

    /// <summary>One answer not counted, then the median of <paramref name="times"/>. A status other than 200 ends it.</summary>
    public PageTime Get(string path, int times)
    {
        var request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{header}\r\n\r\n");
        if (_client.Exchange(request) is { Status: not 200 and var status }) return new(status, 0, 0);
        var all = new double[times];
        for (var i = 0; i < times; i++)
        {
            var before = Stopwatch.GetTimestamp();
            _client.Exchange(request);
            all[i] = Stopwatch.GetElapsedTime(before).TotalMilliseconds;
        }
        Array.Sort(all);
        return new(200, all[times / 2], all[^1]);
    }

    public void Dispose() => _client.Dispose();
}
