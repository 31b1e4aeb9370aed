using System.CommandLine;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Signals;

namespace Hark.Web.Commands;

/// <summary><c>keys create</c> and <c>keys revoke</c>: with what a feed sends its signals.</summary>
internal static class KeysCommand
{
    public static Command Create(CommandContext context) => new("keys", "Makes and revokes source keys.") { CreateKey(context), RevokeKey(context) };

    private static Command CreateKey(CommandContext context)
    {
        var source = new Option<string>("--source") { Required = true, Description = "Name of the source; made if there is none of that name." };
        var channel = new Option<string?>("--channel") { Description = $"Channel of a source that is made: {EnumNames<Channel>.Choices}." };
        channel.AcceptOnlyFromAmong([.. EnumNames<Channel>.All]);
        var touchpoint = new Option<string?>("--touchpoint") { Description = "Touchpoint of signals that name none, for a source that is made." };
        var command = new Command("create", "Makes a key and prints it, and nothing else, on standard output. It cannot be shown again.") { source, channel, touchpoint };
        command.SetAction((parsed, token) => context.WithServicesAsync(async services =>
        {
            var settings = new SourceSettings
            {
                Name = parsed.GetRequiredValue(source),
                Channel = parsed.GetValue(channel) is { } name ? EnumNames<Channel>.Parse(name) : Channel.Web,
                Touchpoint = parsed.GetValue(touchpoint),
            };
            var key = await CreateAsync(services, settings, token);
            await context.Terminal.Out.WriteLineAsync(key.Text);
            await context.Terminal.Error.WriteLineAsync($"Key {key.Key.KeyId} of source {settings.Name}. Keep it now: it cannot be shown again.");
            return CommandLine.Done;
        }, token));
        return command;
    }

    private static async Task<NewKey> CreateAsync(IServiceProvider services, SourceSettings settings, CancellationToken cancellation)
    {
        var workspace = await CommandContext.WorkspaceAsync(services, cancellation);
        var source = workspace.SourceByName.GetValueOrDefault(settings.Name.Trim())
            ?? CommandContext.Need(await services.GetRequiredService<SourceAdmin>().CreateAsync(workspace.WorkspaceId, settings, CommandContext.Actor, cancellation));
        return CommandContext.Need(await services.GetRequiredService<KeyAdmin>()
            .CreateSourceKeyAsync(workspace.WorkspaceId, source.SourceId, "command line", null, CommandContext.Actor, cancellation));
    }

    private static Command RevokeKey(CommandContext context)
    {
        var key = new Argument<Guid>("key-id") { Description = "Id of the key or token, as shown when it was made and in the list of keys." };
        var command = new Command("revoke", "Ends a source key or personal token.") { key };
        command.SetAction((parsed, token) => context.WithServicesAsync(async services =>
        {
            var workspace = await CommandContext.WorkspaceAsync(services, token);
            CommandContext.Need(await services.GetRequiredService<KeyAdmin>()
                .RevokeAsync(workspace.WorkspaceId, parsed.GetRequiredValue(key), _ => true, CommandContext.Actor, token));
            await context.Terminal.Error.WriteLineAsync("Revoked.");
            return CommandLine.Done;
        }, token));
        return command;
    }
}
