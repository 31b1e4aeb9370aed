using Hark.Data.Workspaces;
using Hark.Domain.Sla;

namespace Hark.Web.Features.Sla;

/// <summary>Computes what would be promised, by the same functions that promise it.</summary>
internal static class SlaPreview
{
    public static IEnumerable<PreviewClock> Of(WorkspacePolicies policies, SlaPolicySet set, PreviewBody body, DateTimeOffset opened, DateTimeOffset signal)
    {
        var catalogue = set == policies.Sla ? policies.Catalogue : policies.Catalogue.With(set.Ladders);
        foreach (var (kind, choice) in set.Select(new SlaContext(body.Channel, body.Severity, body.Segments ?? []), body.Policy).OrderBy(c => c.Key))
        {
            var start = choice.Target.StartsFrom == ClockStart.SignalReceived ? signal : opened;
            var clock = Clock.Start(kind, choice.Target.ToTerms(choice.Policy, policies.SlaVersion, catalogue), start);
            var reading = ClockReader.Read(clock, catalogue, start);
            var calendar = catalogue.Calendar(clock.TermsInForce.Calendar);
            yield return new(kind, choice.Policy, choice.Target.Target.TotalSeconds, clock.TermsInForce.Calendar.Key, clock.StartedAt, reading.WarnAt, reading.DueAt,
                [.. Steps(catalogue.Ladder(choice.Target.Ladder), choice.Target.Target).Select(after => calendar.AddWorkingTime(clock.StartedAt, after))]);
        }
    }

    private static IEnumerable<TimeSpan> Steps(EscalationLadder? ladder, TimeSpan target) =>
        ladder is null ? [] : ladder.Steps.Select(s => target + s.After).Select(t => t < TimeSpan.Zero ? TimeSpan.Zero : t);
}
