using Hark.Web.Infrastructure.Staff;

namespace Hark.Web.Features.Pulse;

/// <summary>Pulse: how it stands now, in five things.</summary>
public static class PulseFeature
{
    public static IServiceCollection AddPulse(this IServiceCollection services) =>
        services.AddSingleton(new Place("pulse", "/pulse", "activity", 10));
}
