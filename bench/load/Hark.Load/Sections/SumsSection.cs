using System.Diagnostics;
using System.Globalization;
using Hark.Domain.Statistics.Concentration;
using Hark.Domain.Statistics.Drivers;
using Hark.Load.Generator;
using Hark.Load.Report;
using Hark.Load.Seeding;

namespace Hark.Load.Sections;

/// <summary>What drives a score and where something is concentrated: the sums themselves at their full size, and the page over a large store.</summary>
internal sealed class SumsSection : ISection
{
    private const int Answers = 100_000, Drivers = 15, Signals = 1_000_000, Dimensions = 12, Runs = 3;

    public string Name => "sums";

    public async Task RunAsync(LoadBench bench, CancellationToken cancellation)
    {
        var answers = RandomAnswers();
        bench.Report.Add(Line.Under(string.Create(CultureInfo.InvariantCulture, $"drivers over {Answers:N0} answers × {Drivers} drivers"), Best(() => DriverAnalysis.Analyse(answers)), 1, "s", "exact Shapley shares, 400 bootstrap draws"));
        var signals = RandomSignals();
        bench.Report.Add(Line.Under(string.Create(CultureInfo.InvariantCulture, $"concentration over {Signals:N0} signals × {Dimensions} dimensions"), Best(() => ConcentrationSearch.Search(signals, new())), 3, "s", "all pairs, one finding planted"));
        if (bench.Options.Store != StoreChoice.PostgreSql) await PageAsync(bench, await bench.NewSqliteAsync(cancellation), "SQLite", cancellation);
        if (bench.Options.Store != StoreChoice.Sqlite) await PostgreSqlSection.OnOwnDatabaseAsync(bench, "concentration on PostgreSQL", site => PageAsync(bench, site, "PostgreSQL", cancellation), cancellation);
    }

    private static async Task PageAsync(LoadBench bench, Site site, string store, CancellationToken cancellation)
    {
        await using (var seed = await StoreSeed.OpenAsync(site.Connection, cancellation))
        {
            await seed.SignalsAsync(..bench.Options.PageSignals, bench.Options.Contacts, cancellation);
            await seed.SettleAsync(cancellation);
        }

        await using var server = await bench.ServeAsync(site, cancellation);
        using var pages = new PageTimer(server.Port, await StaffSession.CookieAsync(server.Port, LoadBench.Email, LoadBench.Password, cancellation));
        var size = string.Create(CultureInfo.InvariantCulture, $"{bench.Options.PageSignals:N0} signals on {store}");
        // The timer does not count the first answer, which is the one that reads the signals into memory.
        var before = Stopwatch.GetTimestamp();
        var second = pages.Get("/pulse/where", 1);
        bench.Report.Add(Line.Figure($"where is it, first time, {size}", Stopwatch.GetElapsedTime(before).TotalSeconds - (second.Median / 1000), null, "s", "reads the signals into memory"));
        foreach (var (name, path) in new[] { ("where is it", "/pulse/where"), ("what drives the score", "/pulse/drivers?target=nps") })
            bench.Report.Add(Line.Under($"{name}, {size}", pages.Get(path, 5).Median / 1000, 3, "s", "median of 5, signals in memory"));
    }

    /// <summary>Seconds of the quickest run: the others only say what else the machine did.</summary>
    private static double Best(Action run) => Enumerable.Range(0, Runs).Min(_ =>
    {
        var before = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(before).TotalSeconds;
    });

    private static DriverData RandomAnswers()
    {
        var random = new Random(1);
        var columns = Enumerable.Range(0, Drivers).Select(c => new DriverColumn($"topic {c}", DriverKind.Mention, Make(Answers, _ => random.NextDouble() < 0.02 * (c + 1) ? 1f : 0f))).ToList();
        var target = Make(Answers, i => (float)((100 * random.NextDouble()) - columns.Select((c, k) => (k + 1) * c.Values[i]).Sum()));
        return new(target, columns, Make(Answers, _ => random.Next(40)), 40);
    }

    private static ConcentrationData RandomSignals()
    {
        var random = new Random(2);
        var columns = Enumerable.Range(0, Dimensions).Select(c => new SegmentColumn($"dimension {c}", SegmentRole.Place, Make(Signals, _ => (ushort)random.Next((4 * c) + 5)), (4 * c) + 4)).ToList();
        var outcome = Make(Signals, i => random.NextDouble() < (columns[3].Codes[i] == 2 && columns[5].Codes[i] == 3 ? 0.3 : 0.08) ? 1f : 0f);
        return new(columns, outcome, true, new ushort[Signals], 1);
    }

    private static T[] Make<T>(int count, Func<int, T> value)
    {
        var values = new T[count];
        for (var i = 0; i < count; i++) values[i] = value(i);
        return values;
    }
}
