using System.CommandLine;
using Hark.Data.Intake;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Signals.Mapping;
using Hark.Web.Features.Imports;
using Hark.Web.Features.Imports.Reading;

namespace Hark.Web.Commands;

/// <summary><c>import</c>: reads a file of signals into a source.</summary>
internal static class ImportCommand
{
    /// <summary>Something was rejected; what was not is stored.</summary>
    public const int Rejected = 3;

    public static Command Create(CommandContext context)
    {
        var options = new Options();
        var command = new Command("import", "Reads a CSV, JSON or NDJSON file into a source. Running it again stores nothing twice, and goes on with a file that was interrupted.")
        {
            options.File, options.Source, options.Map, options.SaveMap, options.Rejects, options.Channel, options.DryRun, options.Json,
        };
        command.SetAction((parsed, token) => RunAsync(context, options.Read(parsed), token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, Request request, CancellationToken cancellation)
    {
        if (!File.Exists(request.File)) return await WrongAsync(context, $"There is no file '{request.File}'.");
        if (request.Map is { } path && !File.Exists(path)) return await WrongAsync(context, $"There is no mapping file '{path}'.");
        var file = ImportFile.FromPath(request.File);
        try
        {
            var mapping = await MappingAsync(context, request, file, cancellation);
            if (mapping.Error is { } error) return await WrongAsync(context, Describe(error, request.Map));
            return await context.WithServicesAsync(services => ImportAsync(context, services, request, file, mapping.Value, cancellation), cancellation);
        }
        catch (BrokenFileException e)
        {
            return await WrongAsync(context, $"{file.Name}, {e.Message}");
        }
    }

    /// <summary>The mapping named, or the guess, which is printed or saved.</summary>
    private static async Task<Result<SignalMapping>> MappingAsync(CommandContext context, Request request, ImportFile file, CancellationToken cancellation)
    {
        if (request.Map is { } path) return SignalMapping.Parse(await File.ReadAllBytesAsync(path, cancellation));
        var guess = MappingFinder.Guess(file);
        if (request.SaveMap is { } target)
        {
            await File.WriteAllTextAsync(target, guess.ToJson() + "\n", cancellation);
            await context.Terminal.Error.WriteLineAsync($"No mapping was given. The guess ({guess.Name}) is saved in {target}: edit it and pass it with --map.");
        }
        else
        {
            await context.Terminal.Error.WriteLineAsync($"No mapping was given. The guess ({guess.Name}); keep it with --save-map FILE, edit it and pass it with --map:");
            await context.Terminal.Error.WriteLineAsync(guess.ToJson());
        }
        return guess;
    }

    private static async Task<int> ImportAsync(CommandContext context, IServiceProvider services, Request request, ImportFile file, SignalMapping mapping, CancellationToken cancellation)
    {
        var workspace = await CommandContext.WorkspaceAsync(services, cancellation);
        using var progress = ImportProgress.For(context.Terminal, request.Json, file.Length, services.GetRequiredService<TimeProvider>());
        var rejects = request.DryRun ? null : request.Rejects ?? Path.Combine(file.Folder, file.Name + ".rejects.ndjson");
        var job = new ImportJob(file, mapping, rejects, progress.Report);
        var result = request.DryRun ? await DryRunAsync(services, workspace, request, job, cancellation) : await StoreAsync(services, workspace, request, job, cancellation);
        progress.Dispose();
        if (result.Error is { } error) return await WrongAsync(context, Describe(error, request.Map));
        await ImportReport.WriteAsync(context.Terminal, result.Value, request.Json, request.DryRun);
        return result.Value.Interrupted ? CommandLine.Failed : result.Value.IsClean ? CommandLine.Done : Rejected;
    }

    private static Task<Result<ImportSummary>> DryRunAsync(IServiceProvider services, WorkspaceSnapshot workspace, Request request, ImportJob job, CancellationToken cancellation)
    {
        var source = workspace.SourceByName.GetValueOrDefault(request.Source.Trim());
        var origin = new SignalOrigin(workspace.WorkspaceId, source?.SourceId ?? Guid.Empty, request.Source, source?.Channel ?? request.Channel, source?.Kind ?? SignalKind.Direct, source?.Touchpoint,
            workspace.Workspace.DefaultRegion)
        { IsHistory = true };
        var sink = new DryRunSink(services.GetRequiredService<SignalPreparer>(), origin, services.GetRequiredService<TimeProvider>());
        return new ImportRunner(sink, new NoCheckpoint()).RunAsync(job, cancellation);
    }

    private static async Task<Result<ImportSummary>> StoreAsync(IServiceProvider services, WorkspaceSnapshot workspace, Request request, ImportJob job, CancellationToken cancellation)
    {
        var source = await SourceAsync(services, workspace, request, cancellation);
        workspace = await CommandContext.WorkspaceAsync(services, cancellation);
        var time = services.GetRequiredService<TimeProvider>();
        var writer = services.GetRequiredService<IntakeWriter>();
        await writer.StartAsync(CancellationToken.None);
        try
        {
            var sink = new IntakeSink(services.GetRequiredService<IntakeService>(), workspace, source, time);
            var runs = new ImportRuns(services.GetRequiredService<HarkStore>(), time, workspace.WorkspaceId, source.SourceId);
            return await new ImportRunner(sink, runs).RunAsync(job, cancellation);
        }
        catch (ImportFailedException e)
        {
            throw new CommandException(e.Message + " What was stored before stands; run the import again to go on.");
        }
        finally
        {
            await writer.StopAsync(CancellationToken.None);
        }
    }

    private static async Task<Source> SourceAsync(IServiceProvider services, WorkspaceSnapshot workspace, Request request, CancellationToken cancellation) =>
        workspace.SourceByName.GetValueOrDefault(request.Source.Trim())
            ?? CommandContext.Need(await services.GetRequiredService<SourceAdmin>()
                .CreateAsync(workspace.WorkspaceId, new SourceSettings { Name = request.Source, Channel = request.Channel }, CommandContext.Actor, cancellation));

    private static string Describe(Error error, string? map) =>
        $"{error.Detail}{string.Concat((error.Fields ?? new Dictionary<string, string[]>()).SelectMany(f => f.Value.Select(r => $"\n  {map ?? "mapping"}{(f.Key.Length == 0 ? "" : " " + f.Key)}: {r}")))}";

    private static async Task<int> WrongAsync(CommandContext context, string message)
    {
        await context.Terminal.Error.WriteLineAsync(message);
        return CommandLine.WrongUse;
    }

    private sealed record Request(string File, string Source, string? Map, string? SaveMap, string? Rejects, Channel Channel, bool DryRun, bool Json);

    private sealed class Options
    {
        public Argument<string> File { get; } = new("file") { Description = "CSV, JSON or NDJSON, in any usual encoding." };
        public Option<string> Source { get; } = new("--source") { Required = true, Description = "Name of the source that the signals belong to; made if there is none of that name." };
        public Option<string?> Map { get; } = new("--map") { Description = "Mapping file (JSON). Without it the mapping is guessed and printed." };
        public Option<string?> SaveMap { get; } = new("--save-map") { Description = "Where to save the guessed mapping." };
        public Option<string?> Rejects { get; } = new("--rejects") { Description = "Where rejected records go, with line and reason; by default FILE.rejects.ndjson." };
        public Option<string?> Channel { get; } = new("--channel") { Description = $"Channel of a source that is made: {EnumNames<Channel>.Choices}." };
        public Option<bool> DryRun { get; } = new("--dry-run") { Description = "Maps and checks every record, shows the first as they would be stored, and stores nothing." };
        public Option<bool> Json { get; } = new("--json") { Description = "Prints the summary as JSON." };

        public Options() => Channel.AcceptOnlyFromAmong([.. EnumNames<Channel>.All]);

        public Request Read(ParseResult parsed) => new(parsed.GetRequiredValue(File), parsed.GetRequiredValue(Source), parsed.GetValue(Map), parsed.GetValue(SaveMap), parsed.GetValue(Rejects),
            parsed.GetValue(Channel) is { } name ? EnumNames<Channel>.Parse(name) : Hark.Domain.Signals.Channel.Web, parsed.GetValue(DryRun), parsed.GetValue(Json));
    }
}
