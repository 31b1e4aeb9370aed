using System.Data.Common;
using System.Diagnostics;
using Hark.Data.Cases;
using Hark.Data.Messages;
using Hark.Data.Store;
using Hark.Data.Work;
using Hark.Load.Generator;
using Hark.Load.Report;
using Hark.Load.Seeding;
using Microsoft.AspNetCore.DataProtection;

namespace Hark.Load.Sections;

/// <summary>Many cases: a page of the inbox, and clocks that come due at once.</summary>
internal sealed class InboxSection : ISection
{
    public string Name => "inbox";

    public async Task RunAsync(LoadBench bench, CancellationToken cancellation)
    {
        if (bench.Options.Store == StoreChoice.PostgreSql) return;
        var site = await bench.NewSqliteAsync(cancellation);
        var (all, open) = (bench.Options.Cases, bench.Options.OpenCases);
        await using (var seed = await StoreSeed.OpenAsync(site.Connection, cancellation))
            await seed.CasesAsync(all, open, bench.Options.Contacts, cancellation);
        await PageAsync(bench, site, $"{all:N0} cases, {open:N0} open", cancellation);
        await using (var store = await StoreSeed.OpenAsync(site.Connection, cancellation)) await SweepAsync(bench, store, cancellation);
    }

    private static async Task PageAsync(LoadBench bench, Site site, string size, CancellationToken cancellation)
    {
        await using var server = await bench.ServeAsync(site, cancellation);
        using var pages = new PageTimer(server.Port, site.Reads);
        var page = pages.Get("/api/v1/cases?limit=50", 31);
        bench.Report.Add(page.Status == 200
            ? Line.Under($"inbox page, {size}", page.Median, 50, "ms", $"median of 31, worst {Line.Number(page.Worst)} ms")
            : Line.NotMeasured($"inbox page, {size}", $"GET /api/v1/cases answered {page.Status}"));
    }

    /// <summary>The sweep itself, without the worker around it: at the moment when so many clocks have come due.</summary>
    private static async Task SweepAsync(LoadBench bench, StoreSeed seed, CancellationToken cancellation)
    {
        var settings = new MessageSettings("http://localhost", null, (_, _) => "http://localhost");
        var mail = new CaseMessages(new MessageComposer(settings), new VerificationLinks(new EphemeralDataProtectionProvider(), settings));
        var sweep = new ClockSweep(seed.Store, seed.Snapshots, new OutboxQueue(seed.Store), mail);
        var (workspace, wanted) = (seed.Workspace.WorkspaceId, bench.Options.DueClocks);
        var now = await MomentAsync(seed, "SELECT next_moment_at FROM case_clocks WHERE workspace_id = @workspace AND next_moment_at IS NOT NULL ORDER BY next_moment_at LIMIT 1 OFFSET @skip", wanted - 1, cancellation);
        var before = Stopwatch.GetTimestamp();
        var clocks = 0;
        for (SweepResult result; (result = await sweep.RunAsync(workspace, now, cancellation)).Clocks > 0;) clocks += result.Clocks;
        var seconds = Stopwatch.GetElapsedTime(before).TotalSeconds;
        bench.Report.Add(Line.Under($"sweeper, {wanted:N0} clocks due at once", seconds, 5 * wanted / 10_000.0, "s", $"{clocks:N0} clocks written in transactions of {ClockSweep.Batch} cases"));
        var idle = Stopwatch.GetTimestamp();
        const int Looks = 200;
        for (var i = 0; i < Looks; i++) await sweep.RunAsync(workspace, now, cancellation);
        bench.Report.Add(Line.Figure("sweeper, a look when nothing is due", Stopwatch.GetElapsedTime(idle).TotalMilliseconds / Looks, null, "ms", "one index seek"));
    }

    private static async Task<DateTimeOffset> MomentAsync(StoreSeed seed, string sql, int skip, CancellationToken cancellation)
    {
        await using var db = seed.Store.Read();
        await using DbCommand command = await db.CommandAsync(sql, cancellation);
        seed.Store.Dialect.Add(command, "workspace", seed.Workspace.WorkspaceId);
        seed.Store.Dialect.Add(command, "skip", skip);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? seed.Store.Dialect.ReadTime(reader, 0) : throw new InvalidOperationException("There are too few clocks.");
    }
}
