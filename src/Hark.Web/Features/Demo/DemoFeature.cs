using Hark.Web.Infrastructure.Settings;

namespace Hark.Web.Features.Demo;

/// <summary>A sample company to look around in: see <c>docs/demo.md</c>.</summary>
public static class DemoFeature
{
    public static IServiceCollection AddDemo(this IServiceCollection services, HarkOptions options)
    {
        services.AddSingleton<DemoStore>().AddSingleton<DemoLife>();
        return options is { Demo: true, RunsWorkers: true } ? services.AddHostedService(p => p.GetRequiredService<DemoLife>()) : services;
    }
}
