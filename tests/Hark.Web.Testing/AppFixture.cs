using Xunit;

namespace Hark.Web.Testing;

/// <summary>One application for all tests of a class, for those that do not mind each other's rows.</summary>
public sealed class AppFixture : IAsyncLifetime
{
    public AppFactory App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await AppFactory.StartAsync();

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
