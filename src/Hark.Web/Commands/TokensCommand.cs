using System.CommandLine;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;

namespace Hark.Web.Commands;

/// <summary><c>tokens create</c>: a personal token for the API.</summary>
internal static class TokensCommand
{
    private static readonly string[] Scopes = [.. new[] { KeyScope.Read, KeyScope.Write, KeyScope.Admin }.Select(EnumNames<KeyScope>.Of)];

    public static Command Create(CommandContext context) => new("tokens", "Makes personal tokens.") { CreateToken(context) };

    private static Command CreateToken(CommandContext context)
    {
        var email = new Option<string>("--email") { Required = true, Description = "E-mail address of the member whose token it is." };
        var scope = new Option<string>("--scope") { Required = true, Description = "What it may do, never more than the member's role: read, write or admin." };
        scope.AcceptOnlyFromAmong(Scopes);
        var command = new Command("create", "Makes a token and prints it, and nothing else, on standard output. It cannot be shown again.") { email, scope };
        command.SetAction((parsed, token) => context.WithServicesAsync(async services =>
        {
            var workspace = await CommandContext.WorkspaceAsync(services, token);
            var member = workspace.MemberByEmail.GetValueOrDefault(parsed.GetRequiredValue(email).Trim())
                ?? throw new CommandException("There is no member with that e-mail address; make one with: users create.");
            var made = CommandContext.Need(await services.GetRequiredService<KeyAdmin>().CreateTokenAsync(workspace.WorkspaceId, member.MemberId,
                EnumNames<KeyScope>.Parse(parsed.GetRequiredValue(scope)), "command line", null, CommandContext.Actor, token));
            await context.Terminal.Out.WriteLineAsync(made.Text);
            await context.Terminal.Error.WriteLineAsync($"Token {made.Key.KeyId} of {member.Email}. Keep it now: it cannot be shown again.");
            return CommandLine.Done;
        }, token));
        return command;
    }
}
