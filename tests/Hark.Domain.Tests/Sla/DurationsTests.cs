using Hark.Domain.Sla;
using Xunit;
using static Hark.Domain.Tests.Sla.SlaTesting;

namespace Hark.Domain.Tests.Sla;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("60s", 60, "1m")]
    [InlineData("90s", 90, "90s")]
    [InlineData("5m", 300, "5m")]
    [InlineData("24h", 86_400, "24h")]
    [InlineData("2d", 172_800, "48h")]
    [InlineData("-30m", -1800, "-30m")]
    [InlineData("1500ms", 1.5, "1500ms")]
    [InlineData("45", 45, "45s")]
    [InlineData("0s", 0, "0s")]
    [InlineData("366d", 31_622_400, "8784h")]
    public void TryParse_ThenFormat_KeepsTheLength(string text, double seconds, string written)
    {
        Assert.True(Durations.TryParse(text, out var value));
        Assert.Equal(TimeSpan.FromSeconds(seconds), value);
        Assert.Equal(written, Durations.Format(value));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("1.5h")]
    [InlineData("1 h")]
    [InlineData("1h30m")]
    [InlineData("1w")]
    [InlineData("PT1H")]
    [InlineData("367d")]
    [InlineData("-367d")]
    [InlineData("99999999999999999999s")]
    public void TryParse_AnythingElse_IsRefused(string? text) => Assert.False(Durations.TryParse(text, out _));

    [Fact]
    public void Every_length_in_milliseconds_survives_the_round_trip() => ForAllSeeds(random =>
    {
        var value = TimeSpan.FromMilliseconds(random.NextInt64(-31_622_400_000, 31_622_400_000) / random.GetItems([1L, 1_000, 60_000, 3_600_000], 1)[0]);
        return Durations.TryParse(Durations.Format(value), out var back) && back == value;
    });
}
