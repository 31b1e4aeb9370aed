using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Hark.Web.Infrastructure.Telemetry;

/// <summary>Metrics and traces, sent over OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set; otherwise nobody listens and they cost nothing.</summary>
public static class HarkTelemetry
{
    public const string Name = "Hark";

    /// <summary>The meter of all of Hark's own instruments.</summary>
    public static Meter Meter { get; } = new(Name);

    /// <summary>The source of all of Hark's own spans.</summary>
    public static ActivitySource Activities { get; } = new(Name);

    private static readonly string[] Meters =
        [Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting", "System.Net.Http", "System.Runtime", "Npgsql"];

    private static readonly string[] Sources = [Name, "Microsoft.AspNetCore", "Npgsql"];

    internal static void AddHarkTelemetry(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"])) return;
        builder.Services.AddHostedService<Exporters>();
    }

    /// <summary>Lives as long as the server: what was measured last is sent before the process ends.</summary>
    private sealed class Exporters : IHostedService, IDisposable
    {
        private MeterProvider? _metrics;
        private TracerProvider? _traces;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            var resource = ResourceBuilder.CreateDefault().AddService("hark", serviceVersion: typeof(HarkTelemetry).Assembly.GetName().Version?.ToString(3))
                .AddEnvironmentVariableDetector();
            _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters).AddOtlpExporter().Build();
            _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Sources).AddOtlpExporter().Build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            _metrics?.ForceFlush(5_000);
            _traces?.ForceFlush(5_000);
            return Task.CompletedTask;
        }

        public void Dispose()
        {
            _metrics?.Dispose();
            _traces?.Dispose();
        }
    }
}
