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

    /// <summary>Null where nobody named a topic and nobody took one away.</summary>
    /// <param name="phrases">Texts that have phrases of topics, the newest first.</param>
    public static TopicsLearned? Learn(Understander shipped, IReadOnlyList<TopicsLesson> lessons, IReadOnlyList<PhraseLesson>? phrases = null)
    {
        var counts = lessons.SelectMany(l => l.Topics.Distinct(StringComparer.Ordinal)).CountBy(t => t, StringComparer.Ordinal).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Take(LearnedTopics.MostTopics).ToList();
        var vetoes = PhraseVetoes.Learn(shipped.Bits, phrases ?? []);
        if (counts.Count == 0 && vetoes is null) return null;
        var keys = counts.Select(c => c.Key).ToList();
        var many = counts.Count(c => c.Value >= LearnedTopics.LeastExamples);
        var bits = keys.Count <= 48 ? shipped.Bits : shipped.Bits - 1;
        var texts = Read(shipped, lessons, keys);
        texts.Corpus.Number(shipped.Bits - bits);
        var numbers = new Dictionary<string, float[]>(StringComparer.Ordinal) { [LearnedTopics.FewName] = [many], [LearnedTopics.FeatureBitsName] = [shipped.Bits] };
        var exclusive = IsExclusive(texts, many);
        numbers[LearnedTopics.ExclusiveName] = [exclusive ? 1 : 0];
        var heads = new List<(float[] Weights, float Bias)>(keys.Count);
        var leftOut = exclusive ? Exclusive(texts, many, heads, numbers) : Shared(texts, many, heads, numbers);
        Few(texts, many, keys.Count, heads, numbers);
        return new TopicsLearned(new LearnedTopics(TopicHeads.Write(keys, heads, texts.Corpus, bits, numbers), vetoes), leftOut);
    }

    /// <summary>The texts with the topics that each has, by number.</summary>
    private sealed record Labelled(Corpus Corpus, IReadOnlyList<int[]> Topics, float[] Weights)
    {
        /// <summary>Nothing else is asked about topics.</summary>
        public double[][] NoBasis { get; } = [.. Topics.Select(_ => Array.Empty<double>())];
    }

    private static Labelled Read(Understander shipped, IReadOnlyList<TopicsLesson> lessons, List<string> keys)
    {
        var numbers = keys.Index().ToDictionary(k => k.Item, k => k.Index, StringComparer.Ordinal);
        var corpus = new Corpus(shipped.Bits, FeatureSpace.Shared);
        var topics = new List<int[]>(lessons.Count);
        foreach (var lesson in lessons)
        {
            corpus.Add(lesson.Text, language: null); // only what all languages share is read
            topics.Add([.. lesson.Topics.Distinct(StringComparer.Ordinal).Where(numbers.ContainsKey).Select(t => numbers[t])]);
            if (corpus.Size >= Corpus.Most) break;
        }
        return new Labelled(corpus, topics, [.. lessons.Take(topics.Count).Select(l => l.Weight)]);
    }

    private static bool IsExclusive(Labelled texts, int many)
    {
        var labelled = texts.Topics.Where(t => t.Any(n => n < many)).ToList();
        return many >= 2 && labelled.Count >= LeastForExclusive && labelled.Count(t => t.Length == 1) >= ExclusiveShare * labelled.Count;
    }

    private static double Exclusive(Labelled texts, int many, List<(float[], float)> heads, Dictionary<string, float[]> numbers)
    {
        int[] used = [.. Enumerable.Range(0, texts.Topics.Count).Where(i => texts.Topics[i] is [var only] && only < many)];
        int[] labels = [.. texts.Topics.Select(t => t is [var only] ? only : -1)];
        var learned = Learner.Learn(texts.Corpus, used, labels, texts.Weights, texts.NoBasis, many, LearningPlan.Thorough);
        if (many == 2) heads.Add((new float[texts.Corpus.Rows.Length], 0));
        heads.AddRange(learned.Heads.Heads);
        numbers[LearnedTopics.BlendName] = TextClassifier.NumbersOf(learned.Blend);
        return learned.LeftOut;
    }

    private static double Shared(Labelled texts, int many, List<(float[], float)> heads, Dictionary<string, float[]> numbers)
    {
        var right = 0.0;
        int[] all = [.. Enumerable.Range(0, texts.Topics.Count)];
        for (var topic = 0; topic < many; topic++)
        {
            int[] labels = [.. texts.Topics.Select(t => t.Contains(topic) ? 1 : 0)];
            if (labels.All(l => l == 1))
            {
                // Nothing speaks against it: likeness to the others is all there is to go by.
                heads.Add((new float[texts.Corpus.Rows.Length], 0));
                numbers[$"{LearnedTopics.BlendName} {topic}"] = TextClassifier.NumbersOf(new Blend(1, [0, 0], [], [1, 0]));
                continue;
            }
            var learned = Learner.Learn(texts.Corpus, all, labels, texts.Weights, texts.NoBasis, 2, LearningPlan.Quick);
            heads.Add(learned.Heads.Heads[0]);
            numbers[$"{LearnedTopics.BlendName} {topic}"] = TextClassifier.NumbersOf(learned.Blend);
            right += learned.LeftOut;
        }
        return many == 0 ? 0 : right / many;
    }

    private static void Few(Labelled texts, int many, int keys, List<(float[], float)> heads, Dictionary<string, float[]> numbers)
    {
        var thresholds = new float[keys - many];
        int[] all = [.. Enumerable.Range(0, texts.Topics.Count)];
        for (var topic = many; topic < keys; topic++)
        {
            int[] labels = [.. texts.Topics.Select(t => t.Contains(topic) ? 1 : 0)];
            int[] inside = [.. all.Where(i => labels[i] == 1)], outside = [.. all.Where(i => labels[i] == 0)];
            foreach (var (at, text) in inside.TakeLast(MostFewExamples).Index())
                numbers[string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{LearnedTopics.ExampleName} {topic} {at}")] = Array.ConvertAll(texts.Corpus.Texts[text].Ids, id => (float)texts.Corpus.Rows[id]);
            if (outside.Length == 0)
            {
                heads.Add((new float[texts.Corpus.Rows.Length], 0));
                thresholds[topic - many] = -1;
                continue;
            }
            // Both sides weigh the same, else the many would outvote the few.
            var weight = Math.Max(1, (float)outside.Length / inside.Length);
            float[] weights = [.. labels.Select(l => l == 1 ? weight : 1)];
            var learned = LinearHeads.Train(texts.Corpus, all, labels, weights, 2, FeatureScaling.NaiveBayes, 1);
            heads.Add(learned.Heads[0]);
            thresholds[topic - many] = (float)Math.Max(0, Quantile(learned, texts.Corpus, outside));
        }
        numbers[LearnedTopics.ThresholdName] = thresholds;
    }

    private static double Quantile(LinearHeads heads, Corpus corpus, int[] outside)
    {
        var sorted = outside.Select(i => LinearHeads.Dot(corpus.Texts[i], heads.Heads[0].Weights) + heads.Heads[0].Bias).Order().ToList();
        return sorted[(int)((sorted.Count - 1) * (1 - FalseShare))];
    }
}
