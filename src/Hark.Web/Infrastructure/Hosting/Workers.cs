using Hark.Web.Infrastructure.Settings;

namespace Hark.Web.Infrastructure.Hosting;

/// <summary>Registers background work.</summary>
public static class Workers
{
    /// <summary>Runs <typeparamref name="T"/> on nodes whose <c>Hark:Roles</c> include work; on others it is a plain service, so that tests can drive it.</summary>
    public static IServiceCollection AddWorker<T>(this IServiceCollection services, HarkOptions options) where T : class, IHostedService
    {
        services.AddSingleton<T>();
        return options.RunsWorkers ? services.AddHostedService(p => p.GetRequiredService<T>()) : services;
    }
}
