using Hark.Domain.Signals;
using Xunit;

namespace Hark.Domain.Tests.Understanding;

/// <summary>The shipped models on real texts they were not trained on; the whole of it is <c>docs/accuracy.md</c>.</summary>
public sealed class SharedDataTests
{
    [Theory]
    [InlineData("cs", 85)]
    [InlineData("ru", 90)]
    [InlineData("fa", 95)]
    [InlineData("tr", 95)]
    public void The_language_of_word_pairs_is_told(string language, int percent)
    {
        string[] sixteen = ["en", "cs", "sk", "bg", "ru", "fa", "de", "fr", "es", "it", "pl", "pt", "nl", "uk", "tr", "ar"];
        var pairs = File.ReadAllLines(Find($"langid_lingua/word-pairs/{language}.txt"));
        Assert.InRange(100.0 * pairs.Count(p => Models.Shipped.Languages.Identify(p, sixteen).Code == language) / pairs.Length, percent, 100);
    }

    [Fact]
    public void Sides_are_told_of_reviews_of_a_kind_never_seen()
    {
        int right = 0, told = 0;
        foreach (var line in File.ReadLines(Find("m_absa/phone/sk/dev.txt")))
        {
            var (positive, negative) = (line.Contains("'positive'", StringComparison.Ordinal), line.Contains("'negative'", StringComparison.Ordinal));
            if (positive == negative) continue;
            var label = Models.Shipped.Understand(line.Split("####")[0]).Sentiment.Label;
            if (label is not (SentimentLabel.Positive or SentimentLabel.Negative)) continue;
            told++;
            if (label == SentimentLabel.Positive == positive) right++;
        }
        Assert.InRange(told, 100, int.MaxValue);
        Assert.InRange(right / (double)told, 0.85, 1);
    }

    private static string Find(string file)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Hark.slnx"))) root = root.Parent;
        var path = Path.Combine(Environment.GetEnvironmentVariable("HARK_DATA") ?? Path.Combine(root?.FullName ?? "", "..", "shared", "data"), file);
        Assert.SkipUnless(File.Exists(path), $"the data folder is not there: set HARK_DATA (looked for {file})");
        return path;
    }
}
