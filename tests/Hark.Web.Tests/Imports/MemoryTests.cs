using System.Text;
using Hark.Web.Features.Imports.Reading;
using Xunit;

namespace Hark.Web.Tests.Imports;

/// <summary>What it measures is the memory of the whole process, so nothing may run beside it.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
[Collection(nameof(MemoryTests))]
public sealed class MemoryTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Memory_does_not_grow_with_the_file(bool json)
    {
        const int Rows = 200_000;
        var row = json ? "{\"id\":\"00000000\",\"text\":\"" + new string('x', 250) + "\"}\n" : "00000000,\"" + new string('x', 270) + "\"\n";
        var file = new ImportFile("big", () => new EndlessStream(json ? "" : "id,text\n", row, Rows), null, "");
        using var reader = RecordReaders.Open(file, Imports.Mapping("""{ "fields": { "id": "id", "text": "text" } }"""));
        var (start, peak) = (0L, 0L);
        while (reader.Read())
        {
            Assert.Null(reader.Defect);
            if (reader.Number == 1000) start = GC.GetTotalMemory(forceFullCollection: true);
            if (reader.Number % 50_000 == 0) peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
        }
        Assert.Equal(Rows, reader.Number);
        Assert.InRange(peak - start, long.MinValue, 2 * 1024 * 1024);
    }

    /// <summary>A file made while it is read.</summary>
    private sealed class EndlessStream(string head, string row, int rows) : Stream
    {
        private const int RowsInBlock = 1000;
        private readonly byte[] _head = Encoding.UTF8.GetBytes(head);
        private readonly byte[] _block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(row, RowsInBlock)));
        private long _at;

        public override int Read(Span<byte> buffer)
        {
            var (from, at) = _at < _head.Length ? (_head, (int)_at) : (_block, (int)((_at - _head.Length) % _block.Length));
            if (_at >= _head.Length + (long)_block.Length / RowsInBlock * rows) return 0;
            var count = Math.Min(buffer.Length, from.Length - at);
            from.AsSpan(at, count).CopyTo(buffer);
            _at += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => _at; set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
