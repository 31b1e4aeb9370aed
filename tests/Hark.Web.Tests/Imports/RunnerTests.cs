using System.Globalization;
using System.Text;
using System.Text.Json;
using Hark.Domain.Signals;
using Hark.Testing;
using Hark.Web.Features.Imports;
using Hark.Web.Features.Imports.Reading;
using Xunit;

namespace Hark.Web.Tests.Imports;

public sealed class RunnerTests : IDisposable
{
    private const string Plain = """{ "fields": { "id": "id", "text": "text" } }""";
    private readonly string _folder = Directory.CreateTempSubdirectory("hark-import-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_file_read_again_stores_nothing_twice()
    {
        var (sink, checkpoint, file) = (new MemorySink(), new MemoryCheckpoint(), Imports.File(Csv(2500)));
        var first = await Imports.RunAsync(file, Plain, sink, checkpoint);
        var second = await Imports.RunAsync(file, Plain, sink, checkpoint);
        Assert.Equal(new ImportCounts(2500, 2500, 0, 0, 0, 0), first.Counts);
        Assert.Equal(new ImportCounts(2500, 0, 2500, 0, 0, 0), second.Counts);
        Assert.Equal(0, second.ResumedAt);
    }

    [Fact]
    public async Task Records_without_an_id_are_known_again_by_content_and_place()
    {
        var (sink, file) = (new MemorySink(), Imports.File("text\nsame\nsame\nother\n"));
        var first = await Imports.RunAsync(file, """{ "fields": { "text": "text" } }""", sink);
        var second = await Imports.RunAsync(file, """{ "fields": { "text": "text" } }""", sink);
        Assert.Equal((3, true), (first.Counts.Stored, first.WithoutId));
        Assert.Equal(3, second.Counts.Duplicates);
    }

    [Fact]
    public async Task A_cancelled_import_goes_on_where_it_stopped()
    {
        using var stop = new CancellationTokenSource();
        var (checkpoint, file) = (new MemoryCheckpoint(), Imports.File(Csv(6000)));
        var sink = new MemorySink { BeforeBatch = n => { if (n == 2) stop.Cancel(); } };
        var first = await Imports.RunAsync(file, Plain, sink, checkpoint, cancellation: stop.Token);
        Assert.True(first.Interrupted);
        Assert.Equal(2000, first.Counts.Read);
        Assert.Equal(2000, sink.Stored.Count);

        sink.BeforeBatch = null;
        var second = await Imports.RunAsync(file, Plain, sink, checkpoint);
        Assert.Equal(2000, second.ResumedAt);
        Assert.Equal(new ImportCounts(6000, 6000, 0, 0, 0, 0), second.Counts);
        Assert.Equal(6000, sink.Stored.Count);
    }

    [Fact]
    public async Task A_store_that_fails_leaves_a_place_to_go_on_from()
    {
        var (checkpoint, file) = (new MemoryCheckpoint(), Imports.File(Csv(6000)));
        var sink = new MemorySink { BeforeBatch = n => { if (n == 4) throw new ImportFailedException("full"); } };
        await Assert.ThrowsAsync<ImportFailedException>(() => Imports.RunAsync(file, Plain, sink, checkpoint));
        Assert.InRange(checkpoint.Last.Read, 1, 3000);
        sink.BeforeBatch = null;
        var second = await Imports.RunAsync(file, Plain, sink, checkpoint);
        Assert.Equal(6000, second.Counts.Read);
        Assert.Equal(6000, sink.Stored.Select(s => s.Id).Distinct().Count());
        Assert.Equal(6000, sink.Stored.Count);
    }

    [Fact]
    public void Another_mapping_or_a_longer_file_starts_anew()
    {
        var file = Imports.File(Csv(10));
        var mapping = Imports.Mapping(Plain);
        Assert.Equal(file.Fingerprint(mapping), Imports.File(Csv(10)).Fingerprint(mapping));
        Assert.NotEqual(file.Fingerprint(mapping), Imports.File(Csv(11)).Fingerprint(mapping));
        Assert.NotEqual(file.Fingerprint(mapping), file.Fingerprint(mapping with { Zone = "Europe/Prague" }));
    }

    [Fact]
    public async Task Rejects_go_to_a_file_with_line_reason_and_record()
    {
        var path = Path.Combine(_folder, "r.ndjson");
        const string Mapping = """{ "fields": { "id": "id", "rating.scale": { "constant": "nps" }, "rating.value": "score" } }""";
        var summary = await Imports.RunAsync(Imports.File("id,score\n1,5\n2,\"five,\"\n3\n4,6\n"), Mapping, rejects: path);
        Assert.Equal((4, 2, 2), (summary.Counts.Read, summary.Counts.Stored, summary.Counts.Rejected));
        var lines = (await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken)).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal([3, 4], lines.Select(l => l.GetProperty("line").GetInt32()));
        Assert.Contains("rating/value", lines[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("2,\"five,\"", lines[0].GetProperty("raw").GetString());
        await Imports.RunAsync(Imports.File("id,score\n1,5\n"), Mapping, rejects: path);
        Assert.False(File.Exists(path), "a clean run leaves no rejects of an earlier one behind");
    }

    [Fact]
    public async Task Only_the_last_of_what_belongs_together_is_kept()
    {
        var sink = new MemorySink();
        var summary = await Imports.RunAsync(Imports.File("nr,mod,state\nA,0,new\nB,9,new\nA,10,closed\nA,2,open\nB,9,closed\n"),
            """{ "keep": { "last_by": ["nr"], "order": "mod" }, "fields": { "id": "nr", "text": "state" } }""", sink);
        Assert.Equal(["closed", "closed"], sink.Stored.Select(s => s.Text));
        Assert.Equal((5, 2, 3), (summary.Counts.Read, summary.Counts.Stored, summary.Counts.Skipped));
    }

    [Fact]
    public async Task A_mapping_to_a_missing_column_or_file_is_an_error_before_anything_is_stored()
    {
        var sink = new MemorySink();
        var runner = new ImportRunner(sink, new MemoryCheckpoint());
        var column = await runner.RunAsync(new ImportJob(Imports.File("id,text\n1,a\n"), Imports.Mapping("""{ "fields": { "text": "txt" } }"""), null), CancellationToken.None);
        Assert.Contains("there is no column 'txt' in the file; did you mean 'text'?; there are 'id', 'text'", column.Error!.Fields!["/fields/text"]);
        var join = await runner.RunAsync(new ImportJob(Imports.File("id,text\n1,a\n") with { Folder = _folder },
            Imports.Mapping("""{ "joins": { "o": { "file": "no.csv", "key": "id" } }, "fields": { "text": "o.text" } }"""), null), CancellationToken.None);
        Assert.Contains("there is no file 'no.csv'", Assert.Single(join.Error!.Fields!["/joins/o/file"]), StringComparison.Ordinal);
        Assert.Equal(0, sink.Batches);
    }

    [Fact]
    public async Task A_dry_run_checks_as_the_intake_does()
    {
        var time = new ManualTime();
        var origin = new SignalOrigin(Guid.Empty, Guid.Empty, "s", Channel.Web, SignalKind.Direct, null, null) { IsHistory = true };
        var result = await new ImportRunner(new DryRunSink(new SignalPreparer([]), origin, time), new NoCheckpoint()).RunAsync(new ImportJob(
            Imports.File("id,when,score\n1,2012-01-01,5\n2,1812-01-01,5\n3,2026-01-01,11\n"),
            Imports.Mapping("""{ "fields": { "id": "id", "occurred_at": "when", "rating.scale": { "constant": "nps" }, "rating.value": "score" } }"""), null), CancellationToken.None);
        Assert.Equal((1, 2), (result.Value.Counts.Stored, result.Value.Counts.Rejected));
        Assert.Equal([3L, 4L], result.Value.Rejects.Select(r => r.Line));
        Assert.Equal("1", result.Value.Samples[0].Id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Memory_does_not_grow_with_the_file(bool json)
    {
        const int Rows = 200_000;
        var row = json ? "{\"id\":\"00000000\",\"text\":\"" + new string('x', 250) + "\"}\n" : "00000000,\"" + new string('x', 270) + "\"\n";
        var file = new ImportFile("big", () => new EndlessStream(json ? "" : "id,text\n", row, Rows), null, "");
        using var reader = RecordReaders.Open(file, Imports.Mapping(Plain));
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

    private static string Csv(int records)
    {
        var csv = new StringBuilder("id,text\n");
        for (var i = 1; i <= records; i++) csv.Append(CultureInfo.InvariantCulture, $"{i},text {i}\n");
        return csv.ToString();
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
