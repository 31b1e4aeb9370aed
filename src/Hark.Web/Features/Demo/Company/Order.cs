namespace Hark.Web.Features.Demo.Company;

/// <summary>Something bought: where most signals come from.</summary>
/// <param name="Day">Day of the order, 0 for today and negative before.</param>
/// <param name="Days">From the order to the door.</param>
internal sealed record Order(string Number, Customer Customer, int Day, DateTimeOffset At, Article Article, string? Size, string Courier, int Days, string Device)
{
    /// <summary>Days that the shop promises.</summary>
    public const int Promised = 3;

    public bool Late => Days > Promised;
    public bool RunsSmall => Article.Sku == Story.SmallSku;
    public DateTimeOffset DeliveredAt => At.AddDays(Days);

    /// <summary>The slots that an order fills. Few days are no matter for a complaint, and one day needs other grammar.</summary>
    public Slots Slots(string polarity) => new()
    {
        Product = Article.Name,
        Order = Number,
        Size = Size,
        Days = polarity == Phrases.Negative ? Days >= 5 ? Days : null : Days is 2 or 3 ? Days : null,
    };

    public static Order Make(Dice dice, string number, Customer customer, int day, DateTimeOffset at)
    {
        var article = dice.Pick(Catalogue.Articles, a => a.Sku == Story.SmallSku ? 2.2 : 1);
        // The courier that will fail serves one region and brings most of its parcels, not all: so it can be told from the region.
        var courier = dice.Pick(customer.Country.Couriers, c => c != Story.BadCourier ? 1 : customer.Region.Key == Story.BadRegion ? 2 : 0);
        var bad = courier == Story.BadCourier && day >= Story.BadCourierFromDay;
        var days = bad ? 6 + dice.Poisson(3) : 1 + dice.Poisson(1.0);
        return new(number, customer, day, at, article, article.Sizes.Length == 0 ? null : dice.Pick(article.Sizes), courier, days, dice.Chance(.62) ? "phone" : "desktop");
    }
}
