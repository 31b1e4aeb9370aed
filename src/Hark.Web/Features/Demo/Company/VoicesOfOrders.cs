using Hark.Domain.Signals;

namespace Hark.Web.Features.Demo.Company;

// What comes of orders.
internal sealed partial class Voices
{
    /// <summary>Right after paying. Story 2 shows here.</summary>
    public DemoSignal Checkout(Order order, DateTimeOffset at)
    {
        var experience = order.Day >= Story.CheckoutFromDay ? new Experience(.86, .04) : new Experience(.64, .11);
        var rating = experience.Grade(dice, dice.Chance(.6) ? "ces" : "csat", order.Customer.Mood);
        var text = Words(order.Customer.Language, "checkout", rating.Polarity(), order.Slots(rating.Polarity()));
        return new(Sources.Web, new()
        {
            Id = "checkout-" + order.Number,
            OccurredAt = at,
            Touchpoint = "checkout",
            Rating = rating,
            Text = text,
            Topics = Topics(text, "checkout"),
            Contact = order.Customer.As(now, id: true, email: true),
            Subject = new(order.Number, order.Article.Sku),
            Consent = Consent(),
            Attributes = Values(("device", Scalar.Of(order.Device)), ("payment", Scalar.Of(dice.Pick(Payments))), ("country", Scalar.Of(order.Customer.Country.Code))),
        });
    }

    /// <summary>Whether the order falls into the days of story 7.</summary>
    public bool MayPayTwice(Order order) => order.At >= now.AddDays(Story.PaidTwiceFromDay);

    /// <summary>The payment was taken twice. Story 7 is this.</summary>
    public DemoSignal PaidTwice(Order order, DateTimeOffset at) => new(Sources.Web, new()
    {
        Id = "payment-" + order.Number,
        OccurredAt = at,
        Touchpoint = "payment",
        Rating = new Experience(.08, 0).Grade(dice, "csat"),
        Text = Phrases.Shared.Say(dice, order.Customer.Language, "payment", Negative, order.Slots(Negative)),
        Topics = ["payment"],
        Contact = order.Customer.As(now, id: true, email: true),
        Consent = new(ContactBack: true),
        Subject = new(order.Number, order.Article.Sku, Issue: Story.PaidTwice),
        Attributes = Values(("device", Scalar.Of(order.Device)), ("payment", Scalar.Of("card")), ("country", Scalar.Of(order.Customer.Country.Code))),
    });

    /// <summary>By e-mail after the parcel came. Story 1 shows here.</summary>
    public DemoSignal Delivered(Order order, DateTimeOffset at)
    {
        var experience = order.Days > 5 ? new Experience(.42, .60) : order.Late ? new Experience(.62, .22) : new Experience(.86, .03);
        var rating = experience.Grade(dice, "csat", order.Customer.Mood);
        var polarity = rating.Polarity();
        var text = Words(order.Customer.Language, "delivery", polarity, order.Slots(polarity));
        if (polarity == Negative) order.Customer.Hurt = (at, "delivery");
        return new(Sources.Delivery, new()
        {
            Id = "delivery-" + order.Number,
            OccurredAt = at,
            Rating = rating,
            Text = text,
            Topics = Topics(text, "delivery"),
            Contact = order.Customer.As(now, email: true),
            Subject = new(order.Number, order.Article.Sku, Issue: polarity == Negative ? order.Late ? "late_delivery" : "parcel_condition" : null),
            Consent = Consent(),
            Attributes = Delivery(order),
        });
    }

    /// <summary>Stars in the app once the thing was used. Story 3 shows here.</summary>
    public DemoSignal Stars(Order order, DateTimeOffset at)
    {
        var (rating, topic) = Product(order, "stars");
        var text = Words(order.Customer.Language, topic, rating.Polarity(), order.Slots(rating.Polarity()), .8);
        return new(Sources.App, new()
        {
            Id = "stars-" + order.Number,
            OccurredAt = at,
            Touchpoint = "product",
            Rating = rating,
            Text = text,
            Topics = Topics(text, topic),
            Contact = order.Customer.As(now, id: true),
            Subject = new(order.Number, order.Article.Sku, Issue: IssueOf(rating, topic)),
            Attributes = Sized(order),
        });
    }

    /// <summary>A public review: words always, topics left to be found.</summary>
    public DemoSignal Review(Order order, DateTimeOffset at)
    {
        var (rating, topic) = Product(order, "stars");
        var customer = order.Customer;
        var known = dice.Chance(.8);
        return new(Sources.Reviews, new()
        {
            Id = "review-" + order.Number,
            OccurredAt = at,
            Rating = rating,
            Text = Phrases.Shared.Say(dice, customer.Language, topic, rating.Polarity(), order.Slots(rating.Polarity())),
            Language = known ? null : customer.Language,
            Contact = known ? customer.As(now, email: true) : null,
            Subject = new(Sku: order.Article.Sku, Issue: IssueOf(rating, topic)),
            Attributes = Sized(order),
        });
    }

    /// <summary>A ticket at the help desk about what went wrong.</summary>
    public DemoSignal Ticket(Order order, DateTimeOffset at)
    {
        var topic = order.Days > 5 || order.Late ? "delivery" : order.RunsSmall ? "size" : dice.Pick(TicketTopics);
        order.Customer.Hurt = (at, topic);
        return new(Sources.HelpDesk, new()
        {
            Id = "ticket-" + order.Number,
            OccurredAt = at,
            Text = Phrases.Shared.Say(dice, order.Customer.Language, topic, Negative, order.Slots(Negative)),
            Topics = [topic],
            Tags = topic == "price" ? ["question"] : ["complaint"],
            Contact = order.Customer.As(now, id: dice.Chance(.6), email: true),
            Consent = new(ContactBack: true),
            Subject = new(order.Number, order.Article.Sku, Ticket: "T-" + order.Number, Issue: topic switch { "delivery" => "late_delivery", "size" => "too_small", var other => other }),
            Attributes = topic == "delivery" ? Delivery(order) : Sized(order),
        });
    }

    /// <summary>How easy it was to send something back.</summary>
    public DemoSignal Return(Order order, DateTimeOffset at)
    {
        var rating = new Experience(.74, .12).Grade(dice, "ces", order.Customer.Mood);
        var text = Words(order.Customer.Language, "returns", rating.Polarity(), order.Slots(rating.Polarity()) with { Days = rating.Polarity() == Positive ? dice.Between(2, 4) : null });
        return new(Sources.Web, new()
        {
            Id = "return-" + order.Number,
            OccurredAt = at,
            Touchpoint = "returns",
            Rating = rating,
            Text = text,
            Topics = Topics(text, "returns"),
            Contact = order.Customer.As(now, id: true, email: true),
            Subject = new(order.Number, order.Article.Sku, Issue: order.RunsSmall ? "too_small" : null),
            Attributes = Sized(order),
        });
    }

    /// <summary>What a customer says on the chat.</summary>
    public DemoSignal Chat(Order order, DateTimeOffset at)
    {
        var rating = new Experience(.84, .09).Grade(dice, "thumbs", order.Customer.Mood);
        var polarity = rating.Polarity();
        var topic = polarity == Negative && order.Late ? "delivery" : "support";
        return new(Sources.Chat, new()
        {
            Id = "chat-" + order.Number,
            OccurredAt = at,
            Rating = rating,
            Text = Words(order.Customer.Language, topic, polarity, order.Slots(polarity) with { Name = dice.Pick(Staff.FirstNames) }, 1.3),
            Contact = order.Customer.As(now, id: true, phone: true),
            Subject = new(order.Number),
            Consent = new(ContactBack: dice.Chance(.8)),
        });
    }

    /// <summary>A text message after a call: all that is known is the number.</summary>
    public DemoSignal Called(Order order, DateTimeOffset at)
    {
        var rating = new Experience(.76, .12).Grade(dice, "ces", order.Customer.Mood);
        return new(Sources.Sms, new()
        {
            Id = "sms-" + order.Number,
            OccurredAt = at,
            Rating = rating,
            Text = Words(order.Customer.Language, "support", rating.Polarity(), order.Slots(rating.Polarity()) with { Name = dice.Pick(Staff.FirstNames) }, .7),
            Contact = order.Customer.As(now, phone: true),
            Attributes = Values(("wait_seconds", Scalar.Of(Math.Round(dice.Exponential(140))))),
        });
    }

    private static readonly string[] Payments = ["card", "card", "transfer", "on_delivery", "wallet"], TicketTopics = ["product", "product", "returns", "support", "price", "app"];

    private (RatingDraft Rating, string Topic) Product(Order order, string scale)
    {
        var experience = order.RunsSmall ? new Experience(.58, .46) : new Experience(.86, .06);
        var rating = experience.Grade(dice, scale, order.Customer.Mood);
        var topic = order.RunsSmall && rating.Polarity() == Negative ? "size" : order.Size is not null && rating.Polarity() == Positive && dice.Chance(.15) && !order.RunsSmall ? "size" : "product";
        if (rating.Polarity() == Negative) order.Customer.Hurt = (order.DeliveredAt, topic);
        return (rating, topic);
    }

    private static string? IssueOf(RatingDraft rating, string topic) => rating.Polarity() != Negative ? null : topic == "size" ? "too_small" : "quality";

    private static Dictionary<string, Scalar> Sized(Order order) => Values(("size", Scalar.Of(order.Size ?? "one")), ("country", Scalar.Of(order.Customer.Country.Code)));

    private static Dictionary<string, Scalar> Delivery(Order order) => Values(
        ("courier", Scalar.Of(order.Courier)), ("region", Scalar.Of(order.Customer.Region.Key)), ("country", Scalar.Of(order.Customer.Country.Code)),
        ("delivery_days", Scalar.Of(order.Days)), ("promised_days", Scalar.Of(Order.Promised)), ("late", Scalar.Of(order.Late)));
}
