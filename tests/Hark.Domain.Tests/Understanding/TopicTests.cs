using FsCheck;
using FsCheck.Fluent;
using Hark.Domain.Signals;
using Hark.Domain.Understanding;
using Hark.Domain.Understanding.Topics;
using Xunit;

namespace Hark.Domain.Tests.Understanding;

public sealed class TopicTests
{
    private static readonly Taxonomy Webshop = StarterTaxonomies.Find("webshop")!;
    private static readonly WorkspaceUnderstanding Shop = new(Webshop, 3, UnderstandingSettings.Default);

    [Theory]
    [InlineData("en", "The courier never rang", "courier,delivery")]
    [InlineData("en", "My card was charged twice for the order", "payment,paid_twice")]
    [InlineData("en", "Prices went up", "price")]
    [InlineData("en", "Storm over the sea", "")]
    [InlineData("cs", "KURYREM jsme byli zklamani", "courier,delivery")]
    [InlineData("cs", "Kurýrovi jsem volal", "courier,delivery")]
    [InlineData("sk", "Kuriérom som nebol nadšený", "courier,delivery")]
    [InlineData("bg", "Куриерите закъсняха", "delivery_late,delivery,courier")]
    [InlineData("ru", "Курьером остались довольны", "courier,delivery")]
    [InlineData("fa", "پیک‌ها دیر آمدند", "courier,delivery")]
    [InlineData(null, "Kurýr i courier", "courier,delivery")]
    public void Words_are_found_in_their_forms(string? language, string text, string topics) =>
        Assert.Equal(topics, string.Join(',', Shop.Topics(text, language, []).Select(t => t.Key)));

    [Fact]
    public void Labels_say_who_gave_them_and_given_ones_stay()
    {
        var labels = Shop.Topics("The courier never rang", "en", [new TopicLabel("delivery", 1, TopicLabel.BySource), new TopicLabel("weather", 1, TopicLabel.BySource)]);
        Assert.Equal([new("delivery", 1, "source"), new("weather", 1, "source"), new TopicLabel("courier", WorkspaceUnderstanding.PhraseConfidence, "phrase", "taxonomy 3")], labels);
    }

    [Fact]
    public void A_merged_topic_means_the_other_and_can_come_back()
    {
        var merged = new WorkspaceUnderstanding(Webshop.Merge("courier", "delivery").Value, 4, UnderstandingSettings.Default);
        var label = Assert.Single(merged.Topics("The courier never rang", "en", [new TopicLabel("courier", 1, TopicLabel.BySource)]));
        Assert.Equal(new TopicLabel("delivery", 1, "source", Sent: "courier"), label);
        Assert.Contains(new TopicLabel("courier", 1, "source"), Shop.Topics(null, null, [label]));
    }

    [Fact]
    public void Hidden_topics_are_told_to_nobody()
    {
        var hidden = new WorkspaceUnderstanding(Webshop.Edit("courier", t => t with { Hidden = true }).Value, 4, UnderstandingSettings.Default);
        Assert.Empty(hidden.Topics("The courier never rang", "en", []));
        Assert.Equal("courier", Assert.Single(hidden.Topics(null, "en", [new TopicLabel("courier", 1, TopicLabel.BySource)])).Key);
    }

    [Theory]
    [InlineData("{\"topics\":[{\"key\":\"Upper\"}]}", "/topics/0/key")]
    [InlineData("{\"topics\":[{\"key\":\"not_understood\"}]}", "/topics/0/key")]
    [InlineData("{\"topics\":[{\"key\":\"a\"},{\"key\":\"a\"}]}", "/topics")]
    [InlineData("{\"topics\":[{\"key\":\"a\",\"parent\":\"b\"}]}", "/topics/0/parent")]
    [InlineData("{\"topics\":[{\"key\":\"a\"},{\"key\":\"b\",\"parent\":\"a\"},{\"key\":\"c\",\"parent\":\"b\"}]}", "/topics/1/parent")]
    [InlineData("{\"topics\":[{\"key\":\"a\",\"merged_into\":\"a\"}]}", "/topics/0/merged_into")]
    [InlineData("{\"topics\":[{\"key\":\"a\",\"phrases\":{\"en\":[\"...\"]}}]}", "/topics/0/phrases")]
    [InlineData("{\"topics\":[{\"key\":\"a\",\"patterns\":{\"en\":[\"(\"]}}]}", "/topics/0/patterns")]
    [InlineData("{\"topics\":[{\"key\":\"a\",\"patterns\":{\"en\":[\"(a+)\\\\1\"]}}]}", "/topics/0/patterns")]
    [InlineData("{\"topics\":[{\"key\":\"a\",\"patterns\":{\"en\":[\"(?=a)\"]}}]}", "/topics/0/patterns")]
    [InlineData("{\"topics\":[{\"key\":\"a\",\"patterns\":{\"en\":[\"((a{40}){1000}){1000}\"]}}]}", "/topics/0/patterns")]
    [InlineData("{\"topics\":[{\"key\":\"a\",\"patterns\":{\"en\":[\"x*\"]}}]}", "/topics/0/patterns")]
    public void What_is_wrong_is_named_by_its_place(string json, string pointer) => Assert.Contains(pointer, Taxonomy.Parse(json).Error!.Fields!.Keys);

    [Fact]
    public void Starters_are_whole_and_read_back()
    {
        foreach (var name in StarterTaxonomies.Names)
        {
            var taxonomy = StarterTaxonomies.Find(name)!;
            Assert.Equal(taxonomy.ToJson(), Taxonomy.Parse(taxonomy.ToJson()).Value.ToJson());
            string[] languages = ["en", "cs", "sk", "bg", "ru", "fa"];
            Assert.All(taxonomy.Topics, t => Assert.Equal(languages.Order(), t.Names!.Keys.Order()));
            Assert.All(taxonomy.Topics, t => Assert.Equal(languages.Order(), t.Phrases!.Keys.Order()));
        }
    }

    [Fact]
    public void Patterns_are_matched_folded()
    {
        var taxonomy = Taxonomy.Parse("""{"topics":[{"key":"late","patterns":{"*":["PŘIŠEL \\d+ dní"]}}]}""").Value;
        Assert.Equal("late", Assert.Single(new WorkspaceUnderstanding(taxonomy, 1, UnderstandingSettings.Default).Topics("Balik prisel 12 dni po termínu", "cs", [])).Key);
    }

    [Fact]
    public void Spans_lie_on_the_words_that_made_the_label()
    {
        const string text = "No — KURÝROVI\u0301 jsem volal, 😡 pak že dvě stejné platby!";
        var spans = Shop.Explain(text, "cs").Select(s => (s.Key, text.Substring(s.Span.Start, s.Span.Length))).ToList();
        Assert.Contains(("courier", "KURÝROVI\u0301"), spans);
        Assert.Contains(("paid_twice", "dvě stejné platby"), spans);
    }

    [Fact]
    public void Any_text_is_matched_and_explained_within_bounds() => Prop.ForAll(ArbMap.Default.ArbFor<string?>(), ArbMap.Default.ArbFor<string?>(), (a, b) =>
    {
        var text = a + " courier " + b;
        var spans = Shop.Explain(text, "en");
        return spans.Any(s => s.Key == "courier") && spans.All(s => s.Span.Start >= 0 && s.Span.Length > 0 && s.Span.Start + s.Span.Length <= text.Length)
            && Shop.Topics(text, "en", []).Any(l => l.Key == "courier");
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_phrase_matches_the_same_whatever_surrounds_it()
    {
        var words = Webshop.Topics.SelectMany(t => t.Phrases!["cs"].Where(p => !p.Contains('*', StringComparison.Ordinal)).Select(p => (t.Key, Phrase: p.Trim('"')))).ToList();
        Assert.All(words, w => Assert.Contains(w.Key, Shop.Topics($"({w.Phrase.ToUpperInvariant()}),xyz", "cs", []).Select(t => t.Key)));
    }
}
