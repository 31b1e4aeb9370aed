using Hark.Domain.Signals;

namespace Hark.Web.Features.Demo.Company;

// Companies that buy for their people. Story 5 shows in all of these.
internal sealed partial class Voices
{
    private const int Purchasing = 0, Office = 1, Warehouse = 2;

    /// <summary>How much of the portal an account uses, counted by the portal itself.</summary>
    public DemoSignal Usage(BusinessAccount account, int day, DateTimeOffset at)
    {
        var usual = .62 + account.Id[^1] % 5 * .05;
        var fallen = account.Risky && day >= Story.RiskyFromDay ? Math.Max(.14, .74 + .60 / Story.RiskyFromDay * (day - Story.RiskyFromDay)) : usual;
        var share = Math.Clamp(dice.Normal(fallen, .03), .05, .98);
        return new(Sources.Usage, new()
        {
            Id = Id("usage-" + account.Id, at),
            OccurredAt = at,
            Contact = account.Contact(account.Buyers[Office], now),
            Account = account.Draft(now),
            Subject = new(Issue: share < .35 ? "falling_usage" : null),
            Attributes = Values(("active_users", Scalar.Of(Math.Round(share * account.Seats))), ("seats", Scalar.Of(account.Seats)), ("active_share", Scalar.Of(Math.Round(share, 3))),
                ("orders_30d", Scalar.Of(Math.Round(share * account.Seats * .4)))),
        });
    }

    /// <summary>People at the account on the portal.</summary>
    public DemoSignal Portal(BusinessAccount account, int day, DateTimeOffset at)
    {
        var experience = account.Risky && day >= Story.RiskyFromDay ? new Experience(.45, .55) : new Experience(.80, .08);
        var rating = experience.Grade(dice, "csat");
        var text = Words(account.Locale[..2], "portal", rating.Polarity(), Slots.None, 1.2);
        return new(Sources.Web, new()
        {
            Id = Id("portal-" + account.Id, at),
            OccurredAt = at,
            Touchpoint = "portal",
            Rating = rating,
            Text = text,
            Topics = Topics(text, "portal"),
            Contact = account.Contact(account.Buyers[dice.Chance(.7) ? Warehouse : Office], now),
            Account = account.Draft(now),
            Consent = new(ContactBack: true),
        });
    }

    /// <summary>Notes of a meeting, with the recommendation where it was asked for.</summary>
    public DemoSignal Meeting(BusinessAccount account, int day, DateTimeOffset at)
    {
        var risky = account.Risky && day >= Story.RiskyFromDay;
        var touchpoint = account.RenewsInDays - day < 90 ? "renewal" : account.Seats < 30 ? "onboarding-call" : "account-review";
        var rating = dice.Chance(.5) ? (risky ? new Experience(.28, .5) : new Experience(.86, .04)).Grade(dice, "nps") : null;
        var polarity = risky ? Negative : rating?.Polarity() ?? dice.Pick(MeetingPolarities);
        return new(Sources.Meetings, new()
        {
            Id = Id("meeting-" + account.Id, at),
            OccurredAt = at,
            Touchpoint = touchpoint,
            Rating = rating,
            Language = account.Locale[..2] is "cs" ? "cs" : "en",
            Text = Phrases.Shared.Line(dice, account.Locale[..2] is "cs" ? "cs" : "en", "meeting" + polarity, new() { Account = account.Name }),
            Contact = account.Contact(account.Buyers[Purchasing], now),
            Account = account.Draft(now),
            Consent = new(ContactBack: true),
            Attributes = Values(("renews_in_days", Scalar.Of(account.RenewsInDays - day))),
        });
    }

    private static readonly string[] MeetingPolarities = [Positive, Positive, Neutral];
}
