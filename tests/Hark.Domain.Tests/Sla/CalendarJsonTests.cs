using Hark.Domain.Sla;
using Xunit;
using static Hark.Domain.Tests.Sla.SlaTesting;

namespace Hark.Domain.Tests.Sla;

public sealed class CalendarJsonTests
{
    private const string Full = """{"key":"office","zone":"Europe/Prague","week":{"mon":["09:00-12:00","13:00-17:00"],"sun":["00:00-24:00"]},"holidays":["2026-04-03","2026-04-06"],"shifts":{"2026-12-24":["09:00-12:00"],"2026-12-31":[]},"breaks":{"2026-11-03":["15:00-15:30"]}}""";

    [Fact]
    public void Parse_ThenWrite_GivesTheSameDocument()
    {
        var definition = CalendarJson.Parse(Full, 3).Value;
        Assert.Equal(new CalendarRef("office", 3), definition.Reference);
        Assert.Equal(Full, CalendarJson.Write(definition));
    }

    [Fact]
    public void Every_definition_survives_the_round_trip() => ForAllSeeds(random =>
    {
        var text = CalendarJson.Write(RandomCalendar(random).Definition);
        return CalendarJson.Write(CalendarJson.Parse(text, 1).Value) == text;
    });

    [Theory]
    [InlineData("/week", "never opens", """{"key":"a","zone":"Etc/UTC"}""")]
    [InlineData("/week", "never opens", """{"key":"a","zone":"Etc/UTC","week":{"mon":[]},"shifts":{"2026-01-01":["00:00-24:00"]}}""")]
    [InlineData("/week", "at least 15 minutes", """{"key":"a","zone":"Etc/UTC","week":{"mon":["09:00-09:14"]}}""")]
    [InlineData("/week/monday", "is not a weekday", """{"key":"a","zone":"Etc/UTC","week":{"monday":["09:00-17:00"]}}""")]
    [InlineData("/week/mon", "must be a list", """{"key":"a","zone":"Etc/UTC","week":{"mon":"09:00-17:00"}}""")]
    [InlineData("/week/mon/0", "as two windows", """{"key":"a","zone":"Etc/UTC","week":{"mon":["22:00-06:00"]}}""")]
    [InlineData("/week/mon/0", "opening hours", """{"key":"a","zone":"Etc/UTC","week":{"mon":["9-17"]}}""")]
    [InlineData("/week/mon/0", "opening hours", """{"key":"a","zone":"Etc/UTC","week":{"mon":["09:00-24:01"]}}""")]
    [InlineData("/week/mon/0", "opening hours", """{"key":"a","zone":"Etc/UTC","week":{"mon":["09:00-10:60"]}}""")]
    [InlineData("/zone", "not a time zone", """{"key":"a","zone":"Mars/Base","week":{"mon":["09:00-17:00"]}}""")]
    [InlineData("/key", "is reserved", """{"key":"always","zone":"Etc/UTC","week":{"mon":["09:00-17:00"]}}""")]
    [InlineData("/holidays/0", "must be a date", """{"key":"a","zone":"Etc/UTC","week":{"mon":["09:00-17:00"]},"holidays":["24.12.2026"]}""")]
    [InlineData("/shifts/tomorrow", "must be a date", """{"key":"a","zone":"Etc/UTC","week":{"mon":["09:00-17:00"]},"shifts":{"tomorrow":[]}}""")]
    [InlineData("/hours", "is not a known field", """{"key":"a","zone":"Etc/UTC","week":{"mon":["09:00-17:00"]},"hours":1}""")]
    public void Parse_Mistakes_AreNamedByTheirPlace(string pointer, string reason, string json)
    {
        var errors = CalendarJson.Parse(json, 1).Error!.Fields!;
        Assert.Equal([pointer], errors.Keys);
        Assert.Contains(reason, errors[pointer][0], StringComparison.Ordinal);
    }

    [Fact]
    public void Create_DefinitionMadeInCode_IsCheckedToo()
    {
        var bad = NineToFive("Etc/UTC").Definition with { Zone = "nowhere", Shifts = NineToFive("Etc/UTC").Definition.Shifts.Add(new(2026, 1, 1), [new(60, 30)]) };
        Assert.Equal(["", "/zone"], WorkCalendar.Create(bad).Error!.Fields!.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Create_MoreDatesThanACalendarHolds_IsRefused()
    {
        var many = NineToFive("Etc/UTC").Definition with { Holidays = [.. Enumerable.Range(0, CalendarJson.MostDates + 1).Select(new DateOnly(2020, 1, 1).AddDays)] };
        Assert.Contains("more than 5000 dates", WorkCalendar.Create(many).Error!.Fields![""][0], StringComparison.Ordinal);
    }
}
