using System.Collections.Immutable;
using Hark.Domain.Journeys;
using Hark.Domain.Signals;
using Hark.Domain.Sla;

namespace Hark.Web.Features.Demo.Company;

/// <summary>The settings of the sample company that are documents.</summary>
internal static class Documents
{
    public const string OfficeCalendar = "office";

    public const string Segments = """
        {"segments":[
        {"key":"b2b","name":"Business accounts","owner":"success","when":{"field":"account.id","exists":true}},
        {"key":"vip","name":"Loyal customers of the highest tier","owner":"support","when":{"field":"contact.traits.tier","eq":"vip"}},
        {"key":"app-users","name":"Use the mobile app","owner":"product","when":{"field":"contact.traits.app_user","eq":true}},
        {"key":"renewing","name":"Accounts that renew within 90 days","owner":"success","when":{"field":"account.renews_on","within_next_days":90}}]}
        """;

    public const string Personas = """
        {"trait":"role","personas":[{"persona":"end_user","when":{"field":"contact.traits.tier","exists":true}}]}
        """;

    public const string Rules = """
        {"rules":[
        {"id":"falling-usage","name":"Falling use of the portal","when":{"field":"subject.issue","eq":"falling_usage"},
         "then":[{"open_case":{"severity":"critical","team":"success","assign":"least_open_work","title":"Falling use of the portal"}},{"notify":{"to":"team:success"}}],"stop":true},
        {"id":"business","name":"Unhappy business accounts","when":{"all":[{"segment":"b2b"},{"field":"band","eq":"negative"}]},
         "then":[{"open_case":{"team":"success","assign":"least_open_work","title":"Unhappy business account"}},{"ask_call_back":{}}],"stop":true},
        {"id":"paid-twice","name":"Paid twice","when":{"field":"subject.issue","eq":"paid_twice"},
         "then":[{"open_case":{"severity":"critical","team":"support","assign":"language_skill","title":"Paid twice"}},{"notify":{"to":"team:support"}}],"stop":true},
        {"id":"delivery","name":"Delivery went wrong","when":{"any":[
          {"all":[{"field":"touchpoint","eq":"delivery"},{"field":"band","eq":"negative"}]},
          {"all":[{"field":"channel","eq":"ticket"},{"field":"subject.issue","eq":"late_delivery"}]}]},
         "then":[{"open_case":{"team":"logistics","assign":"language_skill","title":"Delivery"}}],"stop":true},
        {"id":"too-small","name":"Runs small","when":{"all":[{"field":"subject.issue","eq":"too_small"},{"not":{"field":"band","in":["neutral","positive"]}}]},
         "then":[{"open_case":{"team":"product","assign":"least_open_work","title":"Runs small"}},{"tag":{"tags":["size"]}}],"stop":true},
        {"id":"store-words","name":"Unhappy visitors with words","when":{"all":[{"field":"channel","eq":"kiosk"},{"field":"band","eq":"negative"},{"field":"text","exists":true}]},
         "then":[{"open_case":{"team":"stores","assign":"language_skill","title":"Visit to a store"}}],"stop":true},
        {"id":"silent-visitors","name":"Unhappy visitors without words","when":{"all":[{"field":"channel","eq":"kiosk"},{"field":"band","eq":"negative"}]},
         "then":[{"tag":{"tags":["unhappy-visit"]}}],"stop":true},
        {"id":"pages","name":"Pages that did not help","when":{"all":[{"field":"touchpoint","in":["size-guide","help-centre"]},{"field":"band","eq":"negative"}]},
         "then":[{"tag":{"tags":["content"]}}],"stop":true},
        {"id":"vip","name":"Loyal customers","when":{"all":[{"segment":"vip"},{"field":"band","eq":"negative"}]},
         "then":[{"open_case":{"severity":"critical","team":"support","assign":"language_skill","title":"Loyal customer"}},{"notify":{"to":"team:support"}}],"stop":true},
        {"id":"critical","name":"Critical signals","when":{"field":"severity","eq":"critical"},
         "then":[{"open_case":{"severity":"critical","team":"support","assign":"language_skill"}},{"notify":{"to":"team:support"}}],"stop":true},
        {"id":"complaints","name":"Complaints at the help desk","when":{"all":[{"field":"channel","eq":"ticket"},{"field":"tags","contains":"complaint"}]},
         "then":[{"open_case":{"team":"support","assign":"language_skill","title":"Complaint"}}],"stop":true},
        {"id":"often","name":"Unhappy twice in a month","when":{"all":[{"field":"band","eq":"negative"},{"signals_by_contact":{"within_days":30,"at_least":3}}]},
         "then":[{"tag":{"tags":["again"]}}]},
        {"id":"detractors","name":"Detractors","when":{"field":"band","eq":"negative"},"then":[{"open_case":{"team":"support","assign":"language_skill"}}],"stop":true},
        {"id":"passives","name":"Passives with a comment","when":{"all":[{"field":"band","eq":"neutral"},{"field":"text","exists":true},{"field":"consent.contact_back","eq":true}]},
         "then":[{"tag":{"tags":["passive-follow-up"]}},{"auto_reply":{"template":"passive_follow_up"}}]},
        {"id":"promoters","name":"Promoters","when":{"field":"nps_group","eq":"promoter"},"then":[{"tag":{"tags":["promoter"]}}]},
        {"id":"promoters-thanks","name":"Thank promoters","when":{"all":[{"field":"nps_group","eq":"promoter"},{"field":"consent.contact_back","eq":true}]},
         "then":[{"auto_reply":{"template":"promoter_thanks"}}]}]}
        """;

    /// <summary>Where customers are met, with what each moment shall reach this year. A few names are left to be mapped.</summary>
    public static JourneyMap Journeys(int year) => JourneyMap.Default with
    {
        Stages =
        [
            new("onboarding", null, [Met("size-guide", Sources.Product), Met("checkout", Sources.Product, new(year, 80)), Met("payment", Sources.Product)]),
            new("activation", null, [Met("delivery", Sources.Logistics, new(year, 82)), Met("onboarding-call", Sources.Success)]),
            new("regular_use", null, [Met("product", Sources.Product, new(year, 75)), Met("store-visit", Sources.Shops, new(year, 85)), Met("app", Sources.Product)]),
            new("learning", null, [Met("help-centre", Sources.Support)]),
            new("support", null, [Met("support-chat", Sources.Support, new(year, 80)), Met("support-call", Sources.Support), Met("support-ticket", Sources.Support), Met("returns", Sources.Logistics)]),
            new("renewal", null, [Met("account-review", Sources.Success)]),
            new("advocacy", null, [Met("recommendation", null, new(year, 70))]),
        ],
    };

    private static Touchpoint Met(string key, string? owner, TouchpointTarget? target = null) => new(key, Owner: owner, Target: target);

    /// <summary>Offices are open on working days; the fixed Czech public holidays of the years around are closed.</summary>
    public static CalendarDefinition Office(DateTimeOffset now) => new()
    {
        Key = OfficeCalendar,
        Zone = Catalogue.Zone,
        Week = Enumerable.Range((int)DayOfWeek.Monday, 5).ToImmutableSortedDictionary(d => (DayOfWeek)d, _ => ImmutableArray.Create(new DayWindow(8 * 60, 18 * 60))),
        Holidays = [.. Enumerable.Range(now.Year - 1, 3).SelectMany(y => Holidays.Select(h => new DateOnly(y, h.Month, h.Day)))],
    };

    /// <summary>Hark's own promises, and slower ones in office hours for business accounts, whose people are called back.</summary>
    public static SlaPolicySet Policies()
    {
        var business = new SlaPolicy("business", "Business accounts", SlaMatch.Any with { Segments = ["b2b"], Severities = [Severity.Routine] },
            ImmutableSortedDictionary<ClockKind, SlaTarget>.Empty
                .Add(ClockKind.Acknowledge, InOffice(4, 1)).Add(ClockKind.Respond, InOffice(10, 2)).Add(ClockKind.Resolve, InOffice(50, 8)));
        var usual = SlaPolicySet.Default;
        return usual with { Policies = usual.Policies.Insert(1, business) };
    }

    private static readonly (int Month, int Day)[] Holidays = [(1, 1), (5, 1), (5, 8), (7, 5), (7, 6), (9, 28), (10, 28), (11, 17), (12, 24), (12, 25), (12, 26)];

    private static SlaTarget InOffice(int hours, int warn) => new(TimeSpan.FromHours(hours), TimeSpan.FromHours(warn), OfficeCalendar, ClockStart.CaseOpened, "default");
}
