using FsCheck;
using FsCheck.Fluent;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Understanding;
using Xunit;

namespace Hark.Domain.Tests.Understanding;

public sealed class UnderstanderTests
{
    [Theory]
    [InlineData("Terrible service, nobody answered my calls", SentimentLabel.Negative)]
    [InlineData("Everything arrived early and works perfectly, thank you", SentimentLabel.Positive)]
    [InlineData("Where is my order?", SentimentLabel.Neutral)]
    [InlineData("not good at all", SentimentLabel.Negative)]
    [InlineData("super špatné", SentimentLabel.Negative)]
    [InlineData("super spatne", SentimentLabel.Negative)]
    [InlineData("výborná kvalita, děkuji", SentimentLabel.Positive)]
    [InlineData("vyborna kvalita, dekuji", SentimentLabel.Positive)]
    [InlineData("veľmi zlá skúsenosť, neodporúčam", SentimentLabel.Negative)]
    [InlineData("Много добро обслужване, препоръчвам", SentimentLabel.Positive)]
    [InlineData("mnogo losho, ne preporachvam", SentimentLabel.Negative)]
    [InlineData("Ужасно, деньги не вернули", SentimentLabel.Negative)]
    [InlineData("uzhasno, ne rekomenduyu", SentimentLabel.Negative)]
    [InlineData("خیلی بد بود، راضی نیستم", SentimentLabel.Negative)]
    [InlineData("عالی بود، ممنون", SentimentLabel.Positive)]
    [InlineData("😡", SentimentLabel.Negative)]
    [InlineData("👍👍", SentimentLabel.Positive)]
    [InlineData(":-(", SentimentLabel.Negative)]
    [InlineData("", SentimentLabel.Unknown)]
    [InlineData("包裹晚到了两天", SentimentLabel.Unknown)]
    public void The_side_of_a_text_is_told(string text, SentimentLabel label) => Assert.Equal(label, Models.Shipped.Understand(text).Sentiment.Label);

    [Theory]
    [InlineData("\u200Fعالی\u200F بود، \u202Bممنون\u202C", "عالی بود، ممنون")]
    [InlineData("\u2066terrible\u2069 service", "terrible service")]
    public void Marks_of_direction_say_nothing(string marked, string plain)
    {
        var (with, without) = (Models.Shipped.Understand(marked, "fa").Sentiment, Models.Shipped.Understand(plain, "fa").Sentiment);
        Assert.Equal(without, with);
    }

    [Theory]
    [InlineData("Okamžitě mi zavolejte, začalo to hořet, je to nebezpečné", "urgent", Severity.Critical)]
    [InlineData("This is urgent, call me back immediately", "urgent", Severity.Critical)]
    [InlineData("Nice colour", "routine", Severity.Routine)]
    public void What_cannot_wait_is_critical(string text, string urgency, Severity severity)
    {
        var understood = Models.Shipped.Understand(text);
        Assert.Equal((urgency, severity), (understood.Urgency.Label, understood.Severity));
    }

    [Fact]
    public void A_language_that_is_told_is_believed() =>
        Assert.Equal(new LanguageGuess("sk", 1, false), Models.Shipped.Understand("Balík přišel pozdě", "sk").Language);

    [Fact]
    public void Any_text_is_understood_in_bounds_and_always_alike() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text =>
        {
            var understood = Models.Shipped.Understand(text ?? "");
            return understood.Sentiment is { Value: >= -1 and <= 1, Confidence: >= 0 and <= 1 } && understood.Urgency.Confidence is >= 0 and <= 1
                && understood.Emotion?.Confidence is null or > 0 and <= 1 && understood with { Topics = [] } == Models.Shipped.Understand(text ?? "") with { Topics = [] };
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("a")]
    [InlineData("bad ")]
    [InlineData("a\u200d")]
    [InlineData("\u202eא")]
    [InlineData("!?")]
    [InlineData("😡")]
    [InlineData("((:")]
    public void Work_grows_no_faster_than_the_text(string piece)
    {
        Assert.InRange(Work(piece, 20_000), 1, 24 * 20_000);
        Assert.InRange(Work(piece, 20_000), 1, 2 * Work(piece, 10_000) + 100);
    }

    [Fact]
    public void Long_texts_leave_nothing_behind()
    {
        var text = string.Join(' ', Enumerable.Range(0, 3_000).Select(i => $"w{i}"));
        var before = Models.Shipped.Understand("not bad at all");
        Models.Shipped.Understand(text);
        Assert.Equal(before.Sentiment, Models.Shipped.Understand("not bad at all").Sentiment);
    }

    [Fact]
    public void Enriching_adds_what_the_source_did_not_say()
    {
        var detected = Enrich(new SignalDraft { Text = "Balík přišel rozbitý a nikdo to neřeší" });
        Assert.Equal(("cs", SentimentLabel.Negative), (detected.Language, detected.Sentiment?.Label));
        Assert.Equal([("language", "cs"), ("sentiment", "negative"), ("causes", "damage")], detected.Trail.Where(t => t.By is not ("emotion" or "urgency")).Select(t => (t.By, t.Concluded)));
        Assert.All(detected.Trail, t => Assert.NotEmpty(t.Version));
        var told = Enrich(new SignalDraft { Text = "Balík přišel rozbitý", Language = "sk" });
        Assert.Equal(("sk", "sentiment"), (told.Language, told.Trail[0].By));
        var silent = Enrich(new SignalDraft());
        Assert.Equal((null, null, 0), (silent.Language, silent.Sentiment, silent.Trail.Count));
    }

    private static PreparedSignal Enrich(SignalDraft draft)
    {
        var origin = new SignalOrigin(Guid.Empty, Guid.Empty, "shop", Channel.Web, SignalKind.Direct, null, null);
        return new SignalPreparer([new UnderstandingEnricher(Models.Shipped, new OneWorkspace(WorkspaceUnderstanding.None))]).Prepare(draft, origin, new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero), new InputErrors())!;
    }

    private static int Work(string piece, int length)
    {
        var features = new Features(12);
        TextFeatures.Read(string.Concat(Enumerable.Repeat(piece, length / piece.Length)), "en", features);
        return features.Work;
    }
}
