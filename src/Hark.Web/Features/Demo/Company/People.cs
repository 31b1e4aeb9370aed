using System.Globalization;
using Hark.Domain.Signals;

namespace Hark.Web.Features.Demo.Company;

/// <summary>Somebody who buys.</summary>
/// <param name="SinceDay">Days before now at which they became a customer; negative.</param>
internal sealed record Customer(int Number, string Name, string Email, string Phone, string Locale, Country Country, Region Region, int SinceDay, bool UsesApp, bool Vip, double Mood)
{
    public string Language => Locale[..2];

    /// <summary>How willingly they answer, against the average: long-term customers answer more than twice as often as new ones.</summary>
    public double Answers => SinceDay > -90 ? .6 : SinceDay > -730 ? 1 : 1.4;

    /// <summary>When something last went wrong for them; shows in recommendations for a month.</summary>
    public (DateTimeOffset At, string Topic)? Hurt { get; set; }

    public string? HurtBy(DateTimeOffset at) => Hurt is { } h && h.At <= at && at - h.At < TimeSpan.FromDays(30) ? h.Topic : null;

    /// <summary>The customer as one feed knows them: each has its own part of the identity.</summary>
    public ContactDraft As(DateTimeOffset now, bool id = false, bool email = false, bool phone = false) => new()
    {
        Id = id ? FormattableString.Invariant($"c-{Number}") : null,
        Email = email ? Email : null,
        Phone = phone ? Phone : null,
        Name = id || email ? Name : null,
        Locale = Locale,
        Traits = !id ? Scalar.NoValues : new Dictionary<string, Scalar>
        {
            ["customer_since"] = Scalar.Of(now.AddDays(SinceDay).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ["country"] = Scalar.Of(Country.Code),
            ["tier"] = Scalar.Of(Vip ? "vip" : "regular"),
            ["app_user"] = Scalar.Of(UsesApp),
        },
    };
}

/// <summary>Makes customers with names that fit their language.</summary>
internal static class People
{
    public const int Count = 2400;

    private static readonly Dictionary<string, (string[] First, string[] Last)[]> Names = new(StringComparer.Ordinal)
    {
        ["cs"] =
        [
            (["Jana", "Petra", "Lenka", "Eva", "Lucie", "Kateřina", "Veronika"], ["Nováková", "Dvořáková", "Černá", "Procházková", "Horáková", "Němcová", "Marková"]),
            (["Jan", "Petr", "Tomáš", "Jakub", "Pavel", "Lukáš", "Vojtěch"], ["Novák", "Dvořák", "Černý", "Procházka", "Horák", "Němec", "Marek"]),
        ],
        ["sk"] =
        [
            (["Mária", "Zuzana", "Katarína", "Monika", "Lenka"], ["Kováčová", "Horváthová", "Vargová", "Tóthová", "Hudáková"]),
            (["Peter", "Martin", "Jozef", "Michal", "Juraj"], ["Kováč", "Horváth", "Varga", "Tóth", "Hudák"]),
        ],
        ["bg"] =
        [
            (["Мария", "Елена", "Десислава", "Ивана", "Цветелина"], ["Иванова", "Петрова", "Димитрова", "Николова", "Стоянова"]),
            (["Георги", "Иван", "Димитър", "Николай", "Стоян"], ["Иванов", "Петров", "Димитров", "Николов", "Стоянов"]),
        ],
        ["ru"] =
        [
            (["Анна", "Ольга", "Наталья", "Татьяна"], ["Смирнова", "Кузнецова", "Попова", "Волкова"]),
            (["Алексей", "Дмитрий", "Сергей", "Михаил"], ["Смирнов", "Кузнецов", "Попов", "Волков"]),
        ],
        ["fa"] = [(["مریم", "زهرا", "علی", "رضا", "نرگس", "امید"], ["احمدی", "محمدی", "کریمی", "رضایی", "حسینی"])],
        ["en"] = [(["Anna", "David", "Sarah", "Thomas", "Julia", "Mark"], ["Weber", "Miller", "Brown", "Gruber", "Novak", "Taylor"])],
    };

    public static Customer[] Make(Dice dice) => [.. Enumerable.Range(0, Count).Select(i => One(dice, 1000 + i))];

    private static Customer One(Dice dice, int number)
    {
        var country = dice.Pick(Catalogue.Countries, c => c.Weight);
        var locale = dice.Pick(country.Locales, l => l.Share).Locale;
        var (first, last) = dice.Pick(Names[locale[..2]]);
        var since = dice.Next() switch { < .25 => -dice.Between(3, 89), < .65 => -dice.Between(90, 729), _ => -dice.Between(730, 2900) };
        return new Customer(
            number, $"{dice.Pick(first)} {dice.Pick(last)}", FormattableString.Invariant($"customer{number}@{locale[..2]}.mail.example"),
            FormattableString.Invariant($"{country.Phone}{number}"),
            locale, country, dice.Pick(country.Regions, r => r.Weight), since, dice.Chance(.35), since < -730 && dice.Chance(.15), dice.Normal(0, .05));
    }
}

/// <summary>Somebody at a company that buys for its people.</summary>
internal sealed record Buyer(string Id, string Name, string Email, string Role);

/// <summary>A company that buys for its people through the team portal.</summary>
/// <param name="RenewsInDays">From now.</param>
internal sealed record BusinessAccount(string Id, string Name, decimal AnnualValue, int RenewsInDays, int Seats, string Locale, Buyer[] Buyers)
{
    public bool Risky => Id == Story.RiskyAccount;

    public AccountDraft Draft(DateTimeOffset now) => new()
    {
        Id = Id,
        Name = Name,
        AnnualValue = AnnualValue,
        Currency = "EUR",
        RenewsOn = DateOnly.FromDateTime(now.UtcDateTime).AddDays(RenewsInDays),
        Traits = new Dictionary<string, Scalar> { ["seats"] = Scalar.Of(Seats), ["plan"] = Scalar.Of(AnnualValue >= 40_000 ? "enterprise" : "team") },
    };

    public ContactDraft Contact(Buyer buyer, DateTimeOffset now) => new()
    {
        Id = buyer.Id,
        Email = buyer.Email,
        Name = buyer.Name,
        Locale = Locale,
        Traits = new Dictionary<string, Scalar>
        {
            ["role"] = Scalar.Of(buyer.Role),
            ["customer_since"] = Scalar.Of(now.AddDays(-400 - Seats).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        },
    };

    public static BusinessAccount[] All { get; } =
    [
        One(1, "Horská služba Beskydy", 18_400, 71, 60, "cs-CZ"), One(2, "Lanovky Tatry", 42_000, 133, 140, "sk-SK"), One(3, "Pirin Adventures", 9_600, 48, 25, "bg-BG"),
        One(4, "Donau Logistik", 64_000, 210, 320, "en-AT"), One(5, "Zelený vůz", 27_500, 95, 110, "cs-CZ"), One(6, "Mesto Žilina", 15_200, 160, 75, "sk-SK"),
        One(7, "Severka Logistics", 96_000, Story.RiskyRenewsInDays, 410, "en-CZ"), One(8, "Черно море Порт", 33_000, 119, 150, "bg-BG"), One(9, "Alpine Guides Graz", 7_800, 63, 22, "en-AT"),
        One(10, "Stavby Morava", 51_000, 254, 260, "cs-CZ"), One(11, "Ski School Bansko", 11_300, 38, 45, "bg-BG"), One(12, "Lesy Slovenska", 72_000, 301, 380, "sk-SK"),
        One(13, "Kurier Team Wien", 22_900, 182, 90, "en-AT"), One(14, "Outdoor Academy", 6_000, 27, 18, "en-CZ"),
    ];

    private static BusinessAccount One(int number, string name, decimal value, int renews, int seats, string locale)
    {
        Buyer Of(string key, string who, string role) => new(FormattableString.Invariant($"b-{number}-{key}"), who, FormattableString.Invariant($"{key}@account{number}.example"), role);
        return new(FormattableString.Invariant($"a-{1000 + number}"), name, value, renews, seats, locale,
            [Of("purchasing", "Purchasing, " + name, "director"), Of("office", "Office, " + name, "champion"), Of("warehouse", "Warehouse, " + name, "user")]);
    }
}
