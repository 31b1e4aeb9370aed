using Hark.Domain.Identity;
using Hark.Domain.Routing;
using Hark.Domain.Signals;

namespace Hark.Domain.Tests.Routing;

/// <summary>One rich signal and the names of a small workspace.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 6, 14, 0, TimeSpan.Zero);

    public static PreparedSignal Signal(string? text = "Balík přišel o tři dny později", double? nps = 3, Severity severity = Severity.Routine, bool? contactBack = true) => new()
    {
        WorkspaceId = new Guid(1, 0, 0, new byte[8]),
        SignalId = new Guid(2, 0, 0, new byte[8]),
        SourceId = new Guid(3, 0, 0, new byte[8]),
        SourceName = "shop",
        DedupeKey = new Guid(4, 0, 0, new byte[8]),
        ContentHash = 5,
        OccurredAt = Now.AddDays(-2),
        ReceivedAt = Now,
        Channel = Channel.Chat,
        Kind = SignalKind.Direct,
        Touchpoint = "checkout",
        Rating = nps is { } value ? Rated(value) : null,
        Text = text,
        Language = "cs",
        Contact = new ContactKeys { Keys = [new IdentityKey(IdentityKind.External, "c-17")] },
        Subject = new SubjectDraft("81723", "K-11", "store-4", null, "late_delivery"),
        Consent = new ConsentDraft(contactBack),
        Tags = ["reveal", "vip"],
        Topics = [new TopicLabel("delivery", 0.9, "source")],
        Sentiment = new Sentiment(SentimentLabel.Negative, -0.8, 0.9),
        Emotion = "anger",
        Urgency = "urgent",
        Severity = severity,
        Attributes = new Dictionary<string, Scalar>
        {
            ["delivery_days"] = Scalar.Of(11),
            ["courier"] = Scalar.Of("Rychlý Balík"),
            ["express"] = Scalar.Of(true),
            ["since"] = Scalar.Of("2026-11-01"),
            ["nothing"] = default,
        },
        Answers = [new AnswerDraft("why", Scalar.Of("late")), new AnswerDraft("why", Scalar.Of("damaged"))],
    };

    public static RoutingContext Context(PreparedSignal? signal = null) => new()
    {
        Signal = signal ?? Signal(),
        Now = Now,
        Contact = new ContactFacts { ContactId = new Guid(9, 0, 0, new byte[8]), Email = "jana@example.com", FirstSignalAt = Now.AddYears(-1), Persona = "end_user", Traits = new Dictionary<string, Scalar> { ["plan"] = Scalar.Of("gold") } },
        Account = new AccountFacts { AccountId = new Guid(8, 0, 0, new byte[8]), ExternalId = "a-3", Name = "Acme", AnnualValue = 12_000, Currency = "EUR", RenewsOn = new DateOnly(2027, 1, 1) },
        Cohort = "active",
        Segments = ["vip"],
        SignalsByContactWithinDays = days => days >= 90 ? 4 : 1,
    };

    public static IRoutingNames Names { get; } = new FixedNames();

    private sealed class FixedNames : IRoutingNames
    {
        public IEnumerable<string> Known(RoutingName kind) => kind switch
        {
            RoutingName.Team => ["support", "returns"],
            RoutingName.Member => ["eva", "omid"],
            RoutingName.Segment => ["vip", "churning"],
            RoutingName.Webhook => ["crm"],
            RoutingName.SlaPolicy => ["fast"],
            RoutingName.Template => [RuleSet.PassiveTemplate, RuleSet.PromoterTemplate],
        };

        public bool Knows(RoutingName kind, string key) => Known(kind).Contains(key);
    }

    private static Rating Rated(double nps) =>
        Rating.TryCreate(RatingScale.Nps, nps, null, null, out var rating, out var problem) ? rating : throw new ArgumentException(problem.Reason, nameof(nps));
}
