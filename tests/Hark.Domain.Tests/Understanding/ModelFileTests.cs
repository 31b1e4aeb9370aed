using Hark.Domain.Understanding;
using Xunit;

namespace Hark.Domain.Tests.Understanding;

public sealed class ModelFileTests
{
    private static ModelFile Sample()
    {
        var rows = new sbyte[64 * 4];
        (rows[0], rows[6], rows[63 * 4 + 2]) = (-127, 5, 1);
        return new ModelFile("sample", "7", ["a", "b", "c"], 6, 4, [0.5f, 1, 2], rows, new Dictionary<string, float[]> { ["x"] = [1, -2], ["none"] = [] });
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var read = ModelFile.Read(Bytes(Sample()));
        Assert.Equal(("sample", "7", 6, 4), (read.Name, read.Version, read.Bits, read.Width));
        Assert.Equal(Sample().Outputs, read.Outputs);
        Assert.Equal(Sample().Rows, read.Rows);
        Assert.Equal(Sample().Scales, read.Scales);
        Assert.Equal([1, -2], read.Numbers["x"]);
        Assert.Equal(Bytes(Sample()), Bytes(read));
    }

    [Fact]
    public void Every_cut_and_every_other_file_is_refused()
    {
        var bytes = Bytes(Sample());
        for (var length = 0; length < bytes.Length; length++) Assert.Throws<InvalidDataException>(() => ModelFile.Read(bytes.AsSpan(0, length)));
        bytes[4] = 99;
        Assert.Contains("format 99", Assert.Throws<InvalidDataException>(() => ModelFile.Read(bytes)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => ModelFile.Read("PK and other things"u8));
    }

    [Fact]
    public void A_row_outside_the_table_is_refused()
    {
        var bytes = Bytes(Sample());
        var gap = bytes.Length - 4; // the last row's distance, mask and value
        bytes[gap + 1] = 0x3F;
        Assert.Throws<InvalidDataException>(() => ModelFile.Read(bytes));
    }

    private static byte[] Bytes(ModelFile model)
    {
        using var stream = new MemoryStream();
        model.Write(stream);
        return stream.ToArray();
    }
}
