using System.Globalization;
using Hark.Domain.Signals;

namespace Hark.Web.Features.Demo.Company;

// What is not about one order: shops, the site, the app, the relationship.
internal sealed partial class Voices
{
    /// <summary>Faces on the kiosk at the door. Story 4 shows here.</summary>
    public DemoSignal Kiosk(Store store, DateTimeOffset at)
    {
        var experience = store.Key == Story.LovedStore ? new Experience(.97, .005) : new Experience(.80, .07);
        var rating = experience.Grade(dice, "csat");
        var polarity = rating.Polarity();
        var text = Words(store.Language, "staff", polarity, new() { Store = store.City, Name = dice.Pick(store.Staff), Product = dice.Pick(Catalogue.Articles).Name },
            store.Key == Story.LovedStore ? .6 : .18);
        return new(Sources.Kiosk, new()
        {
            Id = Id("kiosk-" + store.Key, at),
            OccurredAt = at,
            Rating = rating,
            Text = text,
            Language = text is null ? null : store.Language,
            Topics = Topics(text, "staff"),
            Subject = new(Location: store.Key),
            Attributes = Values(("country", Scalar.Of(store.Country))),
        });
    }

    /// <summary>"What I heard today."</summary>
    public DemoSignal FloorNote(Store store, DateTimeOffset at)
    {
        var polarity = store.Key == Story.LovedStore && dice.Chance(.6) ? Positive : dice.Pick(NotePolarities);
        var article = polarity == Negative ? Array.Find(Catalogue.Articles, a => a.Sku == Story.SmallSku)! : dice.Pick(Catalogue.Articles);
        return new(Sources.Floor, new()
        {
            Id = Id("note-" + store.Key, at),
            OccurredAt = at,
            Language = store.Language,
            Text = Phrases.Shared.Line(dice, store.Language, "staff-note" + polarity, new() { Product = article.Name, Name = dice.Pick(store.Staff), Days = dice.Between(6, 12) }),
            Subject = new(Location: store.Key),
            Tags = ["heard-today"],
        });
    }

    /// <summary>Would they recommend us? Who was hurt in the last month says why.</summary>
    public DemoSignal Recommendation(Customer customer, DateTimeOffset at)
    {
        var hurt = customer.HurtBy(at);
        var rating = (hurt is null ? new Experience(.85 + (customer.SinceDay < -730 ? .03 : 0), .07) : new Experience(.52, .45)).Grade(dice, "nps", customer.Mood);
        var polarity = rating.Polarity();
        var topic = polarity == Negative ? hurt ?? dice.Pick(Complaints) : dice.Pick(Praises);
        var slots = new Slots { Product = dice.Pick(Catalogue.Articles).Name, Name = dice.Pick(Staff.FirstNames) };
        return new(Sources.Relationship, new()
        {
            Id = Id("nps-" + customer.Number.ToString(CultureInfo.InvariantCulture), at),
            OccurredAt = at,
            Rating = rating,
            Text = Words(customer.Language, topic, polarity, slots, 1.1),
            Contact = customer.As(now, email: true),
            Consent = Consent(),
            Attributes = Values(("country", Scalar.Of(customer.Country.Code))),
        });
    }

    public DemoSignal Registered(Customer customer, DateTimeOffset at) => Asked("registration", "app", customer, at, new(.80, .08), Sources.Web, "csat");

    public DemoSignal Loyalty(Customer customer, DateTimeOffset at) => Asked("loyalty", "price", customer, at, new(.84, .06), Sources.Relationship, "csat");

    public DemoSignal AppThumb(Customer customer, DateTimeOffset at) => Asked("app", "app", customer, at, new(.82, .12), Sources.App, "thumbs");

    /// <summary>"Was this page helpful?" asked of nobody in particular.</summary>
    public DemoSignal PageThumb(DateTimeOffset at)
    {
        var guide = dice.Chance(.6);
        var article = dice.Pick(Catalogue.Articles, a => a.Sizes.Length == 0 ? 0 : a.Sku == Story.SmallSku ? 3 : 1);
        var rating = (guide && article.Sku == Story.SmallSku ? new Experience(.45, .5) : new Experience(.80, .12)).Grade(dice, "thumbs");
        return new(Sources.Web, new()
        {
            Id = Id("page", at),
            OccurredAt = at,
            Touchpoint = guide ? "size-guide" : "help-centre",
            Rating = rating,
            Subject = guide ? new(Sku: article.Sku) : null,
            Attributes = Values(("device", Scalar.Of(dice.Chance(.6) ? "phone" : "desktop"))),
        });
    }

    private static readonly string[] NotePolarities = [Negative, Positive, Neutral], Complaints = ["price", "app", "support", "product"], Praises = ["product", "product", "delivery", "support", "price"];

    private DemoSignal Asked(string touchpoint, string topic, Customer customer, DateTimeOffset at, Experience experience, string source, string scale)
    {
        var rating = experience.Grade(dice, scale, customer.Mood);
        var text = Words(customer.Language, topic, rating.Polarity(), new() { Product = dice.Pick(Catalogue.Articles).Name }, .7);
        return new(source, new()
        {
            Id = Id(touchpoint + "-" + customer.Number.ToString(CultureInfo.InvariantCulture), at),
            OccurredAt = at,
            Touchpoint = touchpoint,
            Rating = rating,
            Text = text,
            Topics = Topics(text, topic),
            Contact = customer.As(now, id: source != Sources.Relationship, email: source != Sources.App),
            Consent = Consent(),
        });
    }

    /// <summary>The source's own id where no order gives one.</summary>
    private static string Id(string what, DateTimeOffset at) => FormattableString.Invariant($"{what}-{at.ToUnixTimeMilliseconds()}");
}
