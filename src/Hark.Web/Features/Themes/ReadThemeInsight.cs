using Hark.Data.Insight;
using Hark.Domain.Common;
using Hark.Domain.Statistics.Drivers;
using Hark.Web.Infrastructure.Auth;

namespace Hark.Web.Features.Themes;

/// <summary>Where a topic is concentrated, and what it does to the score.</summary>
/// <param name="Target">The score that was asked: NPS where enough say it, else all ratings.</param>
/// <param name="Driver">Null where too few answers speak against the topic to say.</param>
public sealed record ThemeInsight(ConcentrationQuestion Question, Concentrations Found, DriverTarget Target, DriverAnswer Answer, Driver? Driver);

/// <summary>Reads what the facts in memory say of one topic: seconds with a million of them, so a page shows it after the rest.</summary>
internal sealed class ReadThemeInsight(ConcentrationReader concentrations, DriverReader drivers, TimeProvider time)
{
    /// <summary>Findings that a theme's page shows; the page of the question has them all.</summary>
    public const int Most = 5;

    public async Task<ThemeInsight> RunAsync(Caller caller, string topic, CancellationToken cancellation)
    {
        var now = time.Now();
        var question = ConcentrationQuestion.OfTopic(caller.Workspace, topic, now.AddDays(-ReadTheme.Days), now.AddMicroseconds(1));
        var found = await concentrations.ReadAsync(caller.Workspace, question, cancellation);
        var (target, answer, driver) = (DriverTarget.Nps, await DriversAsync(caller, question.Period, DriverTarget.Nps, cancellation), default(Driver));
        driver = Of(answer, topic);
        if (driver is null) (target, answer) = (DriverTarget.Score, await DriversAsync(caller, question.Period, DriverTarget.Score, cancellation));
        return new(question, found, target, answer, driver ?? Of(answer, topic));
    }

    private Task<DriverAnswer> DriversAsync(Caller caller, InsightPeriod period, DriverTarget target, CancellationToken cancellation) =>
        drivers.ReadAsync(caller.Workspace, new DriverQuestion(period, target, [DriverGroup.Topic], null, caller.Workspace.Workspace.MinimumCount), cancellation);

    private static Driver? Of(DriverAnswer answer, string topic) => answer.Result.Drivers.FirstOrDefault(d => d.Name == topic && d.Coefficient is { Low: not null, High: not null });
}
