using Hark.Data.Intake;
using Hark.Data.Model;
using Hark.Data.Signals;
using Hark.Data.Store;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Understanding;
using Hark.Domain.Understanding.Learning;

namespace Hark.Data.Understanding;

/// <summary>A signal with its words.</summary>
public sealed record SpokenSignal(Signal Signal, string Text);

/// <summary>Reads signals with words by ranges of their ids, which are in the order in which they came in; and makes lessons of them.</summary>
public sealed class LessonReader(HarkStore store)
{
    /// <summary>Newest texts with a label that are learned from, and without one.</summary>
    public const int MostLessons = 40_000, MostUnlabelled = 2_000;

    /// <summary>Letters of all texts together: so many are a few dozen megabytes.</summary>
    private const long MostLetters = 12_000_000;

    /// <summary>Texts of one read.</summary>
    private const int AtOnce = 2_000;

    /// <summary>Signals with words after one of them, in order.</summary>
    public Task<List<SpokenSignal>> AfterAsync(Guid workspaceId, Guid after, int limit, CancellationToken cancellation) => ReadAsync(workspaceId, "s.signal_id > @edge", "ASC", after, limit, cancellation);

    /// <summary>Signals with words before one of them, the newest first.</summary>
    public Task<List<SpokenSignal>> BeforeAsync(Guid workspaceId, Guid before, int limit, CancellationToken cancellation) => ReadAsync(workspaceId, "s.signal_id < @edge", "DESC", before, limit, cancellation);

    /// <summary>The newest texts to learn from, the newest first: labelled ones, and enough of the others to know what is said otherwise. What is not needed of their signals is let go page by page.</summary>
    public async Task<List<TaughtText>> NewestAsync(Guid workspaceId, WorkspaceUnderstanding workspace, CancellationToken cancellation)
    {
        var (lessons, unlabelled, letters, edge) = (new List<TaughtText>(), 0, 0L, Guid.AllBitsSet);
        for (var read = AtOnce; read == AtOnce && lessons.Count - unlabelled < MostLessons && letters < MostLetters;)
        {
            var page = await BeforeAsync(workspaceId, edge, AtOnce, cancellation);
            foreach (var spoken in page)
            {
                var taught = TaughtText.Of(spoken, workspace);
                if (!taught.IsLabelled && unlabelled++ >= MostUnlabelled) continue;
                lessons.Add(taught);
                letters += taught.Text.Length;
            }
            read = page.Count;
            if (read > 0) edge = page[^1].Signal.SignalId;
        }
        return lessons;
    }

    /// <summary>How the texts are meant, by their ratings and by people.</summary>
    public static List<SentimentLesson> Sentiment(IReadOnlyList<TaughtText> texts)
    {
        var alike = Alike(texts);
        var lessons = new List<SentimentLesson>();
        foreach (var text in texts)
        {
            if (text.Side is not var (side, isCorrected)) continue;
            var weight = isCorrected ? LessonWeights.Corrected : text.Contradicts ? LessonWeights.Contradicted : 1;
            lessons.Add(new(text.Text, text.Language, side, weight * LessonWeights.Shared(alike(text))));
        }
        return lessons;
    }

    /// <summary>What the texts are about, by sources and people, under today's keys; those of which nobody said anything, unless phrases found something in them, stand for the rest.</summary>
    public static List<TopicsLesson> Topics(IReadOnlyList<TaughtText> texts)
    {
        var alike = Alike(texts);
        return [.. texts.Where(t => t.Topics.Count > 0 || t.TopicsCorrected || t.Phrases.Count == 0)
            .Select(t => new TopicsLesson(t.Text, t.Language, t.Topics, (t.TopicsCorrected ? LessonWeights.Corrected : 1) * LessonWeights.Shared(alike(t))))];
    }

    /// <summary>Where phrases of topics were found, and whether people took the topic away.</summary>
    public static List<PhraseLesson> Phrases(IReadOnlyList<TaughtText> texts) => [.. texts.SelectMany(t => t.Phrases.Select(p => new PhraseLesson(t.Text, p, !t.TopicsCorrected || t.Topics.Contains(p))))];

    /// <summary>What a person or a source said the signal is about; empty where nobody did.</summary>
    public static IReadOnlyList<string> TopicsOf(Signal signal, WorkspaceUnderstanding workspace)
    {
        var labels = SignalJson.Topics(signal.Topics);
        var said = IsCorrected(signal, CorrectedField.Topics) ? labels : labels.Where(l => l.IsGiven);
        return [.. said.Select(l => workspace.Meant(l).Key).Where(k => workspace.Taxonomy.Find(k) is null or { IsOpen: true }).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>What a person or the rating said of how the signal is meant.</summary>
    public static (SentimentLabel Side, bool IsCorrected)? SideOf(Signal signal)
    {
        if (signal.SentimentLabel is { } label and not SentimentLabel.Unknown && IsCorrected(signal, CorrectedField.Sentiment)) return (label, true);
        return signal.RatingScale is { } scale && Rating.TryCreate(scale, signal.RatingValue ?? double.NaN, signal.RatingMin, signal.RatingMax, out var rating, out _)
            ? (rating.Band switch { RatingBand.Negative => SentimentLabel.Negative, RatingBand.Positive => SentimentLabel.Positive, _ => SentimentLabel.Neutral }, false) : null;
    }

    internal static bool IsCorrected(Signal signal, CorrectedField field) =>
        signal.Trail?.Contains(SignalCorrection.TrailPrefix, StringComparison.Ordinal) == true && SignalCorrection.Made(SignalJson.Trail(signal.Trail)).Contains(field);

    /// <summary>How many texts come from the same person, or have the same words where that is more.</summary>
    private static Func<TaughtText, int> Alike(IReadOnlyList<TaughtText> texts)
    {
        var people = texts.Where(t => t.ContactId is not null).CountBy(t => t.ContactId!.Value).ToDictionary();
        var words = texts.CountBy(t => TextFold.Fold(t.Text), StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return t => Math.Max(t.ContactId is { } person ? people[person] : 1, words[TextFold.Fold(t.Text)]);
    }

    private async Task<List<SpokenSignal>> ReadAsync(Guid workspaceId, string range, string order, Guid edge, int limit, CancellationToken cancellation)
    {
        await using var db = store.Read();
        await using var command = await db.CommandAsync($"""
            SELECT {SignalColumns.Select}, v.text, v.answers FROM signals s JOIN verbatims v ON v.workspace_id = s.workspace_id AND v.signal_id = s.signal_id
            WHERE s.workspace_id = @workspace AND {range} AND v.text IS NOT NULL ORDER BY s.signal_id {order} LIMIT @limit
            """, cancellation);
        store.Dialect.Add(command, "workspace", workspaceId);
        store.Dialect.Add(command, "edge", edge);
        store.Dialect.Add(command, "limit", limit);
        var found = new List<SpokenSignal>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) found.Add(new(SignalColumns.Read(reader, store.Dialect), StoredSignals.WordsOf(reader, store.Dialect)!.Text!));
        return found;
    }
}
