using System.Globalization;
using Hark.Load.Generator;
using Hark.Load.Hosting;
using Hark.Load.Probes;
using Hark.Load.Report;
using Hark.Load.Seeding;
using Microsoft.Data.Sqlite;

namespace Hark.Load;

/// <summary>A store that Hark can be served on, and the keys to it.</summary>
internal sealed record Site(string Connection, string Key, string Token)
{
    /// <summary>The header that lets one read through the API.</summary>
    public string Reads => $"Authorization: Bearer {Token}";
}

/// <summary>What the sections share: the options, the report, the program to measure, stores to measure it on, and the limits measured so far.</summary>
internal sealed class LoadBench : IAsyncDisposable
{
    /// <summary>The administrator of every store that is measured.</summary>
    public const string Email = "bench@example.com", Password = "a-password-only-for-the-bench";

    private readonly string _folder = Directory.CreateTempSubdirectory("hark-load-").FullName;
    private readonly Dictionary<int, LoadResult> _echo = [];
    private Site? _template;
    private int _copies;

    private LoadBench(LoadOptions options, Results report, HarkProgram hark) => (Options, Report, Hark) = (options, report, hark);

    public LoadOptions Options { get; }
    public Results Report { get; }
    public HarkProgram Hark { get; }

    public static async Task<LoadBench> CreateAsync(LoadOptions options, Results report, CancellationToken cancellation) =>
        new(options, report, await HarkProgram.FindAsync(options.Hark, Console.Error.WriteLine, cancellation));

    public static void Say(string what) => Console.Error.WriteLine(what);

    public string NewFile(string name) => Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{name}-{++_copies}.db"));

    /// <summary>A SQLite store of its own: migrated, with a source, a team of five, and the contacts that signals will come from.</summary>
    public async Task<Site> NewSqliteAsync(CancellationToken cancellation)
    {
        _template ??= await PrepareAsync($"Data Source={NewFile("template")}", cancellation);
        var file = NewFile("hark");
        File.Copy(new SqliteConnectionStringBuilder(_template.Connection).DataSource, file);
        return _template with { Connection = $"Data Source={file}" };
    }

    /// <summary>Makes a store ready: through Hark's own command line, then rows.</summary>
    public async Task<Site> PrepareAsync(string connection, CancellationToken cancellation)
    {
        var key = await Hark.CommandAsync(connection, ["keys", "create", "--source", "shop"], null, cancellation);
        await Hark.CommandAsync(connection, ["users", "create", "--email", Email, "--role", "administrator"], Password, cancellation);
        var token = await Hark.CommandAsync(connection, ["tokens", "create", "--email", Email, "--scope", "read"], null, cancellation);
        await using var seed = await StoreSeed.OpenAsync(connection, cancellation);
        await seed.TeamAsync(cancellation);
        await seed.ContactsAsync(Options.Contacts, cancellation);
        return new Site(connection, key, token);
    }

    public Task<ServerProcess> ServeAsync(Site site, CancellationToken cancellation) => Hark.ServeAsync(site.Connection, cancellation);

    /// <summary>This program again, as a probe; see <see cref="ProbeServer"/>.</summary>
    public Task<ServerProcess> ServeProbeAsync(string kind, CancellationToken cancellation)
    {
        var port = FreePort.Find();
        string[] arguments = [ProbeServer.Word, kind, port.ToString(CultureInfo.InvariantCulture), NewFile(kind), Options.Contacts.ToString(CultureInfo.InvariantCulture)];
        var own = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(own) == "dotnet"
            ? ServerProcess.StartAsync(own, [typeof(LoadBench).Assembly.Location, .. arguments], port, cancellation)
            : ServerProcess.StartAsync(own, arguments, port, cancellation);
    }

    /// <summary>Single signals at Kestrel that parses and answers: the limit of anything over HTTP here. Measured once for each number of clients.</summary>
    public async Task<LoadResult> EchoAsync(int clients, CancellationToken cancellation)
    {
        if (_echo.TryGetValue(clients, out var known)) return known;
        await using var server = await ServeProbeAsync(ProbeServer.Echo, cancellation);
        return _echo[clients] = await SinglesAsync(server.Port, "none", clients, cancellation);
    }

    public async Task<LoadResult> SinglesAsync(int port, string key, int clients, CancellationToken cancellation) =>
        (await ClosedLoop.RunAsync(port, clients, Options.WarmUp, Options.Measure, i => SignalTraffic.Single(key, Options.Contacts, i), null, cancellation)).Checked();

    /// <summary>Batches of 1,000 by four callers: while one batch is written, others are parsed.</summary>
    public async Task<LoadResult> BatchesAsync(int port, string key, CancellationToken cancellation) =>
        (await ClosedLoop.RunAsync(port, 4, Options.WarmUp, Options.Measure, i => SignalTraffic.Batch(key, RawBatches.Size, Options.Contacts, i), null, cancellation)).Checked();

    /// <summary>What a load cost the server, warm-up left out as far as it is alike: processor time for each signal, as text.</summary>
    public async Task<(LoadResult Result, string Cost)> CostedAsync(ServerProcess server, Func<Task<LoadResult>> load)
    {
        var before = server.ProcessorTime;
        var result = await load();
        var used = (server.ProcessorTime - before) * (Options.Measure / (Options.Measure + Options.WarmUp));
        return (result, $"{Line.Number(used.TotalMicroseconds / (result.SignalsPerSecond * Options.Measure.TotalSeconds))} µs of processor time a signal");
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
