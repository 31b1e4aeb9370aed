using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Hark.Data.Tests.Workspaces;

public abstract class ConfigDocumentsTests(TestStore store) : IAsyncLifetime
{
    private static readonly Actor Hand = Actor.System("test");
    private TestDatabase _database = null!;
    private ServiceProvider _services = null!;
    private Guid _workspace;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private ConfigDocuments Documents => _services.GetRequiredService<ConfigDocuments>();
    private WorkspaceSnapshots Snapshots => _services.GetRequiredService<WorkspaceSnapshots>();

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabases.CreateAsync(store);
        _services = _database.AddTo(new ServiceCollection()).AddSingleton<TimeProvider>(new ManualTime()).AddSingleton<WorkspaceSnapshots>()
            .AddSingleton<SettingsWriter>().AddSingleton<ConfigDocuments>().AddSingleton<WorkspaceAdmin>().AddSingleton<SourceAdmin>().BuildServiceProvider();
        _workspace = (await _services.GetRequiredService<WorkspaceAdmin>().CreateAsync("Test", "UTC", Hand, Cancellation)).WorkspaceId;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private Task<Result<ConfigDocument>> PutAsync(string text, long? ifMatch) =>
        Documents.PutAsync(_workspace, DocumentKind.Rules, text, ifMatch, Hand, Cancellation);

    [Fact]
    public async Task Versions_count_up_and_are_all_kept()
    {
        Assert.Equal(1, (await PutAsync("[1]", 0)).Value.Version);
        Assert.Equal(2, (await PutAsync("[2]", 1)).Value.Version);
        Assert.Equal(3, (await PutAsync("[3]", null)).Value.Version);
        Assert.Equal(["[3]", "[2]", "[1]"], (await Documents.ListAsync(_workspace, DocumentKind.Rules, null, 10, Cancellation)).Select(d => d.Document));
        Assert.Equal(["[1]"], (await Documents.ListAsync(_workspace, DocumentKind.Rules, 2, 10, Cancellation)).Select(d => d.Document));
        Assert.Empty(await Documents.ListAsync(_workspace, DocumentKind.Segments, null, 10, Cancellation));
    }

    [Fact]
    public async Task An_editor_who_saw_an_older_version_is_refused_and_nothing_changes()
    {
        await PutAsync("[1]", 0);
        var before = (await Snapshots.GetAsync(_workspace, Cancellation)).Workspace.ConfigVersion;
        Assert.Equal(ErrorCodes.VersionConflict, (await PutAsync("[x]", 0)).Error?.Code);
        await Snapshots.RefreshAsync(Cancellation);
        var snapshot = await Snapshots.GetAsync(_workspace, Cancellation);
        Assert.Equal(before, snapshot.Workspace.ConfigVersion);
        Assert.Equal("[1]", snapshot.Documents[DocumentKind.Rules].Document);
    }

    [Fact]
    public async Task Of_editors_at_the_same_moment_one_wins()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => PutAsync($"[{i}]", 0), Cancellation)));
        Assert.Single(results, r => r.Ok);
        Assert.All(results.Where(r => !r.Ok), r => Assert.Equal(ErrorCodes.VersionConflict, r.Error?.Code));
        Assert.Single(await Documents.ListAsync(_workspace, DocumentKind.Rules, null, 10, Cancellation));
    }

    [Fact]
    public async Task Rolling_back_is_a_new_version_with_the_old_text()
    {
        await PutAsync("[1]", 0);
        await PutAsync("[2]", 1);
        var back = await Documents.RollBackAsync(_workspace, DocumentKind.Rules, 1, 2, Hand, Cancellation);
        Assert.Equal((3, "[1]"), (back.Value.Version, back.Value.Document));
        Assert.Equal(ErrorCodes.NotFound, (await Documents.RollBackAsync(_workspace, DocumentKind.Rules, 9, null, Hand, Cancellation)).Error?.Code);
        Assert.Equal(ErrorCodes.NotFound, (await Documents.FindAsync(Guid.Empty, DocumentKind.Rules, 1, Cancellation)).Error?.Code);
    }

    [Fact]
    public async Task A_change_raises_the_config_version_is_audited_and_is_seen_at_once()
    {
        var before = (await Snapshots.GetAsync(_workspace, Cancellation)).Workspace.ConfigVersion;
        await PutAsync("[1]", 0);
        var after = await Snapshots.GetAsync(_workspace, Cancellation);
        Assert.Equal(before + 1, after.Workspace.ConfigVersion);
        Assert.Equal("[1]", after.Documents[DocumentKind.Rules].Document);
        await using var db = _database.Store.Read();
        var entry = await db.AuditEntries.SingleAsync(e => e.WorkspaceId == _workspace && e.Action == "rules.changed", Cancellation);
        Assert.Equal((ActorKind.System, "test"), (entry.ActorKind, entry.ActorId));
    }

    [Fact]
    public async Task A_change_of_another_process_is_seen_at_the_next_comparison()
    {
        await Snapshots.AllAsync(Cancellation);
        using var elsewhere = new WorkspaceSnapshots(_database.Store, new ManualTime());
        var writer = new SettingsWriter(_database.Store, elsewhere, new ManualTime());
        Assert.True((await new SourceAdmin(writer).CreateAsync(_workspace, new SourceSettings { Name = "new" }, Hand, Cancellation)).Ok);
        Assert.Empty((await Snapshots.GetAsync(_workspace, Cancellation)).Sources);
        await Snapshots.RefreshAsync(Cancellation);
        Assert.Equal("new", Assert.Single((await Snapshots.GetAsync(_workspace, Cancellation)).Sources).Name);
    }

    [Fact]
    public async Task The_first_workspace_is_made_once_by_nodes_that_start_together()
    {
        await using var blank = await TestDatabases.CreateAsync(store, Cancellation);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            using var snapshots = new WorkspaceSnapshots(blank.Store, TimeProvider.System);
            await new WorkspaceAdmin(blank.Store, snapshots, TimeProvider.System).EnsureFirstAsync("Hark", "UTC", Cancellation);
        }, Cancellation)));
        await using var db = blank.Store.Read();
        Assert.Equal(1, await db.Workspaces.CountAsync(Cancellation));
        Assert.Equal(WorkspaceAdmin.DefaultTeam, (await db.Teams.SingleAsync(Cancellation)).Key);
        Assert.Equal(0, await db.WorkerLeases.CountAsync(Cancellation));
    }
}

public sealed class SqliteConfigDocumentsTests() : ConfigDocumentsTests(TestStore.Sqlite);

public sealed class PostgreSqlConfigDocumentsTests() : ConfigDocumentsTests(TestStore.PostgreSql);
