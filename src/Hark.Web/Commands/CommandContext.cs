using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Hark.Web.Infrastructure.Hosting;

namespace Hark.Web.Commands;

/// <summary>What every command shares: its terminal, the settings arguments, and the application to work with.</summary>
/// <param name="Settings">ASP.NET Core configuration arguments.</param>
public sealed record CommandContext(Terminal Terminal, string[] Settings)
{
    /// <summary>Name of the hand in timelines and the audit log.</summary>
    public static Actor Actor { get; } = Actor.System("command_line");

    /// <summary>Runs work with the services of an application over a store made ready. The server is not started.</summary>
    /// <param name="prepare">False for commands that must not touch the store first, such as a restore.</param>
    public async Task<int> WithServicesAsync(Func<IServiceProvider, Task<int>> work, CancellationToken cancellation, bool prepare = true)
    {
        await using var app = HarkHost.Build(Settings, quiet: true);
        if (prepare) await app.Services.GetRequiredService<StorePreparation>().PrepareAsync(cancellation);
        return await work(app.Services);
    }

    /// <summary>The workspace that the command line works in: the first.</summary>
    public static async Task<WorkspaceSnapshot> WorkspaceAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var all = await services.GetRequiredService<WorkspaceSnapshots>().AllAsync(cancellation);
        return all.OrderBy(w => w.WorkspaceId).First();
    }

    /// <summary>The value, or the end of the command with the error's words.</summary>
    public static T Need<T>(Result<T> result) => result.Error is not { } error ? result.Value
        : throw new CommandException(error.Fields is null ? error.Detail : string.Join(" ", error.Fields.SelectMany(f => f.Value.Select(r => $"{f.Key.TrimStart('/')} {r}."))));
}
