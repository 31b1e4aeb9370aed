using Hark.Data.Intake;
using Hark.Domain.Signals;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Limits;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hark.Web.Features.Intake;

/// <summary>The API adapter of the one intake, and the writer behind it. Every other channel is an adapter like this one.</summary>
public static class IntakeFeature
{
    public static IServiceCollection AddIntake(this IServiceCollection services)
    {
        services.AddSingleton<ISignalEnricher, SeverityEnricher>().AddSingleton<SignalPreparer>();
        services.AddSingleton<IntakeQueue>().AddSingleton<IntakeMessages>().AddSingleton<IntakeService>();
        services.AddSingleton<IntakeWriter>();
        // On every node, whatever its role: whoever takes signals in writes them.
        services.AddHostedService(p => p.GetRequiredService<IntakeWriter>());
        services.AddHealthChecks().AddCheck<IntakeHealth>("intake");
        return services;
    }

    public static void MapIntake(this IEndpointRouteBuilder app)
    {
        var signals = app.MapGroup("/api/v1/signals").WithTags("Signals").RequireAuthorization(Policies.Send);
        signals.MapPost("", SendSignal.HandleAsync).WithName("SendSignal").WithSummary("Send a signal")
            .WithDescription("Stores one signal and answers after it is durable: 201 when it is new, 200 when it was there (duplicate or updated).")
            .WithBodyLimit(SendSignal.MaxBytes).Accepts<SignalDraft>("application/json")
            .Produces<SignalAnswer>(StatusCodes.Status201Created).Produces<SignalAnswer>();
        signals.MapPost("/batch", SendBatch.HandleAsync).WithName("SendSignals").WithSummary("Send many signals")
            .WithDescription("A JSON array or NDJSON of at most 5,000 signals and 8 MiB. Wrong records are told by index; the others are stored.")
            .WithBodyLimit(SendBatch.MaxBytes).Accepts<SignalDraft[]>("application/json", "application/x-ndjson").Produces<BatchAnswer>();
    }
}

/// <summary>Unhealthy while one group has been in the making for so long that the store must be stuck.</summary>
internal sealed class IntakeHealth(IntakeWriter writer) : IHealthCheck
{
    /// <summary>Far beyond the slowest honest commit, below the patience of load balancers.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(writer.BusyFor < Patience ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("the store does not commit"));
}
