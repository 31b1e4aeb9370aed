using System.Buffers;
using System.IO.Compression;
using Hark.Domain.Common;
using Hark.Web.Infrastructure.Problems;

namespace Hark.Web.Features.Intake;

/// <summary>
/// A whole request body in a pooled buffer, unpacked where it came as gzip. The limit holds for what comes over the wire and for what it unpacks to, so a
/// small body cannot become a large one.
/// </summary>
internal sealed class RequestBody : IDisposable
{
    private const int FirstSize = 4 * 1024;
    private byte[] _buffer;
    private int _length;

    private RequestBody(int size) => _buffer = ArrayPool<byte>.Shared.Rent(size);

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>Why there is no body to work with; null when there is.</summary>
    public Error? Error { get; private set; }

    public static async Task<RequestBody> ReadAsync(HttpRequest request, int maxBytes)
    {
        var encoding = request.Headers.ContentEncoding.ToString().Trim().ToLowerInvariant();
        var size = encoding.Length == 0 && request.ContentLength is { } length && length <= maxBytes ? (int)length + 1 : FirstSize;
        var body = new RequestBody(Math.Max(size, 1));
        if (encoding is "" or "identity") await body.FillAsync(request.Body, maxBytes, request.HttpContext.RequestAborted);
        else if (encoding is "gzip" or "x-gzip") await body.UnpackAsync(request.Body, maxBytes, request.HttpContext.RequestAborted);
        else body.Error = new Error(ErrorKind.Invalid, ErrorCodes.UnsupportedMediaType, "Send the body plain or with Content-Encoding: gzip.");
        return body;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private async Task UnpackAsync(Stream packed, int maxBytes, CancellationToken aborted)
    {
        try
        {
            await using var unpacked = new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true);
            await FillAsync(unpacked, maxBytes, aborted);
        }
        catch (InvalidDataException)
        {
            Error = new Error(ErrorKind.Invalid, ErrorCodes.InvalidInput, "The body says it is gzip and is not, or is cut off.");
        }
    }

    private async Task FillAsync(Stream stream, int maxBytes, CancellationToken aborted)
    {
        while (true)
        {
            if (_length == _buffer.Length) Grow(maxBytes);
            var room = Math.Min(_buffer.Length, maxBytes + 1) - _length;
            var read = await stream.ReadAsync(_buffer.AsMemory(_length, room), aborted);
            if (read == 0) return;
            _length += read;
            if (_length <= maxBytes) continue;
            Error = StatusProblems.Of(StatusCodes.Status413PayloadTooLarge);
            return;
        }
    }

    private void Grow(int maxBytes)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(_buffer.Length * 4, maxBytes + 1));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
