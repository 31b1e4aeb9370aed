using System.CommandLine;
using Hark.Web.Infrastructure.Hosting;

namespace Hark.Web.Commands;

/// <summary><c>migrate</c>: upgrades the schema, whatever <c>Hark:Migrate</c> says.</summary>
internal static class MigrateCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("migrate", "Upgrades the schema of the store to this version.");
        command.SetAction((_, token) => context.WithServicesAsync(async services =>
        {
            var applied = await services.GetRequiredService<StorePreparation>().MigrateAsync(token);
            foreach (var name in applied) await context.Terminal.Out.WriteLineAsync(name);
            await context.Terminal.Error.WriteLineAsync(applied.Count == 0 ? "The schema was current." : $"Applied {applied.Count} upgrades.");
            return CommandLine.Done;
        }, token, prepare: false));
        return command;
    }
}
