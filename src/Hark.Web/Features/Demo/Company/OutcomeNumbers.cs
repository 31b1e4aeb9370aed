using Hark.Data.Outcomes;
using Hark.Domain.Targets;

namespace Hark.Web.Features.Demo.Company;

/// <summary>What the sample company's books say of its three outcomes: retention rises and cost falls since the checkout was improved, adoption stands still.</summary>
internal static class OutcomeNumbers
{
    private const int Days = 190;

    /// <summary>The targets of a year, with the usual spread of work over time.</summary>
    public static TargetSet Targets(int year) => TargetSet.Default with
    {
        Outcomes =
        [
            TargetSet.Default.Of(OutcomeKind.Retention) with { About = "bought again within 90 days", Target = new(year, 44) },
            TargetSet.Default.Of(OutcomeKind.Adoption) with { About = "used the app or the club card within 30 days", Target = new(year, 30) },
            TargetSet.Default.Of(OutcomeKind.CostToServe) with { About = "orders, all channels", Unit = "EUR", Target = new(year, 115) },
        ],
    };

    /// <summary>Days up to yesterday, the oldest first.</summary>
    public static IReadOnlyList<ReportedDay> Of(OutcomeKind kind, DateOnly today, Dice dice) => [.. Enumerable.Range(0, Days).Select(i => Day(kind, today.AddDays(i - Days), (double)i / Days, dice))];

    /// <param name="progress">From 0 on the first day to 1 on the last.</param>
    private static ReportedDay Day(OutcomeKind kind, DateOnly day, double progress, Dice dice) => kind switch
    {
        OutcomeKind.Retention => Share(day, dice.Between(140, 190), .398 + (.028 * progress), dice),
        OutcomeKind.Adoption => Share(day, dice.Between(300, 380), .283, dice),
        OutcomeKind.CostToServe => Cost(day, dice.Between(480, 600), (1.29 - (.13 * progress)) * dice.Between(.93, 1.07)),
    };

    private static ReportedDay Cost(DateOnly day, int orders, double each) => new(day, Math.Round(orders * each, 2), orders);

    private static ReportedDay Share(DateOnly day, int counted, double share, Dice dice) => new(day, Enumerable.Range(0, counted).Count(_ => dice.Chance(share)), counted);
}
