using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Hark.Data.Workspaces;
using Hark.Domain.Workspaces;
using Hark.Web.Features.Demo;
using Hark.Web.Features.Demo.Company;
using Hark.Web.Infrastructure.Hosting;

namespace Hark.Web.Commands;

/// <summary><c>demo</c>: a sample company in a store of its own, served, with life in it.</summary>
internal static class DemoCommand
{
    public const string Name = "demo";

    public static Command Create(CommandContext context)
    {
        var command = new Command(Name, "Makes a sample company in a fresh store (./data/demo/hark.db, or the one of ConnectionStrings:Hark) and serves it; signals keep coming in.");
        command.SetAction((_, token) => RunAsync(context, token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        await using var app = HarkHost.Build([.. context.Settings, "--Hark:Demo=true"]);
        var demo = await app.Services.GetRequiredService<DemoStore>().EnsureAsync(cancellation);
        var (key, token) = await KeysAsync(app.Services, demo.WorkspaceId, cancellation);
        await ServeCommand.ListenAsync(() => app.StartAsync(cancellation));
        await context.Terminal.Out.WriteLineAsync(Greeting(demo, app.Urls.FirstOrDefault() ?? "", key, token, Stopwatch.GetElapsedTime(started)));
        await app.WaitForShutdownAsync(cancellation);
        return CommandLine.Done;
    }

    /// <summary>Keys can be shown only when they are made, so every start makes new ones; those of earlier starts go on working.</summary>
    private static async Task<(string Key, string Token)> KeysAsync(IServiceProvider services, Guid workspaceId, CancellationToken cancellation)
    {
        var workspace = await services.GetRequiredService<WorkspaceSnapshots>().GetAsync(workspaceId, cancellation);
        var keys = services.GetRequiredService<KeyAdmin>();
        var key = await keys.CreateSourceKeyAsync(workspaceId, workspace.SourceByName[Sources.Web].SourceId, "demo", null, CommandContext.Actor, cancellation);
        var token = await keys.CreateTokenAsync(workspaceId, workspace.MemberByEmail[Staff.DemoEmail].MemberId, KeyScope.Admin, "demo", null, CommandContext.Actor, cancellation);
        return (CommandContext.Need(key).Text, CommandContext.Need(token).Text);
    }

    private static string Greeting(DemoSummary demo, string address, string key, string token, TimeSpan took) => string.Create(CultureInfo.InvariantCulture, $"""

        {(demo.Made ? $"Made {Catalogue.Name}, a sample company" : $"The demo store was there already; going on with {Catalogue.Name}")}: {demo.Signals:N0} signals, {demo.Cases:N0} cases, {demo.OpenCases:N0} of them open.

          Address      {address}
          E-mail       {Staff.DemoEmail}
          Password     {Staff.DemoPassword}{(demo.Made ? "" : "   (unless you changed it)")}
          Source key   {key}   (source "{Sources.Web}")
          API token    {token}

        Ready after {took.TotalSeconds:0.0} s. Signals keep coming in; nothing is ever mailed. Ctrl+C ends it.

        """);
}
