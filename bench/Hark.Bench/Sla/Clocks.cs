using BenchmarkDotNet.Attributes;
using Hark.Domain.Sla;

namespace Hark.Bench.Sla;

/// <summary>Claim: reading a clock with a pause in an office calendar takes about two microseconds, so every case's clocks can be computed instead of stored.</summary>
public class Clocks
{
    private static readonly CalendarRef Office = new("office", 1);
    private readonly SlaCatalogue _catalogue = new([Calendars.OfficeWeek()], []);
    private readonly SlaCatalogue _always = SlaCatalogue.Default;
    private readonly Clock _paused, _plain;

    public Clocks()
    {
        var start = Samples.Now;
        var terms = new ClockTerms("standard", 1, TimeSpan.FromHours(24), TimeSpan.FromHours(2), Office);
        _paused = Clock.Start(ClockKind.Respond, terms, start).Pause("waiting_for_customer", start.AddHours(5)).Value.Resume(start.AddHours(30)).Value;
        _plain = Clock.Start(ClockKind.Respond, terms with { Calendar = CalendarRef.Always }, start);
    }

    [Benchmark]
    public object ReadPausedInOfficeHours() => ClockReader.Read(_paused, _catalogue, Samples.Now.AddDays(2));

    [Benchmark]
    public object ReadAroundTheClock() => ClockReader.Read(_plain, _always, Samples.Now.AddHours(2));

    [Benchmark]
    public string WriteSegments() => ClockStorage.WriteSegments(_paused.Segments);
}
