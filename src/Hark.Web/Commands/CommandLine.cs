using System.CommandLine;
using Hark.Web.Infrastructure.Hosting;
using Hark.Web.Infrastructure.Settings;

namespace Hark.Web.Commands;

/// <summary>What a command talks to; tests hand in their own.</summary>
public sealed record Terminal(TextReader In, TextWriter Out, TextWriter Error)
{
    public static Terminal Console { get; } = new(System.Console.In, System.Console.Out, System.Console.Error);
}

/// <summary>The command line. A command is one file and one line in <see cref="Commands"/>.</summary>
public static class CommandLine
{
    public const int Done = 0, Failed = 1, WrongUse = 2;

    private static IEnumerable<Command> Commands(CommandContext context) =>
    [
        ServeCommand.Create(context),
        MigrateCommand.Create(context),
        KeysCommand.Create(context),
        UsersCommand.Create(context),
        TokensCommand.Create(context),
        AggregatesCommand.Create(context),
        ImportCommand.Create(context),
        BackupCommand.Create(context),
        RestoreCommand.Create(context),
        DemoCommand.Create(context),
    ];

    public static async Task<int> RunAsync(string[] args, Terminal? terminal = null, CancellationToken cancellation = default)
    {
        terminal ??= Terminal.Console;
        var (settings, words) = ConfigurationArguments.Split(args);
        var context = new CommandContext(terminal, settings);
        var root = new RootCommand("Hark: listens to customers on every channel and closes the loop.");
        foreach (var command in Commands(context)) root.Add(command);
        root.SetAction((_, token) => ServeCommand.RunAsync(context, token));
        var parsed = root.Parse(words);
        try
        {
            // No second handler of Ctrl-C and SIGTERM beside the server's own, which finishes what was begun.
            var timeout = ServeCommand.IsServed(parsed) ? (TimeSpan?)null : TimeSpan.FromSeconds(20);
            var invocation = new InvocationConfiguration
            {
                Output = terminal.Out,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = timeout,
            };
            return parsed.Errors.Count > 0 ? await WrongAsync(parsed, terminal) : await parsed.InvokeAsync(invocation, cancellation);
        }
        catch (Exception e) when (e is SettingsException or StoreNotReadyException or CommandException)
        {
            await terminal.Error.WriteLineAsync(e.Message);
            return e is SettingsException ? WrongUse : Failed;
        }
    }

    private static async Task<int> WrongAsync(ParseResult parsed, Terminal terminal)
    {
        foreach (var error in parsed.Errors) await terminal.Error.WriteLineAsync(error.Message);
        await terminal.Error.WriteLineAsync("See: hark --help");
        return WrongUse;
    }
}

/// <summary>A command could not do what it was asked; the message is all that is printed.</summary>
public sealed class CommandException(string message) : Exception(message);
