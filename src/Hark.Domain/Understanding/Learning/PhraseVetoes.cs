namespace Hark.Domain.Understanding.Learning;

/// <summary>
/// What people taught about phrases of topics that were found and wrong: a topic is not told of a text that is like one from which a person took it away, unless the text is at least as like
/// one that kept it. A handful of the newest texts of each kind speak.
/// </summary>
internal sealed class PhraseVetoes
{
    internal const string Name = "vetoes";

    /// <summary>Texts of each kind that are kept of a topic, and features of one of them.</summary>
    private const int MostTexts = 20, MostFeatures = 2_000;

    /// <summary>More topics are not kept: those of which people took the most texts away are.</summary>
    private const int MostTopics = 200;

    /// <summary>The file is only a place for names and numbers.</summary>
    private const int SmallestBits = 6;

    private readonly Dictionary<string, (int[][] Wrong, int[][] Right)> _texts = new(StringComparer.Ordinal);

    private PhraseVetoes(ModelFile file)
    {
        File = file;
        foreach (var (i, topic) in file.Outputs.Index()) _texts[topic] = (Unpack(file.Numbers[Wrong(i)]), Unpack(file.Numbers[Right(i)]));
    }

    public ModelFile File { get; }

    /// <summary>Nothing where nobody took a topic away.</summary>
    /// <param name="lessons">The newest first.</param>
    public static PhraseVetoes? Learn(int bits, IReadOnlyList<PhraseLesson> lessons)
    {
        var topics = lessons.Where(l => !l.Holds).CountBy(l => l.Topic, StringComparer.Ordinal).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Take(MostTopics).Select(c => c.Key).ToList();
        if (topics.Count == 0) return null;
        var features = new Features(bits);
        var numbers = new Dictionary<string, float[]>(StringComparer.Ordinal);
        var byTopic = lessons.ToLookup(l => l.Topic, StringComparer.Ordinal);
        foreach (var (i, topic) in topics.Index())
        {
            numbers[Wrong(i)] = Pack(byTopic[topic].Where(l => !l.Holds), features);
            numbers[Right(i)] = Pack(byTopic[topic].Where(l => l.Holds), features);
        }
        return new PhraseVetoes(new ModelFile(Name, "1", topics, SmallestBits, topics.Count, new float[topics.Count], new sbyte[(1 << SmallestBits) * topics.Count], numbers));
    }

    public static PhraseVetoes Of(ModelFile file) => new(file);

    /// <summary>Whether people say that a text like this is not about the topic, though its words are.</summary>
    public bool Has(string topic, Features features)
    {
        if (!_texts.TryGetValue(topic, out var texts)) return false;
        var wrong = MostAlike(texts.Wrong);
        return wrong >= Likeness.Alike && wrong > MostAlike(texts.Right);

        double MostAlike(int[][] others) => others.Select(t => Likeness.Of(features, t)).DefaultIfEmpty(0).Max(); // none where all were too long to be kept
    }

    private static string Wrong(int topic) => FormattableString.Invariant($"wrong {topic}");

    private static string Right(int topic) => FormattableString.Invariant($"right {topic}");

    /// <summary>The texts one after the other, each after its number of features.</summary>
    private static float[] Pack(IEnumerable<PhraseLesson> lessons, Features features)
    {
        var packed = new List<float>();
        foreach (var lesson in lessons.Take(MostTexts))
        {
            TextFeatures.Read(lesson.Text, language: null, features);
            var size = features.Words.Length + features.Grams.Length;
            if (size > MostFeatures) continue;
            packed.Add(size);
            foreach (var row in features.Words) packed.Add(row);
            foreach (var row in features.Grams) packed.Add(row);
        }
        return [.. packed];
    }

    private static int[][] Unpack(float[] packed)
    {
        var texts = new List<int[]>();
        for (var at = 0; at < packed.Length; at += texts[^1].Length + 1)
        {
            var size = (int)packed[at];
            if (size < 0 || size >= packed.Length - at) throw new InvalidDataException("The model is damaged.");
            texts.Add(Array.ConvertAll(packed[(at + 1)..(at + 1 + size)], f => (int)f));
        }
        return [.. texts];
    }
}
