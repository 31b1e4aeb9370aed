using BenchmarkDotNet.Attributes;
using Hark.Domain.Understanding;
using Hark.Domain.Understanding.Topics;

namespace Hark.Bench.Understanding;

/// <summary>Claim: a comment of 100 characters is understood (language, sentiment, emotion, urgency) in under 100 µs, and what is allocated does not grow with the text but for its folded copy.</summary>
public class Texts
{
    private const string Comment = "Balík přišel o tři dny později, než bylo slíbeno, a nikdo se mi neozval ani neomluvil. Jsem zklamaný";

    private readonly Understander _understander = Understander.Shipped();
    private readonly WorkspaceUnderstanding _shop = new(StarterTaxonomies.Find("webshop")!, 1, UnderstandingSettings.Default);
    private readonly string _long = string.Join(' ', Enumerable.Repeat(Comment, 20));

    [Benchmark]
    public object Understand() => _understander.Understand(Comment);

    [Benchmark]
    public object UnderstandWithTopics() => _understander.Understand(Comment, null, _shop);

    [Benchmark]
    public object UnderstandInAKnownLanguage() => _understander.Understand(Comment, "cs");

    [Benchmark]
    public object TellTheLanguage() => _understander.Languages.Identify(Comment);

    [Benchmark]
    public object UnderstandTwentyTimesTheText() => _understander.Understand(_long);
}
