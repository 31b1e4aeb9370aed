using System.Reflection;
using Hark.Domain.Signals;
using Hark.Domain.Understanding.Topics;

namespace Hark.Domain.Understanding;

/// <summary>
/// Understands a text with the models that ship with Hark: language, sentiment, emotion and urgency. The same text gives the same answer; time is linear in
/// the text, some twenty microseconds for 100 characters. Any number of threads may use one.
/// </summary>
public sealed class Understander
{
    internal const string ModelName = "feedback", SentimentTask = "sentiment", EmotionTask = "emotion", UrgencyTask = "urgency";

    internal static readonly string[] Sentiments = ["negative", "neutral", "positive"], Emotions = ["none", "anger", "fear", "joy", "sadness", "surprise"], Urgencies = [Routine, Urgent];

    /// <summary>What can wait, and what cannot.</summary>
    internal const string Routine = "routine", Urgent = "urgent";

    /// <summary>Every emotion that is told.</summary>
    internal static IReadOnlyList<string> ToldEmotions { get; } = Emotions[1..];

    /// <summary>A side is taken from this probability; a model that chose among three by chance would be at a third.</summary>
    private const double SureEnough = 0.45;

    [ThreadStatic]
    private static Features? _features;

    private readonly LanguageIdentifier _languages;
    private readonly TextModel _model;
    private readonly TextClassifier _sentiment, _emotion, _urgency;

    internal Understander(ModelFile languages, ModelFile feedback)
    {
        _languages = new LanguageIdentifier(languages);
        _model = new TextModel(feedback, FeatureSpace.SharedAndOwn);
        _sentiment = _model.Classifier(SentimentTask, Sentiments);
        _emotion = _model.Classifier(EmotionTask, Emotions);
        _urgency = _model.Classifier(UrgencyTask, Urgencies);
        LanguageVersion = languages.Version;
    }

    /// <summary>With the models that ship. Takes a few tens of milliseconds and some twelve megabytes: make one and keep it.</summary>
    public static Understander Shipped() => new(Resource("language"), Resource(ModelName));

    /// <summary>Versions of the models, for trails.</summary>
    public string LanguageVersion { get; }
    public string Version => _model.Version;

    /// <summary>Features have rows of so many bits.</summary>
    internal int Bits => _model.Bits;

    /// <summary>Tells languages apart; also on its own.</summary>
    public LanguageIdentifier Languages => _languages;

    /// <param name="language">ISO 639 code where it is known; else it is detected.</param>
    /// <param name="workspace">Whose languages and topics count; null for none.</param>
    /// <param name="given">Topics that somebody gave already.</param>
    public Understood Understand(string text, string? language = null, WorkspaceUnderstanding? workspace = null, IReadOnlyList<TopicLabel>? given = null)
    {
        workspace ??= WorkspaceUnderstanding.None;
        var guess = language is null ? _languages.Identify(text, workspace.Languages) : new LanguageGuess(language, 1, false);
        var features = Read(text, guess.Code);
        Span<double> outputs = stackalloc double[TextModel.Width];
        _model.Score(features, outputs);
        var isReadable = IsReadable(features, guess.Code);
        var urgency = Urgency(outputs, isReadable);
        var understood = new Understood(guess, SentimentOf(features, outputs, isReadable, workspace), EmotionOf(outputs, isReadable), urgency, workspace.Topics(text, guess.Code, given ?? [], features), urgency.Label == Urgent ? Severity.Critical : Severity.Routine);
        Release(features);
        return understood;
    }

    /// <summary>The words (and pictures) that made a text negative or positive, the weightiest first: those without which it would be clearly less so. Costs one understanding a word; of long texts nothing.</summary>
    public IReadOnlyList<TextSpan> ExplainSentiment(string text, string? language, WorkspaceUnderstanding workspace)
    {
        const int mostWords = 60, most = 5;
        const double least = 0.05;
        var whole = Understand(text, language, workspace).Sentiment;
        if (whole.Label is SentimentLabel.Unknown or SentimentLabel.Neutral) return [];
        var words = new List<TextSpan>();
        for (var tokens = new Tokens(text); tokens.MoveNext();)
            if (tokens.Kind is TokenKind.Word or TokenKind.Symbol) words.Add(new(tokens.Start, Math.Min(tokens.Text.Length, text.Length - tokens.Start)));
        if (words.Count > mostWords) return [];
        return [.. words.Select(w => (Span: w, Weight: Math.Sign(whole.Value) * (whole.Value - Understand(text.Remove(w.Start, w.Length), language, workspace).Sentiment.Value)))
            .Where(w => w.Weight >= least).OrderByDescending(w => w.Weight).Take(most).Select(w => w.Span)];
    }

    /// <summary>What the shipped model thinks of each side, before calibration: what a workspace's own model starts from.</summary>
    internal double[] SentimentScores(string text, string? language)
    {
        var features = Read(text, language ?? _languages.Identify(text).Code);
        var scores = SentimentScores(features);
        Release(features);
        return scores;
    }

    /// <inheritdoc cref="SentimentScores(string, string)"/>
    internal double[] SentimentScores(Features features)
    {
        Span<double> outputs = stackalloc double[TextModel.Width];
        _model.Score(features, outputs);
        var scores = new double[Sentiments.Length];
        _sentiment.Scores(outputs, scores);
        return scores;
    }

    /// <summary>The side that the shipped model would take among some.</summary>
    internal SentimentLabel SideAmong(Features features, IReadOnlyList<SentimentLabel> sides)
    {
        Span<double> outputs = stackalloc double[TextModel.Width], p = stackalloc double[Sentiments.Length];
        _model.Score(features, outputs);
        _sentiment.Classify(outputs, p);
        var best = sides[0];
        foreach (var side in sides)
            if (p[(int)side] > p[(int)best]) best = side;
        return best;
    }

    /// <summary>There is something in it, and it is not in a script that no training text was in.</summary>
    private static bool IsReadable(Features features, string? language) => !features.Words.IsEmpty && !Scripts.IsOnlyByScript(language);

    private Sentiment SentimentOf(Features features, ReadOnlySpan<double> outputs, bool isReadable, WorkspaceUnderstanding workspace)
    {
        if (isReadable && workspace.Sentiment is { } learned)
        {
            Span<double> scores = stackalloc double[Sentiments.Length];
            _sentiment.Scores(outputs, scores);
            return learned.Tell(features, scores);
        }
        Span<double> p = stackalloc double[Sentiments.Length];
        var told = _sentiment.Classify(outputs, p);
        var label = !isReadable || p[told] < SureEnough ? SentimentLabel.Unknown : (SentimentLabel)told;
        return new Sentiment(label, Math.Round(p[2] - p[0], 4), Math.Round(p[told], 4));
    }

    private Finding? EmotionOf(ReadOnlySpan<double> outputs, bool isReadable)
    {
        Span<double> p = stackalloc double[Emotions.Length];
        var told = _emotion.Classify(outputs, p);
        return told == 0 || !isReadable || p[told] < SureEnough ? null : new Finding(Emotions[told], Math.Round(p[told], 4));
    }

    private Finding Urgency(ReadOnlySpan<double> outputs, bool isReadable)
    {
        Span<double> p = stackalloc double[Urgencies.Length];
        _urgency.Classify(outputs, p);
        var told = isReadable && p[1] > p[0] ? 1 : 0;
        return new Finding(Urgencies[told], Math.Round(p[told], 4));
    }

    private Features Read(string text, string? language)
    {
        var features = _features ?? new Features(_model.Bits);
        _features = null;
        TextFeatures.Read(text, language, features);
        return features;
    }

    /// <summary>Kept for the thread's next text, unless a very long one has made it large.</summary>
    private static void Release(Features features)
    {
        if (features.IsSmall) _features = features;
    }

    private static ModelFile Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Hark.Domain.Understanding.Models.{name}.hkm")
            ?? throw new InvalidOperationException($"The model {name} is not part of this build.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return ModelFile.Read(bytes);
    }
}
