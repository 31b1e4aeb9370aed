using System.Security.Cryptography;
using System.Text;
using Hark.Domain.Signals.Mapping;

namespace Hark.Web.Features.Imports.Reading;

/// <summary>A file that can be opened several times: to look at it, and then to read it.</summary>
/// <param name="Open">A new stream from the beginning.</param>
/// <param name="Length">In bytes; null where it is not known.</param>
/// <param name="Folder">Where files to be joined are looked for.</param>
public sealed record ImportFile(string Name, Func<Stream> Open, long? Length, string Folder)
{
    private const int HeadBytes = 1024 * 1024, SampleBytes = 64 * 1024, Samples = 16;

    public static ImportFile FromPath(string path) => new(Path.GetFileName(path),
        () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan),
        new FileInfo(path).Length, Path.GetDirectoryName(Path.GetFullPath(path))!);

    /// <summary>The encoding named, or the one that the content shows.</summary>
    public Encoding Encoding(string? named)
    {
        using var stream = Open();
        var head = Piece(stream, HeadBytes);
        if (FileEncodings.ByteOrderMark(head, out _) is { } marked) return marked;
        if (named is not null) return FileEncodings.Find(named)!;
        var samples = new List<byte[]>();
        for (var i = 1; stream.CanSeek && i <= Samples && stream.Length > HeadBytes + SampleBytes; i++)
        {
            stream.Position = HeadBytes + (stream.Length - HeadBytes - SampleBytes) / Samples * i;
            samples.Add(Piece(stream, SampleBytes));
        }
        return FileEncodings.Guess(head, samples);
    }

    /// <summary>The first bytes as UTF-8, for a look at the content.</summary>
    public byte[] Head(Encoding encoding, int size)
    {
        using var stream = OpenUtf8(encoding, null);
        return Piece(stream, size);
    }

    /// <summary>The content in UTF-8 without a byte order mark.</summary>
    /// <param name="counter">Told of the bytes of the file as they are read.</param>
    public Stream OpenUtf8(Encoding encoding, Action<int>? counter)
    {
        var stream = new PrefixStream(Open(), counter);
        _ = FileEncodings.ByteOrderMark(stream.Peek(4), out var mark);
        stream.Skip(mark);
        return encoding.CodePage is 65001 or 20127 ? stream : System.Text.Encoding.CreateTranscodingStream(stream, encoding, System.Text.Encoding.UTF8);
    }

    /// <summary>SHA-256 of size, mapping and the first and last megabyte: the same file with the same mapping goes on where it stopped.</summary>
    public string Fingerprint(SignalMapping mapping)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var stream = Open();
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{Length}\n{mapping.ToJson()}\n"));
        hash.AppendData(Piece(stream, HeadBytes));
        if (stream.CanSeek && stream.Length > HeadBytes)
        {
            stream.Position = Math.Max(HeadBytes, stream.Length - HeadBytes);
            hash.AppendData(Piece(stream, HeadBytes));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[] Piece(Stream stream, int size)
    {
        var buffer = new byte[size];
        var length = stream.ReadAtLeast(buffer, size, throwOnEndOfStream: false);
        return buffer[..length];
    }
}

/// <summary>Lets the first bytes be looked at, and counts what is read.</summary>
internal sealed class PrefixStream(Stream inner, Action<int>? counter) : Stream
{
    private byte[] _prefix = [];
    private int _at;

    public ReadOnlySpan<byte> Peek(int size)
    {
        _prefix = new byte[size];
        _prefix = _prefix[..inner.ReadAtLeast(_prefix, size, throwOnEndOfStream: false)];
        return _prefix;
    }

    public void Skip(int bytes)
    {
        _at += bytes;
        counter?.Invoke(bytes);
    }

    public override int Read(Span<byte> buffer)
    {
        int read;
        if (_at < _prefix.Length)
        {
            read = Math.Min(buffer.Length, _prefix.Length - _at);
            _prefix.AsSpan(_at, read).CopyTo(buffer);
            _at += read;
        }
        else read = inner.Read(buffer);
        counter?.Invoke(read);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
