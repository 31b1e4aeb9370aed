using System.CommandLine;
using Hark.Data.Aggregates;
using Hark.Data.Workspaces;

namespace Hark.Web.Commands;

/// <summary><c>aggregates rebuild [--check]</c>: the numbers in advance, computed anew from the signals or compared with them.</summary>
internal static class AggregatesCommand
{
    /// <summary>Differences printed; the others are counted.</summary>
    private const int MostPrinted = 100;

    public static Command Create(CommandContext context)
    {
        var check = new Option<bool>("--check") { Description = "Compares and changes nothing; exit code 1 where there is a difference." };
        var rebuild = new Command("rebuild", "Computes the aggregates of every workspace anew from its signals. Serving goes on meanwhile.") { check };
        rebuild.SetAction((parsed, token) => context.WithServicesAsync(
            services => parsed.GetValue(check) ? CheckAsync(context, services, token) : RebuildAsync(context, services, token), token));
        return new Command("aggregates", "Looks after the numbers that are counted in advance.") { rebuild };
    }

    private static async Task<int> RebuildAsync(CommandContext context, IServiceProvider services, CancellationToken cancellation)
    {
        foreach (var workspace in await services.GetRequiredService<WorkspaceSnapshots>().AllAsync(cancellation))
        {
            var summary = await services.GetRequiredService<AggregateRebuild>().RebuildAsync(workspace, cancellation);
            await context.Terminal.Out.WriteLineAsync($"{workspace.Workspace.Name}: {summary.Signals} signals, {summary.Cells} cells written");
        }
        return CommandLine.Done;
    }

    private static async Task<int> CheckAsync(CommandContext context, IServiceProvider services, CancellationToken cancellation)
    {
        long differences = 0;
        foreach (var workspace in await services.GetRequiredService<WorkspaceSnapshots>().AllAsync(cancellation))
        {
            var printed = 0;
            var summary = await services.GetRequiredService<AggregateRebuild>().CheckAsync(workspace, difference =>
            {
                if (printed++ < MostPrinted) context.Terminal.Out.WriteLine($"{workspace.Workspace.Name}: {difference}");
            }, cancellation);
            differences += summary.Differences;
            await context.Terminal.Out.WriteLineAsync(
                $"{workspace.Workspace.Name}: {summary.Signals} signals, {summary.Cells} cells compared, {summary.Differences} differences");
        }
        return differences == 0 ? CommandLine.Done : CommandLine.Failed;
    }
}
