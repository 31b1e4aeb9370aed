using System.CommandLine;
using Hark.Load.Report;
using Hark.Load.Sections;

namespace Hark.Load;

/// <summary>The command line of the load bench.</summary>
internal static class LoadCommand
{
    private const int Done = 0, Interrupted = 130;

    /// <summary>In the order in which they run: later ones use the limits that earlier ones measured.</summary>
    private static readonly ISection[] Sections =
    [
        new StartSection(), new SingleSection(), new BatchSection(), new OverloadSection(), new PostgreSqlSection(), new GrowthSection(),
        new InboxSection(), new PagesSection(), new TextSection(), new SumsSection(),
    ];

    public static Task<int> RunAsync(string[] args)
    {
        var isShort = new Option<bool>("--short") { Description = "Smaller stores and shorter loads: the whole run in about ten minutes." };
        var store = new Option<StoreChoice>("--store") { Description = "sqlite, postgresql or both (default)." };
        var json = new Option<string?>("--json") { Description = "File to write the results to." };
        var only = new Option<string[]>("--only") { Description = $"Sections to run: {string.Join(", ", Sections.Select(s => s.Name))}.", AllowMultipleArgumentsPerToken = true };
        only.AcceptOnlyFromAmong([.. Sections.Select(s => s.Name)]);
        var hark = new Option<string?>("--hark") { Description = "A built hark program, or the folder it is in; by default one is published first." };
        var scale = new Option<double>("--scale") { DefaultValueFactory = _ => 1, Description = "Multiplies times and sizes; below 1 only to try the program out." };
        var root = new RootCommand("Measures Hark against the limits of this machine, in one run, on loopback only.") { isShort, store, json, only, hark, scale };
        root.SetAction((parsed, token) => RunAsync(new LoadOptions
        {
            Short = parsed.GetValue(isShort),
            Store = parsed.GetValue(store),
            Json = parsed.GetValue(json),
            Only = parsed.GetValue(only) ?? [],
            Hark = parsed.GetValue(hark),
            TimeScale = parsed.GetValue(scale),
        }, token));
        return root.Parse(args).InvokeAsync();
    }

    private static async Task<int> RunAsync(LoadOptions options, CancellationToken cancellation)
    {
        var report = new Results(options);
        await using var bench = await LoadBench.CreateAsync(options, report, cancellation);
        foreach (var section in Sections.Where(s => options.Only.Count == 0 || options.Only.Contains(s.Name)))
        {
            if (cancellation.IsCancellationRequested) break;
            await RunAsync(section, bench, cancellation);
        }
        report.Print(Console.Out);
        if (options.Json is { } file) await report.WriteAsync(file);
        return cancellation.IsCancellationRequested ? Interrupted : Done;
    }

    /// <summary>A section that breaks is a line of the table; the others still run.</summary>
    private static async Task RunAsync(ISection section, LoadBench bench, CancellationToken cancellation)
    {
        LoadBench.Say($"{section.Name} …");
        try
        {
            await section.RunAsync(bench, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            bench.Report.Add(Line.NotMeasured(section.Name, $"{e.GetType().Name}: {e.Message}"));
            LoadBench.Say(e.ToString());
        }
        catch (OperationCanceledException)
        {
            bench.Report.Add(Line.NotMeasured(section.Name, "interrupted"));
        }
    }
}
