namespace Hark.Domain.Understanding.Learning;

/// <summary>A model of topics, and how often it told a left-out text's topic right.</summary>
public sealed record TopicsLearned(LearnedTopics Model, double LeftOut);

/// <summary>Learns topics from texts whose topics sources or people named. Takes a tenth of a second for a few hundred texts, some ten seconds for ten thousand and twenty topics.</summary>
public static class TopicsLearner
{
    /// <summary>So many of a hundred labelled texts must have one topic for the topics to exclude each other.</summary>
    private const double ExclusiveShare = 0.98;

    /// <summary>Fewer texts with a topic do not show whether topics exclude each other.</summary>
    private const int LeastForExclusive = 40;

    /// <summary>Texts without a topic that are learned from at most, and examples that are kept of a topic with few.</summary>
    private const int MostFewExamples = 10;

    /// <summary>Of texts that are about something else no more than this share may score higher than a text that is told to be about a topic with few examples.</summary>
    private const double FalseShare = 0.005;

    private static readonly double[] Cost = [1];

    /// <summary>Null where nobody named a topic.</summary>
    public static TopicsLearned? Learn(Understander shipped, IReadOnlyList<TopicsLesson> lessons)
    {
        var counts = lessons.SelectMany(l => l.Topics.Distinct(StringComparer.Ordinal)).CountBy(t => t, StringComparer.Ordinal).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Take(LearnedTopics.MostTopics).ToList();
        if (counts.Count == 0) return null;
        var keys = counts.Select(c => c.Key).ToList();
        var many = counts.Count(c => c.Value >= LearnedTopics.LeastExamples);
        var bits = keys.Count <= 48 ? shipped.Bits : shipped.Bits - 1;
        var texts = Read(shipped, lessons, keys, shipped.Bits - bits);
        var numbers = new Dictionary<string, float[]>(StringComparer.Ordinal) { [LearnedTopics.FewName] = [many], [LearnedTopics.FeatureBitsName] = [shipped.Bits] };
        var exclusive = IsExclusive(texts, many);
        numbers[LearnedTopics.ExclusiveName] = [exclusive ? 1 : 0];
        var heads = new List<(float[] Weights, float Bias)>(keys.Count);
        var leftOut = exclusive ? Exclusive(texts, many, 1 << bits, heads, numbers) : Shared(texts, many, 1 << bits, heads, numbers);
        Few(texts, many, keys.Count, 1 << bits, shipped.Bits - bits, heads, numbers);
        return new TopicsLearned(new LearnedTopics(TopicHeads.Write(keys, heads, bits, numbers)), leftOut);
    }

    /// <summary>A text with the topics it has, by number.</summary>
    private sealed record Labelled(Example Example, int[] Full, int[] Topics);

    private static List<Labelled> Read(Understander shipped, IReadOnlyList<TopicsLesson> lessons, List<string> keys, int shift)
    {
        var numbers = keys.Index().ToDictionary(k => k.Item, k => k.Index, StringComparer.Ordinal);
        var features = new Features(shipped.Bits);
        return
        [
            .. lessons.Select(l =>
            {
                var example = Example.Of(l.Text, l.Language ?? shipped.Languages.Identify(l.Text).Code, 0, l.Weight, features);
                return new Labelled(shift == 0 ? example : example with { Rows = Array.ConvertAll(example.Rows, r => r >> shift) }, example.Rows,
                    [.. l.Topics.Distinct(StringComparer.Ordinal).Where(numbers.ContainsKey).Select(t => numbers[t])]);
            }),
        ];
    }

    private static bool IsExclusive(List<Labelled> texts, int many)
    {
        var labelled = texts.Where(t => t.Topics.Any(n => n < many)).ToList();
        return many >= 2 && labelled.Count >= LeastForExclusive && labelled.Count(t => t.Topics.Length == 1) >= ExclusiveShare * labelled.Count;
    }

    private static double Exclusive(List<Labelled> texts, int many, int rows, List<(float[], float)> heads, Dictionary<string, float[]> numbers)
    {
        var examples = texts.Where(t => t.Topics is [var only] && only < many).Select(t => t.Example with { Label = t.Topics[0] }).ToList();
        var learned = Learner.Learn(examples, [.. examples.Select(_ => Array.Empty<double>())], many, rows, Cost);
        if (many == 2) heads.Add((new float[rows], 0));
        heads.AddRange(learned.Heads.Heads);
        numbers[LearnedTopics.BlendName] = TextClassifier.NumbersOf(learned.Blend);
        return learned.LeftOut;
    }

    private static double Shared(List<Labelled> texts, int many, int rows, List<(float[], float)> heads, Dictionary<string, float[]> numbers)
    {
        var right = 0.0;
        for (var topic = 0; topic < many; topic++)
        {
            var examples = texts.Select(t => t.Example with { Label = t.Topics.Contains(topic) ? 1 : 0 }).ToList();
            if (examples.All(e => e.Label == 1))
            {
                // Nothing speaks against it: likeness to the others is all there is to go by.
                heads.Add((new float[rows], 0));
                numbers[$"{LearnedTopics.BlendName} {topic}"] = TextClassifier.NumbersOf(new Blend(1, [0, 0], [], [1, 0]));
                continue;
            }
            var learned = Learner.Learn(examples, [.. examples.Select(_ => Array.Empty<double>())], 2, rows, Cost);
            heads.Add(learned.Heads.Heads[0]);
            numbers[$"{LearnedTopics.BlendName} {topic}"] = TextClassifier.NumbersOf(learned.Blend);
            right += learned.LeftOut;
        }
        return many == 0 ? 0 : right / many;
    }

    private static void Few(List<Labelled> texts, int many, int all, int rows, int shift, List<(float[], float)> heads, Dictionary<string, float[]> numbers)
    {
        var thresholds = new float[all - many];
        for (var topic = many; topic < all; topic++)
        {
            var inside = texts.Where(t => t.Topics.Contains(topic)).ToList();
            var outside = texts.Where(t => !t.Topics.Contains(topic)).ToList();
            foreach (var (i, example) in inside.TakeLast(MostFewExamples).Index())
                numbers[string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{LearnedTopics.ExampleName} {topic} {i}")] = Array.ConvertAll(example.Full, r => (float)r);
            if (outside.Count == 0)
            {
                heads.Add((new float[rows], 0));
                thresholds[topic - many] = -1;
                continue;
            }
            // Both sides weigh the same, else the many would outvote the few.
            var weight = Math.Max(1, (float)outside.Count / inside.Count);
            var learned = LinearHeads.Train([.. inside.Select(t => t.Example with { Label = 1, Weight = weight }), .. outside.Select(t => t.Example with { Label = 0, Weight = 1 })], 2, rows, Cost[0]);
            heads.Add(learned.Heads[0]);
            thresholds[topic - many] = (float)Math.Max(0, Quantile(learned, outside));
        }
        numbers[LearnedTopics.ThresholdName] = thresholds;
    }

    private static double Quantile(LinearHeads heads, List<Labelled> outside)
    {
        var scores = new double[2];
        var sorted = outside.Select(t => { heads.Score(t.Example, scores); return scores[1]; }).Order().ToList();
        return sorted[(int)((sorted.Count - 1) * (1 - FalseShare))];
    }
}
