namespace Hark.Web.Features.Demo.Company;

/// <summary>A part of a country that couriers deliver to.</summary>
internal sealed record Region(string Key, double Weight);

/// <param name="Locales">Who lives there, by locale and share.</param>
/// <param name="Phone">What telephone numbers begin with; four digits of the customer number follow. Nobody has them.</param>
internal sealed record Country(string Code, double Weight, string Phone, (string Locale, double Share)[] Locales, Region[] Regions, string[] Couriers);

/// <param name="City">As signs at the shop have it.</param>
internal sealed record Store(string Key, string City, string Country, string Language, double Traffic, string[] Staff);

/// <param name="Sizes">As texts name them; none where there is only one.</param>
internal sealed record Article(string Sku, string Name, double Price, string[] Sizes);

/// <summary>What Vesna Outdoor is made of: where it sells, what, and who delivers.</summary>
internal static class Catalogue
{
    public const string Name = "Vesna Outdoor", Zone = "Europe/Prague";

    public static Country[] Countries { get; } =
    [
        new("CZ", .36, "+42060000", [("cs-CZ", .79), ("ru-CZ", .10), ("fa-CZ", .05), ("en-CZ", .06)],
            [new("praha", .38), new("jihomoravsky", .22), new("moravskoslezsky", .18), new("plzensky", .12), new("olomoucky", .10)], ["rychla-posta", "balik-expres"]),
        new("SK", .17, "+42190000", [("sk-SK", .90), ("ru-SK", .05), ("en-SK", .05)],
            [new("bratislavsky", .42), new("kosicky", .30), new("zilinsky", .28)], ["balik-expres", "tatra-kurier"]),
        new("BG", .32, "+35988000", [("bg-BG", .84), ("ru-BG", .10), ("en-BG", .06)],
            [new("sofia", .36), new(Story.BadRegion, .48), new("plovdiv", .10), new("burgas", .06)], [Story.BadCourier, "strela-kurier"]),
        new("AT", .15, "+43660000", [("en-AT", .60), ("fa-AT", .30), ("ru-AT", .10)],
            [new("wien", .58), new("oberoesterreich", .24), new("steiermark", .18)], ["alpen-paket", "balik-expres"]),
    ];

    public static Store[] Stores { get; } =
    [
        new("store-1", "Praha", "CZ", "cs", 1.5, ["Tereza", "Ondřej"]),
        new("store-2", "Brno", "CZ", "cs", 1.1, ["Lucie", "Martin"]),
        new("store-3", "Ostrava", "CZ", "cs", .8, ["Hana", "Petr"]),
        new(Story.LovedStore, "Bratislava", "SK", "sk", 1.2, ["Zuzana", "Katarína"]),
        new("store-5", "Košice", "SK", "sk", .7, ["Marek", "Jana"]),
        new("store-6", "София", "BG", "bg", 1.2, ["Десислава", "Георги"]),
        new("store-7", "Варна", "BG", "bg", .8, ["Мария", "Иван"]),
        new("store-8", "Wien", "AT", "en", 1.0, ["Sophie", "Amir"]),
    ];

    private static readonly string[] Clothes = ["S", "M", "L", "XL"], Shoes = ["38", "40", "42", "44"], One = [];

    public static Article[] Articles { get; } =
    [
        new("JKT-101", "Ridge 2", 149, Clothes), new("JKT-102", "Ridge Light", 119, Clothes), new("JKT-110", "Bora", 189, Clothes), new("JKT-120", "Zephyr", 89, Clothes),
        new("PNT-130", "Trail", 79, Clothes), new("PNT-131", "Trail Winter", 95, Clothes), new("FLC-140", "Lama", 59, Clothes), new("FLC-141", "Lama Zip", 65, Clothes),
        new("BOOT-210", "Kamenec Mid", 139, Shoes), new(Story.SmallSku, "Vihren Pro", 169, Shoes), new("BOOT-230", "Lomnica", 129, Shoes), new("SHOE-240", "Karst", 99, Shoes),
        new("SHOE-241", "Karst Kids", 59, Shoes), new("PACK-310", "Rila 28", 85, One), new("PACK-311", "Rila 45", 125, One), new("TENT-410", "Polana 2", 229, One),
        new("TENT-411", "Polana 3", 279, One), new("BAG-420", "Mrak -5", 149, One), new("MAT-430", "Pena", 39, One), new("LAMP-440", "Iskra", 35, One),
        new("BTL-450", "Pramen", 19, One), new("SOCK-510", "Ovce", 15, Shoes), new("CAP-520", "Vrchol", 22, One), new("GLV-530", "Prst", 29, Clothes),
    ];

    /// <summary>Hours of the day by how much happens in them, from midnight.</summary>
    public static double[] WebHours { get; } = [.5, .2, .1, .1, .1, .3, .9, 1.8, 2.4, 2.6, 2.8, 3.1, 3.5, 3.0, 2.7, 2.6, 2.7, 3.0, 3.7, 4.8, 5.4, 4.9, 3.2, 1.4];
    public static double[] ShopHours { get; } = [0, 0, 0, 0, 0, 0, 0, 0, 0, 1.6, 2.6, 3.4, 3.6, 3.1, 3.0, 3.5, 4.4, 5.0, 4.2, 2.2, 0, 0, 0, 0];
    public static double[] OfficeHours { get; } = [0, 0, 0, 0, 0, 0, 0, .8, 2.5, 4, 4.4, 3.8, 2, 3, 3.8, 3.4, 2, .7, 0, 0, 0, 0, 0, 0];

    /// <summary>Days of the week, from Monday.</summary>
    public static double[] WebDays { get; } = [1.18, 1.05, 1.0, .98, .86, .82, 1.11];
    public static double[] ShopDays { get; } = [.85, .85, .9, .95, 1.15, 1.6, .7];
    public static double[] OfficeDays { get; } = [1.4, 1.45, 1.4, 1.4, 1.25, .05, .05];
}
