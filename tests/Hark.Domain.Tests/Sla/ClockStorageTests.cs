using Hark.Domain.Sla;
using Xunit;
using static Hark.Domain.Tests.Sla.SlaTesting;

namespace Hark.Domain.Tests.Sla;

public sealed class ClockStorageTests
{
    private const string Terms = """[["chat",3,60000,15000,"always",1,"default"]]""";
    private const string OpenSegment = "[[1780304400000001,null,0,0]]";

    [Fact]
    public void Write_ThenRead_IsExactToTheMicrosecondAndShort()
    {
        var terms = new ClockTerms("chat", 3, TimeSpan.FromSeconds(60), null, new("office", 2));
        var clock = Clock.Start(ClockKind.Respond, terms, Utc("2026-06-01T09:00:00.0000019Z"), round: 2)
            .Pause("čeká na zákazníka", Utc("2026-06-01T09:00:10Z")).Value.Advance(new(default, ClockMomentKind.Escalation, 1));
        var segments = ClockStorage.WriteSegments(clock.Segments);
        Assert.Equal("""[[1780304400000001,1780304410000000,0,0],[1780304410000000,null,1,0,"čeká na zákazníka"]]""", segments);
        Assert.Equal("""[["chat",3,60000,null,"office",2,null]]""", ClockStorage.WriteTerms(clock.Terms));
        Assert.Equal(clock, ClockStorage.Read(clock.Kind, clock.Round, ClockStorage.WriteTerms(clock.Terms), segments, clock.Stopped, clock.Progress));
    }

    [Theory]
    [InlineData(Terms, OpenSegment, null, true)]
    [InlineData("[]", OpenSegment, null, false)]
    [InlineData(Terms, "[]", null, false)]
    [InlineData(Terms, "[[1780304400000001,null,0,0]", null, false)] // cut off
    [InlineData(Terms, """{"a":1}""", null, false)]
    [InlineData(Terms, "[[1]]", null, false)]
    [InlineData(Terms, """[["x",null,0,0]]""", null, false)]
    [InlineData(Terms, "[[300000000000000000,null,0,0]]", null, false)] // beyond the year 9999
    [InlineData(Terms, "[[9223372036854775807,null,0,0]]", null, false)]
    [InlineData(Terms, "[[1780304400000001,null,2,0]]", null, false)] // no such kind
    [InlineData(Terms, "[[1780304400000001,null,0,1]]", null, false)] // no such terms
    [InlineData(Terms, "[[20,10,0,0],[10,null,0,0]]", null, false)] // backwards
    [InlineData(Terms, "[[10,20,0,0],[30,null,0,0]]", null, false)] // a gap
    [InlineData(Terms, "[[10,null,0,0],[30,null,0,0]]", null, false)] // open in the middle
    [InlineData(Terms, OpenSegment, ClockState.Met, false)]
    [InlineData(Terms, "[[10,20,0,0]]", null, false)]
    [InlineData(Terms, "[[10,20,0,0]]", ClockState.Met, true)]
    [InlineData(Terms, "[[10,20,0,0]]", ClockState.Paused, false)]
    public void Read_AnythingThatWasNotWritten_IsAFormatException(string terms, string segments, ClockState? stopped, bool fits)
    {
        void Read() => ClockStorage.Read(ClockKind.Respond, 1, terms, segments, stopped, default);
        if (fits) Read();
        else Assert.Throws<FormatException>(Read);
    }
}
