using System.Net;
using Hark.Data.Work;
using Hark.Web.Features.Outbox.Api;
using Hark.Web.Features.Outbox.Email;
using Hark.Web.Features.Outbox.Webhooks;
using Hark.Web.Infrastructure.Hosting;
using Hark.Web.Infrastructure.Settings;
using Hark.Web.Infrastructure.Workers;

namespace Hark.Web.Features.Outbox;

/// <summary>Everything that leaves Hark: the outbox, e-mail and webhooks, and the way out of optional e-mail.</summary>
public static class OutboxFeature
{
    public static IServiceCollection AddOutbox(this IServiceCollection services, HarkOptions options)
    {
        services.AddSingleton<OutboxQueue>().AddSingleton<OutboxQueries>().AddSingleton<Leases>();
        services.AddSingleton(p => NodeName.New(p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(p => new NodeShard(p.GetRequiredService<Leases>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<NodeName>().Value));
        services.AddSingleton(_ => new OutboundHttp(options.WebhooksMayReachPrivateAddresses, (host, stop) => Dns.GetHostAddressesAsync(host, stop)));
        services.AddSingleton<WebhookSecrets>().AddSingleton<UnsubscribeLinks>();
        services.AddSingleton<IOutboxSender, EmailSender>().AddSingleton<IOutboxSender, WebhookSender>();
        services.AddSingleton<WebhookAdmin>().AddSingleton<OutboxAdmin>().AddSingleton<Unsubscribe>();
        services.AddWorker<OutboxWorker>(options);
        services.AddSingleton<Worker>(p => p.GetRequiredService<OutboxWorker>());
        // Whatever the role: a node that only takes signals in writes aggregates, too.
        services.AddSingleton<NodeShardWorker>().AddSingleton<Worker>(p => p.GetRequiredService<NodeShardWorker>());
        services.AddHostedService(p => p.GetRequiredService<NodeShardWorker>());
        services.AddHealthChecks().AddCheck<WorkersHealthCheck>("workers");
        return services;
    }

    public static void MapOutbox(this IEndpointRouteBuilder app)
    {
        app.MapWebhookEndpoints();
        app.MapOutboxEndpoints();
        app.MapUnsubscribe();
    }
}
