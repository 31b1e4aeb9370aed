using FsCheck;
using FsCheck.Fluent;
using Hark.Domain.Statistics;
using Xunit;

namespace Hark.Domain.Tests.Statistics;

public sealed class DDSketchTests
{
    // Milliseconds from 0 to about 30 years, small and large ones alike.
    private static readonly Gen<long> Durations =
        from digits in Gen.Choose(0, 12)
        from value in Gen.Choose(0, 999_999)
        select (long)(value * Math.Pow(10, digits - 6));

    [Theory]
    [InlineData(1, 0, .99)]
    [InlineData(3.2, 59, 3.221957)]
    [InlineData(100, 231, 100.494568)]
    [InlineData(1000, 346, 1002.428009)]
    public void Bin_and_estimate_of_a_value(double value, int index, double estimate)
    {
        var sketch = SketchOf(value);
        Assert.Equal(index, sketch.IndexOf(value));
        Assert.Equal(estimate, sketch.Quantile(0.5)!.Value, 5.1e-7);
    }

    [Fact]
    public void Bins_needed_for_the_ranges_of_the_paper()
    {
        // At 2 %: 276 from 1 ms to 1 minute, 803 from 1 ns to 1 day.
        var sketch = new DDSketch(200);
        Assert.Equal(276, sketch.IndexOf(60_000) - sketch.IndexOf(1));
        Assert.Equal(803, sketch.IndexOf(86_400e9) - sketch.IndexOf(1));
        var fine = new DDSketch();
        Assert.Equal(2764, fine.MaxIndex - fine.MinIndex + 1, 1.0);
    }

    [Fact]
    public void Every_quantile_is_within_the_relative_error() => Prop.ForAll(
        (from values in Durations.NonEmptyListOf()
         from q in Gen.Choose(0, 1000)
         from accuracy in Gen.Elements(10, 100, 1000)
         select (values, q: q / 1000.0, accuracy)).ToArbitrary(),
        c =>
        {
            var sketch = new DDSketch(c.accuracy);
            foreach (var value in c.values) sketch.Add(value);
            var exact = c.values.Order().ElementAt((int)Math.Floor(c.q * (c.values.Count - 1)));
            return Math.Abs(sketch.Quantile(c.q)!.Value - exact) <= exact * ((c.accuracy / 10_000.0) + 1e-9);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Order_of_adding_merging_and_taking_away_does_not_show() => Prop.ForAll(
        Durations.ListOf().Three().ToArbitrary(),
        c =>
        {
            var (a, b, removed) = c;
            var expected = SketchOf([.. a.Concat(b).Select(v => (double)v)]).ToBytes();

            var merged = Of(b);
            merged.Merge(Of(removed));
            merged.Merge(Of(a));
            merged.Subtract(Of(removed));

            // The difference is stored and read before what it is taken from arrives, as on a second node.
            var difference = new DDSketch();
            difference.Subtract(Of(removed));
            difference = DDSketch.FromBytes(difference.ToBytes());
            difference.Merge(Of([.. removed, .. a]).ToBytes());
            foreach (var value in b) difference.Add(value);

            return merged.ToBytes().SequenceEqual(expected) && difference.ToBytes().SequenceEqual(expected);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Bytes_are_read_back()
    {
        var sketch = SketchOf(0, 0, 1e-12, 1e-9, 0.5, 17, 17, 3_600_000, 1e15);
        sketch.Add(250, 5_000_000_000);
        var read = DDSketch.FromBytes(sketch.ToBytes());
        Assert.Equal(sketch.ToBytes(), read.ToBytes());
        Assert.Equal(5_000_000_009, read.Count);
        Assert.Equal(3, read.ZeroCount);
        Assert.Equal(sketch.Quantile(0.5), read.Quantile(0.5));
    }

    [Fact]
    public void Bytes_are_few()
    {
        // A version, an accuracy, a zero count, a number of bins, then two bytes for the first index and mostly one for the rest.
        Assert.Equal([1, 100, 0, 0], new DDSketch().ToBytes());
        Assert.Equal([1, 100, 0, 1, 0xCE, 0x03, 2], SketchOf(100).ToBytes());
    }

    public static TheoryData<byte[]> BadBytes => new()
    {
        Array.Empty<byte>(),
        new byte[] { 2, 100, 0, 0 },
        new byte[] { 1, 5, 0, 0 },
        new byte[] { 1, 100, 0 },
        new byte[] { 1, 100, 0, 1, 0xCE },
        new byte[] { 1, 100, 0, 1, 0xCE, 0x03 },
        new byte[] { 1, 100, 0, 0, 0 },
        new byte[] { 1, 100, 0, 1, 2, 0 },
        new byte[] { 1, 100, 0, 2, 2, 2, 0, 2 },
        new byte[] { 1, 100, 0, 1, 0xFE, 0xFF, 0xFF, 0xFF, 0x0F, 2 },
        new byte[] { 1, 100, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 2 },
        new byte[] { 1, 100, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 2 },
        // 2^63 - 1 zeros and one more value.
        new byte[] { 1, 100, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 1, 2, 2 },
    };

    [Theory]
    [MemberData(nameof(BadBytes))]
    public void Bytes_that_are_no_sketch_are_refused(byte[] bytes) =>
        Assert.Throws<FormatException>(() => DDSketch.FromBytes(bytes));

    [Fact]
    public void Any_bytes_are_read_or_refused() => Prop.ForAll(
        Gen.Choose(0, 255).Select(i => (byte)i).ArrayOf().ToArbitrary(),
        tail =>
        {
            try
            {
                var read = DDSketch.FromBytes([1, 100, .. tail]);
                return DDSketch.FromBytes(read.ToBytes()).Count == read.Count;
            }
            catch (FormatException)
            {
                return true;
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1.1e15)]
    public void Values_out_of_range_are_refused(double value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DDSketch().Add(value));

    [Fact]
    public void A_difference_has_no_quantile()
    {
        var sketch = SketchOf(5, 6);
        sketch.Add(900, -1);
        Assert.Equal(1, sketch.Count);
        Assert.Throws<InvalidOperationException>(() => sketch.Quantile(0.5));
        Assert.Null(new DDSketch().Quantile(0.5));
        Assert.Throws<ArgumentException>(() => sketch.Merge(new DDSketch(200)));
        Assert.Throws<ArgumentException>(() => sketch.Merge(new DDSketch(200).ToBytes()));
        sketch.Subtract(sketch);
        Assert.Null(sketch.Quantile(0.5));
    }

    private static DDSketch Of(IEnumerable<long> values) => SketchOf([.. values.Select(v => (double)v)]);

    private static DDSketch SketchOf(params double[] values)
    {
        var sketch = new DDSketch();
        foreach (var value in values) sketch.Add(value);
        return sketch;
    }
}
