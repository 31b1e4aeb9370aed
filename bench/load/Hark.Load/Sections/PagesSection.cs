using System.Globalization;
using Hark.Load.Generator;
using Hark.Load.Report;
using Hark.Load.Seeding;

namespace Hark.Load.Sections;

/// <summary>The pages of the staff over a large store, on each database: how long the server takes for each.</summary>
internal sealed class PagesSection : ISection
{
    private static readonly (string Name, string Path)[] Pages =
        [("Pulse", "/pulse"), ("Inbox", "/inbox?view=all"), ("Signals", "/signals"), ("Customers", "/customers"), ("Journeys", "/journeys")];

    public string Name => "pages";

    public async Task RunAsync(LoadBench bench, CancellationToken cancellation)
    {
        if (bench.Options.Store != StoreChoice.PostgreSql) await LookAsync(bench, "SQLite", await bench.NewSqliteAsync(cancellation), cancellation);
        if (bench.Options.Store != StoreChoice.Sqlite) await PostgreSqlSection.OnOwnDatabaseAsync(bench, "pages on PostgreSQL", site => LookAsync(bench, "PostgreSQL", site, cancellation), cancellation);
    }

    private static async Task LookAsync(LoadBench bench, string store, Site site, CancellationToken cancellation)
    {
        var options = bench.Options;
        await using (var seed = await StoreSeed.OpenAsync(site.Connection, cancellation))
        {
            await seed.SignalsAsync(..options.PageSignals, options.Contacts, cancellation);
            await seed.CasesAsync(options.PageCases, options.OpenCases, options.Contacts, cancellation);
            await seed.SettleAsync(cancellation);
        }
        await using var server = await bench.ServeAsync(site, cancellation);
        using var pages = new PageTimer(server.Port, await StaffSession.CookieAsync(server.Port, LoadBench.Email, LoadBench.Password, cancellation));
        var size = string.Create(CultureInfo.InvariantCulture, $"{options.PageSignals:N0} signals and {options.PageCases:N0} cases on {store}");
        foreach (var (name, path) in Pages)
        {
            var page = pages.Get(path, 15);
            bench.Report.Add(page.Status == 200
                ? Line.Under($"{name}, {size}", page.Median, 100, "ms", $"median of 15, worst {Line.Number(page.Worst)} ms")
                : Line.NotMeasured($"{name}, {size}", $"GET {path} answered {page.Status}"));
        }
    }
}
