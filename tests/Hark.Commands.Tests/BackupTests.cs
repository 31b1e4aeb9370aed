using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;
using CommandLine = Hark.Web.Commands.CommandLine;
using Terminal = Hark.Web.Commands.Terminal;

namespace Hark.Commands.Tests;

public sealed class BackupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hark-backup-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string BackupFile => Path.Combine(_folder, "hark.backup");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<(int Code, string Error)> RunAsync(string connection, params string[] words)
    {
        await using var stderr = new StringWriter();
        var code = await CommandLine.RunAsync([.. words, "--ConnectionStrings:Hark=" + connection], new Terminal(TextReader.Null, TextWriter.Null, stderr), Cancellation);
        return (code, stderr.ToString());
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task A_backup_taken_while_serving_brings_back_its_moment(TestStore store)
    {
        await using var target = await TestDatabases.CreateBlankAsync(store, Cancellation);
        await using var app = await AppFactory.StartAsync(store);
        await app.CreateMemberAsync(Role.Agent);
        var backup = await RunAsync(app.Database.ConnectionString, "backup", BackupFile);
        Assert.True(backup.Code == 0, backup.Error);
        await app.CreateMemberAsync(Role.Agent);
        var restore = await RunAsync(target.ConnectionString, "restore", BackupFile);
        Assert.True(restore.Code == 0, restore.Error);
        await using var db = target.Store.Read();
        Assert.Equal("agent1@example.com", (await db.Members.SingleAsync(Cancellation)).Email);
        var again = await RunAsync(app.Database.ConnectionString, "backup", BackupFile);
        Assert.Equal(1, again.Code);
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task A_store_in_use_is_never_overwritten(TestStore store)
    {
        await using var app = await AppFactory.StartAsync(store);
        await app.CreateMemberAsync(Role.Agent);
        await using var db = app.Store.Read();
        await db.Database.OpenConnectionAsync(Cancellation);
        Assert.Equal(0, (await RunAsync(app.Database.ConnectionString, "backup", BackupFile)).Code);
        await app.CreateMemberAsync(Role.Agent);
        Assert.Equal(1, (await RunAsync(app.Database.ConnectionString, "restore", BackupFile)).Code);
        var (code, error) = await RunAsync(app.Database.ConnectionString, "restore", "--overwrite", BackupFile);
        Assert.Equal(1, code);
        Assert.Contains("in use", error, StringComparison.Ordinal);
        Assert.Equal(2, await db.Members.CountAsync(Cancellation));
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task Something_else_is_not_restored(TestStore store)
    {
        await using var target = await TestDatabases.CreateBlankAsync(store, Cancellation);
        await File.WriteAllTextAsync(BackupFile, "not a backup", Cancellation);
        var (code, error) = await RunAsync(target.ConnectionString, "restore", BackupFile);
        Assert.Equal(1, code);
        Assert.NotEqual("", error);
        Assert.Equal(1, (await RunAsync(target.ConnectionString, "restore", Path.Combine(_folder, "missing"))).Code);
    }
}
