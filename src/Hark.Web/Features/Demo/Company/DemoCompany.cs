using System.Globalization;
using NodaTime;

namespace Hark.Web.Features.Demo.Company;

/// <summary>
/// The sample company: everything about it follows from a seed and from <c>now</c>, which is where its history of <see cref="Story.Days"/> days ends. Reads no
/// clock. Making it takes some tens of milliseconds.
/// </summary>
internal sealed class DemoCompany
{
    public const int UsualSeed = 20_260;

    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb[Catalogue.Zone];

    private readonly Dice _dice;
    private readonly Voices _voices;
    private readonly Customer[] _customers;
    private readonly LocalDate _today;
    private int _orders = 81_000;

    private DemoCompany(DateTimeOffset now, int seed, int chance)
    {
        _dice = new Dice(chance);
        _voices = new Voices(_dice, now);
        _customers = People.Make(new Dice(seed));
        _today = Instant.FromDateTimeOffset(now).InZone(Zone).Date;
    }

    /// <summary>Everything that was heard, in order of time; the last of it just before now.</summary>
    public IReadOnlyList<DemoSignal> History { get; private set; } = [];

    /// <summary>The same seed and the same time give the same company, down to the last word.</summary>
    public static DemoCompany Make(DateTimeOffset now, int seed = UsualSeed)
    {
        var company = new DemoCompany(now, seed, seed + 1);
        var all = Enumerable.Range(-Story.Days, Story.Days + 1).SelectMany(company.Day).Where(s => s.At < now).ToList();
        company.History = [.. all.OrderBy(s => s.At).ThenBy(s => s.Draft.Id, StringComparer.Ordinal)];
        return company;
    }

    /// <summary>The same company without its history, to go on with: what <see cref="Next"/> gives depends on <paramref name="chance"/>.</summary>
    /// <param name="now">Where the history ended.</param>
    public static DemoCompany Live(DateTimeOffset now, int chance, int seed = UsualSeed) => new(now, seed, chance);

    /// <summary>One more signal, made now.</summary>
    public DemoSignal Next(DateTimeOffset at)
    {
        var signal = _dice.Next() switch
        {
            < .03 => _voices.PaidTwice(Live(at, 0), at),
            < .20 => _voices.Checkout(Live(at, 0), at),
            < .42 => Delivered(at),
            < .50 => _voices.Stars(Live(at, 6), at),
            < .56 => _voices.Review(Live(at, 8), at),
            < .61 => _voices.Ticket(Live(at, 7), at),
            < .66 => _voices.Chat(Live(at, 3), at),
            < .75 => _voices.Recommendation(Anybody(), at),
            < .92 => _voices.Kiosk(_dice.Pick(Catalogue.Stores, s => s.Traffic), at),
            < .96 => _voices.PageThumb(at),
            _ => _voices.Portal(_dice.Pick(BusinessAccount.All), 0, at),
        };
        return signal with { Draft = signal.Draft with { OccurredAt = at } };
    }

    private DemoSignal Delivered(DateTimeOffset at)
    {
        var order = Live(at, 0);
        return _voices.Delivered(order with { At = at.AddDays(-order.Days) }, at);
    }

    /// <summary>The number comes from the time: it is new, also after a restart.</summary>
    private Order Live(DateTimeOffset at, int daysAgo) =>
        Order.Make(_dice, at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), Anybody(), 0, at.AddDays(-daysAgo));

    private Customer Anybody() => _dice.Pick(_customers);

    private IEnumerable<DemoSignal> Day(int day)
    {
        var weekday = (int)_today.PlusDays(day).DayOfWeek - 1;
        for (var i = _dice.Poisson(24 * Catalogue.WebDays[weekday]); i > 0; i--)
            foreach (var signal in OfOrder(Ordered(day))) yield return signal;
        foreach (var signal in OfSite(day, Catalogue.WebDays[weekday])) yield return signal;
        foreach (var signal in OfShops(day, Catalogue.ShopDays[weekday])) yield return signal;
        foreach (var signal in OfBusiness(day, weekday)) yield return signal;
    }

    private Order Ordered(int day) => Order.Make(_dice, (_orders++).ToString(CultureInfo.InvariantCulture), Anybody(), day, At(day, Catalogue.WebHours));

    private IEnumerable<DemoSignal> OfOrder(Order order)
    {
        var (answers, delivered) = (order.Customer.Answers, order.Day + order.Days);
        if (_voices.MayPayTwice(order) && _dice.Chance(.4)) yield return _voices.PaidTwice(order, order.At.AddMinutes(_dice.Between(20.0, 400.0)));
        if (_dice.Chance(.25 * answers)) yield return _voices.Checkout(order, order.At.AddSeconds(_dice.Between(40, 300)));
        if (_dice.Chance(.29 * answers * (order.Days > 5 ? 1.5 : 1))) yield return _voices.Delivered(order, order.DeliveredAt.AddHours(_dice.Between(3.0, 40.0)));
        if (order.Customer.UsesApp && _dice.Chance(.26 * answers)) yield return _voices.Stars(order, At(delivered + _dice.Between(2, 9), Catalogue.WebHours));
        if (_dice.Chance(.075 * answers)) yield return _voices.Review(order, At(delivered + _dice.Between(3, 14), Catalogue.WebHours));
        if (_dice.Chance(order.Days > 5 ? .22 : order.Late ? .08 : order.RunsSmall ? .13 : .018)) yield return _voices.Ticket(order, At(delivered + _dice.Between(0, 3), Catalogue.WebHours));
        if (_dice.Chance(order.RunsSmall ? .40 : .06) && _dice.Chance(.35 * answers)) yield return _voices.Return(order, At(delivered + _dice.Between(6, 15), Catalogue.WebHours));
        if (_dice.Chance(order.Late ? .15 : .05)) yield return _voices.Chat(order, At(order.Day + _dice.Between(1, 5), Catalogue.OfficeHours));
        if (_dice.Chance(.024)) yield return _voices.Called(order, At(order.Day + _dice.Between(1, 6), Catalogue.OfficeHours));
    }

    private IEnumerable<DemoSignal> OfSite(int day, double busy)
    {
        for (var i = _dice.Poisson(6 * busy); i > 0; i--) yield return _voices.Recommendation(_dice.Pick(_customers, c => c.Answers), At(day, Catalogue.WebHours));
        for (var i = _dice.Poisson(2 * busy); i > 0; i--) yield return _voices.PageThumb(At(day, Catalogue.WebHours));
        for (var i = _dice.Poisson(.9 * busy); i > 0; i--) yield return _voices.AppThumb(_dice.Pick(_customers, c => c.UsesApp ? c.Answers : 0), At(day, Catalogue.WebHours));
        for (var i = _dice.Poisson(.6 * busy); i > 0; i--) yield return _voices.Registered(_dice.Pick(_customers, c => c.SinceDay > -90 ? 1 : 0), At(day, Catalogue.WebHours));
        for (var i = _dice.Poisson(.6 * busy); i > 0; i--) yield return _voices.Loyalty(_dice.Pick(_customers, c => c.SinceDay < -730 ? 1 : 0), At(day, Catalogue.WebHours));
    }

    private IEnumerable<DemoSignal> OfShops(int day, double busy)
    {
        foreach (var store in Catalogue.Stores)
        {
            for (var i = _dice.Poisson(.8 * store.Traffic * busy); i > 0; i--) yield return _voices.Kiosk(store, At(day, Catalogue.ShopHours));
            if (_dice.Chance(.08)) yield return _voices.FloorNote(store, At(day, Catalogue.ShopHours));
        }
    }

    private IEnumerable<DemoSignal> OfBusiness(int day, int weekday)
    {
        foreach (var account in BusinessAccount.All)
        {
            var busy = Catalogue.OfficeDays[weekday];
            if (weekday is 0 or 3) yield return _voices.Usage(account, day, At(day, Catalogue.OfficeHours));
            if (_dice.Chance(.05 * busy * (account.Risky ? 2 : 1))) yield return _voices.Portal(account, day, At(day, Catalogue.OfficeHours));
            if (_dice.Chance(.02 * busy * (account.Risky ? 2.5 : 1))) yield return _voices.Meeting(account, day, At(day, Catalogue.OfficeHours));
        }
    }

    /// <summary>A moment of a day, more likely in its busy hours.</summary>
    private DateTimeOffset At(int day, double[] hours)
    {
        var hour = _dice.Pick(Hours, h => hours[h]);
        var local = _today.PlusDays(day).At(new LocalTime(hour, _dice.Between(0, 59), _dice.Between(0, 59), _dice.Between(0, 999)));
        return Zone.AtLeniently(local).ToDateTimeOffset().ToUniversalTime();
    }

    private static readonly int[] Hours = [.. Enumerable.Range(0, 24)];
}
