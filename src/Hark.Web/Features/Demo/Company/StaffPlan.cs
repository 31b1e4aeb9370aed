using Hark.Domain.Cases;
using Hark.Domain.Signals;
using NodaTime;

namespace Hark.Web.Features.Demo.Company;

/// <summary>What somebody does about a case.</summary>
internal enum StepKind { Acknowledge, Note, Snooze, Reply, Ask, CustomerReply, CallBack, CallBackDone, Resolve, Confirm, Deny }

/// <param name="Text">Their words, where the step has some; of a resolution the root cause.</param>
internal sealed record Step(DateTimeOffset At, StepKind Kind, string? Text = null, CaseOutcome? Outcome = null);

/// <summary>A case that has just been opened, as far as the work on it depends on it.</summary>
internal sealed record NewCase(DateTimeOffset OpenedAt, Channel Channel, bool Critical, string Language, string Topic, bool Reachable);

/// <summary>
/// How the people of the sample company work on a case, from the first look to the customer's answer. Most are quick, some are slow, they sleep at night, and
/// from <see cref="Story.IllFromDay"/> on too few of them are there.
/// </summary>
internal sealed class StaffPlan(Dice dice, DateTimeOffset now)
{
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb[Catalogue.Zone];
    private static readonly (CaseOutcome Outcome, double Weight)[] Usual = [(CaseOutcome.Fixed, .42), (CaseOutcome.Explained, .22), (CaseOutcome.Compensated, .26), (CaseOutcome.Declined, .06), (CaseOutcome.NoActionNeeded, .04)];

    private static readonly Dictionary<string, string[]> RootCauses = new(StringComparer.Ordinal)
    {
        ["delivery"] = ["courier overloaded", "courier did not ring", "late hand-over in the warehouse", "wrong address label"],
        ["size"] = ["size chart does not match the last", "customer between two sizes"],
        ["product"] = ["faulty zip", "seam not taped", "dye not fixed", "used beyond its purpose"],
        ["checkout"] = ["payment provider timed out", "voucher field hidden", "address form loses entries"],
        ["payment"] = ["payment provider sent the confirmation twice", "payment button could be pressed again"],
        ["returns"] = ["refund waits for the warehouse", "label missing in the parcel"],
        ["app"] = ["session ends too early", "crash in the list of orders"],
        ["support"] = ["queue too long", "answer from a template did not fit", "no hand-over between colleagues"],
        ["staff"] = ["too few people at peak time", "no training on the new range"],
        ["price"] = ["promotion started right after", "shipping costs shown too late"],
        ["portal"] = ["slow since the last update", "approval workflow stuck", "report missing"],
    };

    /// <summary>Everything that will happen to the case, in order of time; some of it may lie after now.</summary>
    public IReadOnlyList<Step> Of(NewCase about)
    {
        var steps = new List<Step>();
        var at = FirstLook(about);
        steps.Add(new(at, StepKind.Acknowledge));
        if (dice.Chance(.14)) steps.Add(new(at.AddMinutes(3), StepKind.Note, dice.Pick(Notes)));
        if (dice.Chance(.03)) steps.Add(new(at.AddMinutes(5), StepKind.Snooze));
        if (dice.Chance(.05)) at = CallBack(steps, at);
        at = Quick(about) && dice.Chance(.85) ? at.AddSeconds(dice.Between(10, 35)) : Awake(at + Minutes(dice.Exponential(110)));
        if (dice.Chance(.14) && (at = Ask(steps, about, at)) == DateTimeOffset.MaxValue) return steps;
        steps.Add(new(at, StepKind.Reply, Words(about.Language, "reply")));
        Finish(steps, about, at);
        return steps;
    }

    /// <summary>The plain next step for a case that nobody planned for.</summary>
    public Step Next(Case c, DateTimeOffset at) => c switch
    {
        { State: CaseState.New } => new(at, StepKind.Acknowledge),
        { State: CaseState.Waiting } => new(at, StepKind.CustomerReply, Words(c.Language ?? "en", "answer")),
        { State: CaseState.Resolved } => dice.Chance(.85) ? new(at, StepKind.Confirm, Words(c.Language ?? "en", "confirmed")) : new(at, StepKind.Deny, Words(c.Language ?? "en", "denied")),
        { RespondedAt: null } => new(at, StepKind.Reply, Words(c.Language ?? "en", "reply")),
        _ => new(at, StepKind.Resolve, RootCause(c.Touchpoint ?? ""), dice.Pick(Usual, o => o.Weight).Outcome),
    };

    private DateTimeOffset FirstLook(NewCase about)
    {
        var open = about.OpenedAt;
        if (Quick(about) && dice.Chance(.75)) return open.AddSeconds(dice.Between(8, about.Channel == Channel.Chat ? 40 : 200));
        if (open > now.AddDays(Story.IllFromDay) && dice.Chance(.55)) return Awake(open.AddHours(dice.Between(20.0, 160.0)));
        var patience = about.Critical ? .55 : 1;
        return Awake(open + dice.Next() switch
        {
            < .72 => Minutes(dice.Exponential(42) * patience),
            < .92 => Minutes(dice.Between(100, 320) * patience),
            _ => Minutes(dice.Between(330, 1100) * patience),
        });
    }

    private static bool Quick(NewCase about) => about.Channel is Channel.Chat or Channel.Sms;

    private DateTimeOffset CallBack(List<Step> steps, DateTimeOffset at)
    {
        steps.Add(new(at.AddMinutes(2), StepKind.CallBack));
        var called = Slot(at).AddMinutes(dice.Between(3, 40));
        if (dice.Chance(.85)) steps.Add(new(called, StepKind.CallBackDone, "Called; went through it together."));
        return called;
    }

    /// <summary>The hour of a promised call: ten o'clock of the next day.</summary>
    public static DateTimeOffset Slot(DateTimeOffset at)
    {
        var day = Instant.FromDateTimeOffset(at).InZone(Zone).Date.PlusDays(1);
        return Zone.AtLeniently(day.At(new LocalTime(10, 0))).ToDateTimeOffset().ToUniversalTime();
    }

    /// <summary>Asks the customer something and waits. The end of time when no answer ever comes.</summary>
    private DateTimeOffset Ask(List<Step> steps, NewCase about, DateTimeOffset at)
    {
        steps.Add(new(at, StepKind.Ask, Words(about.Language, "ask")));
        if (dice.Chance(.07)) return DateTimeOffset.MaxValue;
        var answered = at + Minutes(dice.Exponential(60 * 26));
        steps.Add(new(answered, StepKind.CustomerReply, Words(about.Language, "answer")));
        return Awake(answered + Minutes(dice.Exponential(120)));
    }

    private void Finish(List<Step> steps, NewCase about, DateTimeOffset at)
    {
        var slow = about.OpenedAt > now.AddDays(Story.IllFromDay) ? 1.8 : 1;
        for (var round = 1; round <= 3; round++)
        {
            at = Awake(at + slow * dice.Next() switch
            {
                < .86 => Minutes(dice.Exponential(60 * 8)),
                < .955 => Minutes(dice.Between(60 * 20, 60 * 34)),
                _ => Minutes(dice.Between(60 * 60, 60 * 260)),
            });
            steps.Add(new(at, StepKind.Resolve, RootCause(about.Topic), dice.Pick(Usual, o => o.Weight).Outcome));
            if (!about.Reachable) return;
            var (yes, no) = (.46, .09);
            var answer = dice.Next();
            if (answer > yes + no) return; // silence
            at += Minutes(dice.Exponential(60 * 15));
            if (answer < yes)
            {
                steps.Add(new(at, StepKind.Confirm, dice.Chance(.5) ? Words(about.Language, "confirmed") : null));
                return;
            }
            steps.Add(new(at, StepKind.Deny, Words(about.Language, "denied")));
            at = Awake(at + Minutes(dice.Exponential(150)));
            steps.Add(new(at, StepKind.Reply, Words(about.Language, "reply")));
        }
    }

    private string RootCause(string topic) => dice.Pick(RootCauses.GetValueOrDefault(topic) ?? RootCauses["support"]);

    private string Words(string language, string section) =>
        Phrases.Shared.Line(dice, language, section, new() { Remedy = Phrases.Shared.Line(dice, language, "remedy", Slots.None) });

    /// <summary>The moment itself by day; after nine in the evening and before seven, the next morning.</summary>
    private DateTimeOffset Awake(DateTimeOffset at)
    {
        var local = Instant.FromDateTimeOffset(at).InZone(Zone);
        if (local.Hour is >= 7 and < 21) return at;
        var morning = (local.Hour < 7 ? local.Date : local.Date.PlusDays(1)).At(new LocalTime(7, 0));
        return Zone.AtLeniently(morning).ToDateTimeOffset().ToUniversalTime().AddSeconds(dice.Between(60, 5400));
    }

    private static TimeSpan Minutes(double minutes) => TimeSpan.FromSeconds(Math.Round(minutes * 60));

    private static readonly string[] Notes =
    [
        "Second one this week, keeping an eye on it.", "@barbora for the weekly review, please.", "Asked the warehouse for the photo of the parcel.",
        "Customer was very kind on the phone.", "Same story as last month, see the earlier case.", "@karel can you check with the courier?",
    ];
}
