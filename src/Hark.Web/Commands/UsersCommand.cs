using System.CommandLine;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;

namespace Hark.Web.Commands;

/// <summary><c>users create</c>: a member, with the password from standard input so that it is in no history or process list.</summary>
internal static class UsersCommand
{
    public static Command Create(CommandContext context) => new("users", "Makes members.") { CreateUser(context) };

    private static Command CreateUser(CommandContext context)
    {
        var email = new Option<string>("--email") { Required = true, Description = "E-mail address, by which the person signs in." };
        var role = new Option<string>("--role") { Required = true, Description = $"What the person may do: {EnumNames<Role>.Choices}." };
        role.AcceptOnlyFromAmong([.. EnumNames<Role>.All]);
        var name = new Option<string?>("--name") { Description = "Name; by default what stands before the @." };
        var command = new Command("create", "Makes a member. The password is the first line of standard input.") { email, role, name };
        command.SetAction((parsed, token) => context.WithServicesAsync(async services =>
        {
            var address = parsed.GetRequiredValue(email);
            var settings = new MemberSettings(parsed.GetValue(name) ?? address.Split('@')[0], EnumNames<Role>.Parse(parsed.GetRequiredValue(role)), []);
            var password = await context.Terminal.In.ReadLineAsync(token) ?? throw new CommandException("Give the password as the first line of standard input.");
            var workspace = await CommandContext.WorkspaceAsync(services, token);
            var member = CommandContext.Need(await services.GetRequiredService<MemberAdmin>()
                .CreateAsync(workspace.WorkspaceId, address, settings, password, CommandContext.Actor, token));
            await context.Terminal.Error.WriteLineAsync($"Made {EnumNames<Role>.Of(member.Role)} {member.Email}.");
            return CommandLine.Done;
        }, token));
        return command;
    }
}
