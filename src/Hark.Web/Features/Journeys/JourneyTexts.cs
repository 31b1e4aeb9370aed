using Hark.Domain.Journeys;
using Hark.Web.Infrastructure.Localisation;

namespace Hark.Web.Features.Journeys;

/// <summary>Names of stages and touchpoints: what people called them, else their key in words.</summary>
internal static class JourneyTexts
{
    public static string Name(Texts t, JourneyStage stage) => stage.Name ?? t.Name("stage", stage.Key);

    public static string Name(Texts t, Touchpoint touchpoint) => touchpoint.Name ?? t.Name("touchpoint", touchpoint.Key);
}
