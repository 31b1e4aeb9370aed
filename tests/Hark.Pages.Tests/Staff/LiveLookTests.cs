using System.Net.Http.Json;
using Hark.Data.Cases;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Hark.Web.Infrastructure.Live;
using Hark.Web.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Hark.Pages.Tests.Staff;

/// <summary>What another node writes reaches the pages of this one.</summary>
public sealed class LiveLookTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task A_case_that_another_node_changes_is_told(TestStore store)
    {
        await using var app = await AppFactory.StartAsync(store);
        using var source = app.Client(await app.CreateSourceKeyAsync());
        (await source.PostAsJsonAsync("/api/v1/signals", new { id = "1", text = "Late", rating = new { scale = "nps", value = 1 } }, Cancellation)).EnsureSuccessStatusCode();
        var workspace = (await app.WorkspaceAsync()).WorkspaceId;
        var look = ActivatorUtilities.CreateInstance<LiveLook>(app.Services, NullLogger<LiveLook>.Instance);
        await look.LookAsync(workspace, Cancellation);
        app.Time.Advance(TimeSpan.FromSeconds(10)); // what this node did itself was told then
        using var listener = app.Get<LiveFeed>().Listen(workspace);
        var told = listener.NextAsync(Cancellation);
        await look.LookAsync(workspace, Cancellation);
        Assert.False(told.IsCompleted);

        var elsewhere = ActivatorUtilities.CreateInstance<CaseWriter>(app.Services); // nobody on this node hears of what it does
        await using var db = app.Store.Read();
        var id = await db.Cases.Select(c => c.CaseId).SingleAsync(Cancellation);
        Assert.True((await new AcknowledgeCase(elsewhere).RunAsync(new CaseCommand(workspace, id, CaseScope.All, Actor.System("test")), Cancellation)).Ok);
        await look.LookAsync(workspace, Cancellation);
        Assert.Equal(LiveChange.Cases, await told);
    }
}
