using System.CommandLine;
using Hark.Web.Infrastructure.Hosting;
using Microsoft.AspNetCore.Connections;

namespace Hark.Web.Commands;

/// <summary><c>serve</c>, and what runs when no command is named.</summary>
internal static class ServeCommand
{
    private const string Name = "serve";

    public static Command Create(CommandContext context)
    {
        var command = new Command(Name, "Serves the API and pages and runs the workers, as Hark:Roles says. Takes --urls and every other setting.");
        command.SetAction((_, token) => RunAsync(context, token));
        return command;
    }

    public static bool IsServed(ParseResult parsed) => parsed.CommandResult.Command is RootCommand or { Name: Name or DemoCommand.Name };

    public static async Task<int> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        await using var app = HarkHost.Build(context.Settings);
        await app.Services.GetRequiredService<StorePreparation>().PrepareAsync(cancellation);
        await ListenAsync(() => app.RunAsync(cancellation));
        return CommandLine.Done;
    }

    /// <summary>Starts a server; an address that is taken ends the command with a word on what to do.</summary>
    public static async Task ListenAsync(Func<Task> start)
    {
        try
        {
            await start();
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new CommandException($"{e.Message} Choose another with --urls, such as --urls http://localhost:5081.");
        }
    }
}
