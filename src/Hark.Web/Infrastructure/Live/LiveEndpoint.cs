using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Hark.Domain.Common;
using Hark.Web.Infrastructure.Auth;

namespace Hark.Web.Infrastructure.Live;

/// <summary><c>GET /live</c>: server-sent events <c>signals</c> and <c>cases</c>, at most one of a kind every two seconds.</summary>
internal static class LiveEndpoint
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public static IServiceCollection AddLive(this IServiceCollection services) => services.AddSingleton<LiveFeed>().AddHostedService<LiveLook>();

    public static void MapLive(this IEndpointRouteBuilder app) => app.MapGet("/live", (Caller caller, LiveFeed feed, TimeProvider time, IHostApplicationLifetime life, HttpContext context) =>
    {
        context.Response.Headers["X-Accel-Buffering"] = "no"; // a proxy that gathers would hold the news back
        var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping);
        context.Response.RegisterForDispose(ends);
        return TypedResults.ServerSentEvents(EventsAsync(caller.WorkspaceId, feed, time, ends.Token));
    }).RequireAuthorization(Policies.Read).ExcludeFromDescription();

    private static async IAsyncEnumerable<SseItem<LiveNews>> EventsAsync(Guid workspaceId, LiveFeed feed, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var listener = feed.Listen(workspaceId);
        // Something at once: the page knows that it is connected, and a proxy passes the headers on.
        yield return new SseItem<LiveNews>(new(feed.LastSignal(workspaceId)), "hello");
        while (await listener.NextAsync(cancellation) is { } change)
        {
            yield return new SseItem<LiveNews>(new(feed.LastSignal(workspaceId)), EnumNames<LiveChange>.Of(change));
            if (!await PausedAsync(time, cancellation)) yield break;
        }
    }

    private static async Task<bool> PausedAsync(TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(Pause, time, cancellation);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}

/// <param name="LastAt">When a signal was last stored.</param>
public sealed record LiveNews(DateTimeOffset? LastAt);
