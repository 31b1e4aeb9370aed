using BenchmarkDotNet.Attributes;
using Hark.Domain.Signals;
using Hark.Domain.Signals.Mapping;

namespace Hark.Bench.Import;

/// <summary>Claim: mapping a row of a file costs microseconds and allocates little more than the draft, so that an import is as fast as the store.</summary>
public class Mapping
{
    private static readonly string[] Columns = ["review_id", "order_id", "score", "comment", "created_at", "email"];
    private readonly Row _row = new("r-1", "o-1", "4", "Arrived two days late, but well packed.", "2026-11-20 10:15:00", "ana@example.com");
    private readonly SignalMapper _mapper;

    public Mapping()
    {
        var guess = MappingGuess.Guess(FileFormat.Csv, Columns, [.. Enumerable.Range(0, 20).Select(i => new[] { $"r-{i}", $"o-{i}", $"{1 + (i % 5)}", "Late again.", "2026-11-20 10:15:00", $"p{i}@example.com" })]);
        _mapper = SignalMapper.Bind(guess, Columns, []).Value;
    }

    [Benchmark]
    public object MapRow() => _mapper.Map(_row, out _);

    private sealed class Row(params string[] cells) : IRecordCells
    {
        public Scalar Cell(int column) => Scalar.Of(cells[column]);
    }
}
