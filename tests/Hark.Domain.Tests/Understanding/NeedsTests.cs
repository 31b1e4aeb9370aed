using Hark.Domain.Common;
using Hark.Domain.Routing;
using Hark.Domain.Signals;
using Hark.Domain.Understanding;
using Hark.Domain.Understanding.Needs;
using Xunit;

namespace Hark.Domain.Tests.Understanding;

public sealed class NeedsTests
{
    [Theory]
    [InlineData("I want my money back, the parcel was late", "refund", "delay")]
    [InlineData("Pošlete nový, tenhle přišel rozbitý", "replacement", "damage")]
    [InlineData("Zavolajte mi, nikto neodpovedal", "contact", "no_answer")]
    [InlineData("Къде е пратката? Закъснява вече седмица", "information", "delay")]
    [InlineData("Верните деньги, списали дважды", "refund", "billing")]
    [InlineData("سفارش را لغو کنید، هنوز منتظر هستم", "cancel", "delay")]
    [InlineData("Everything was fine", "", "")]
    public void Needs_and_causes_are_told_where_they_are_said(string text, string needs, string causes)
    {
        var signal = Enrich(new SignalDraft { Text = text });
        Assert.Equal((needs, causes), (string.Join(',', signal.Needs), string.Join(',', signal.Causes)));
        Assert.Equal(signal.Needs, UnderstandingEnricher.Needs(signal.Trail));
        Assert.Equal(signal.Causes, UnderstandingEnricher.Causes(signal.Trail));
    }

    [Fact]
    public void What_is_felt_and_what_cannot_wait_is_kept_in_the_trail()
    {
        var urgent = Enrich(new SignalDraft { Text = "This is urgent, call me back immediately" });
        Assert.Equal(("urgent", "urgent"), (urgent.Urgency, UnderstandingEnricher.Urgency(urgent.Trail)));
        var glad = Enrich(new SignalDraft { Text = "I am so happy, we love it, wonderful!" });
        Assert.Equal(("joy", "joy", "routine"), (glad.Emotion, UnderstandingEnricher.Emotion(glad.Trail), glad.Urgency));
        Assert.Equal("routine", UnderstandingEnricher.Urgency(glad.Trail));
        var silent = Enrich(new SignalDraft { Rating = new RatingDraft("csat", 5) });
        Assert.Equal((null, null), (silent.Emotion, silent.Urgency));
    }

    [Fact]
    public void What_cannot_wait_is_flagged_with_its_reason()
    {
        var signal = Enrich(new SignalDraft { Text = "The charger caught fire next to my bed" });
        Assert.Equal((Severity.Critical, "reveal"), (signal.Severity, Assert.Single(signal.Tags)));
        Assert.Contains(signal.Trail, t => t is { By: "severity", Concluded: "critical: reveals safety" });
    }

    [Fact]
    public void Impact_grows_with_what_is_at_stake()
    {
        var fine = Enrich(new SignalDraft { Text = "All good", Rating = new RatingDraft("csat", 5) });
        var bad = Enrich(new SignalDraft { Text = "All bad", Rating = new RatingDraft("csat", 1) });
        var rich = new AccountFacts { AccountId = Guid.Empty, AnnualValue = 250_000 };
        Assert.Equal(0, Impact.Of(fine, null));
        Assert.True(Impact.Of(bad, null) >= 50 && Impact.Of(bad, rich) > Impact.Of(bad, null));
        Assert.InRange(Impact.Of(Enrich(new SignalDraft { Text = "My lawyer will write", Rating = new RatingDraft("csat", 1) }), rich with { AnnualValue = 1e12m }), 95, 100);
    }

    [Fact]
    public void Rules_may_name_them()
    {
        Assert.All(["needs", "causes", "impact", "reveal", "emotion", "urgency"], name => Assert.True(ConditionFields.TryFind(name, out _)));
        Assert.Contains("impact", ConditionFields.Names);
    }

    [Fact]
    public void The_words_that_made_the_side_are_told()
    {
        const string text = "The box was terrible and arrived on Monday";
        var words = Models.Shipped.ExplainSentiment(text, "en", WorkspaceUnderstanding.None).Select(s => text.Substring(s.Start, s.Length)).ToList();
        Assert.Equal("terrible", words[0]);
        Assert.DoesNotContain("Monday", words);
        Assert.Empty(Models.Shipped.ExplainSentiment("", "en", WorkspaceUnderstanding.None));
    }

    private static PreparedSignal Enrich(SignalDraft draft)
    {
        var origin = new SignalOrigin(Guid.Empty, Guid.Empty, "shop", Channel.Web, SignalKind.Direct, null, null);
        return new SignalPreparer([new UnderstandingEnricher(Models.Shipped, new OneWorkspace(WorkspaceUnderstanding.None))]).Prepare(draft, origin, new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero), new InputErrors())!;
    }
}
