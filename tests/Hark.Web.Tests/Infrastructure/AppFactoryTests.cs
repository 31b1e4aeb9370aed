using System.Net;
using Hark.Testing;
using Hark.Web.Testing;
using Xunit;

namespace Hark.Web.Tests.Infrastructure;

public sealed class AppFactoryTests
{
    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task A_started_application_is_ready(TestStore store)
    {
        await using var app = await AppFactory.StartAsync(store);
        using var client = app.Client(null);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready", TestContext.Current.CancellationToken)).StatusCode);
    }
}
