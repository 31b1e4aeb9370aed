using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace Hark.Load.Generator;

/// <summary>What was answered.</summary>
/// <param name="RetryAfter">Whether the answer said when to come back.</param>
internal readonly record struct Reply(int Status, bool RetryAfter, long BodyBytes);

/// <summary>
/// One HTTP/1.1 connection over a blocking socket: two system calls an exchange and no allocation, because the generator shares the cores with what it measures
/// (HttpClient costs as much as the whole of Kestrel's echo). Understands what Kestrel answers, and nothing else.
/// </summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 30_000, SendTimeout = 30_000 };
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _from, _to;

    public RawClient(int port) => _socket.Connect(IPAddress.Loopback, port);

    public Reply Exchange(ReadOnlySpan<byte> request)
    {
        while (request.Length > 0) request = request[_socket.Send(request)..];
        return Read(null);
    }

    /// <summary>The same, with the body copied out.</summary>
    public Reply Exchange(ReadOnlySpan<byte> request, Stream body)
    {
        while (request.Length > 0) request = request[_socket.Send(request)..];
        return Read(body);
    }

    public void Dispose() => _socket.Dispose();

    private Reply Read(Stream? into)
    {
        var status = Number(ReadLine()["HTTP/1.1 ".Length..][..3]);
        long length = 0;
        bool chunked = false, retryAfter = false;
        for (var line = ReadLine(); line.Length > 0; line = ReadLine())
        {
            if (line.StartsWith("Content-Length: "u8)) length = Number(line["Content-Length: ".Length..]);
            else if (line.StartsWith("Transfer-Encoding: chunked"u8)) chunked = true;
            else if (line.StartsWith("Retry-After: "u8)) retryAfter = true;
        }
        if (!chunked) Take(length, into);
        else length = TakeChunks(into);
        return new Reply(status, retryAfter, length);
    }

    private long TakeChunks(Stream? into)
    {
        for (long total = 0; ;)
        {
            if (!Utf8Parser.TryParse(ReadLine(), out int size, out _, 'X')) throw new InvalidDataException("not a chunk");
            Take(size, into);
            ReadLine();
            if (size == 0) return total;
            total += size;
        }
    }

    private void Take(long count, Stream? into)
    {
        while (count > 0)
        {
            if (_from == _to) Fill();
            var part = (int)Math.Min(count, _to - _from);
            into?.Write(_buffer, _from, part);
            _from += part;
            count -= part;
        }
    }

    private ReadOnlySpan<byte> ReadLine()
    {
        for (var searched = 0; ;)
        {
            var at = _buffer.AsSpan(_from + searched, _to - _from - searched).IndexOf((byte)'\n');
            if (at >= 0)
            {
                var line = _buffer.AsSpan(_from, searched + at);
                _from += searched + at + 1;
                return line is [.., (byte)'\r'] ? line[..^1] : line;
            }
            searched = _to - _from;
            Fill();
        }
    }

    /// <summary>Receives more; what is there and was not taken stays.</summary>
    private void Fill()
    {
        if (_from > 0)
        {
            _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
            (_from, _to) = (0, _to - _from);
        }
        if (_to == _buffer.Length) throw new InvalidDataException("a header line of 64 KiB");
        var read = _socket.Receive(_buffer.AsSpan(_to));
        if (read == 0) throw new IOException("the server closed the connection");
        _to += read;
    }

    private static int Number(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out int value, out _) ? value : throw new InvalidDataException("not a number");
}
