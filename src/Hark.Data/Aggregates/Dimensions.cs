using Hark.Data.Model;
using Hark.Domain.Common;
using Hark.Domain.Understanding.Topics;

namespace Hark.Data.Aggregates;

/// <summary>The dimensions by which signals are counted in advance. A metric by any one of them costs the same however many signals there are.</summary>
public static class Dimensions
{
    /// <summary>The dimension of everything: its only value is the empty text.</summary>
    public const string All = "all";

    public const string Channel = "channel", Kind = "kind", Source = "source", Touchpoint = "touchpoint", Language = "language", Cohort = "cohort",
        Location = "location", Sku = "sku", Issue = "issue", Severity = "severity", Sentiment = "sentiment", Persona = "persona",
        Topic = "topic", Segment = "segment", Tag = "tag";

    /// <summary>Every dimension by which results may be grouped, without <see cref="All"/>.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [Channel, Kind, Source, Touchpoint, Language, Cohort, Location, Sku, Issue, Severity, Sentiment, Persona, Topic, Segment, Tag];

    /// <summary>
    /// The values of one signal, as (dimension, value); a dimension without a value does not appear, one with several (topics) appears several times.
    /// A source appears by its id.
    /// </summary>
    public static void Of(Signal signal, List<(string Dimension, string Value)> into)
    {
        into.Clear();
        into.Add((All, ""));
        into.Add((Channel, EnumNames<Domain.Signals.Channel>.Of(signal.Channel)));
        into.Add((Kind, EnumNames<Domain.Signals.SignalKind>.Of(signal.Kind)));
        into.Add((Source, SourceValue(signal.SourceId)));
        into.Add((Severity, EnumNames<Domain.Signals.Severity>.Of(signal.Severity)));
        if (signal.SentimentLabel is { } sentiment) into.Add((Sentiment, EnumNames<Domain.Signals.SentimentLabel>.Of(sentiment)));
        Add(into, Touchpoint, signal.Touchpoint);
        Add(into, Language, signal.Language);
        Add(into, Cohort, signal.Cohort);
        Add(into, Location, signal.Location);
        Add(into, Sku, signal.Sku);
        Add(into, Issue, signal.Issue);
        Add(into, Persona, signal.Persona);
        foreach (var topic in TopicsOf(signal)) into.Add((Topic, topic));
        foreach (var segment in SignalJson.Strings(signal.Segments)) into.Add((Segment, segment));
        foreach (var tag in SignalJson.Strings(signal.Tags)) into.Add((Tag, tag));
    }

    /// <summary>The topics of a signal; words without one are counted as not understood.</summary>
    public static IEnumerable<string> TopicsOf(Signal signal) => signal.Topics is null && signal.HasText ? [Taxonomy.NotUnderstood] : SignalJson.TopicKeys(signal.Topics);

    /// <summary>How a source is written as a value.</summary>
    public static string SourceValue(Guid sourceId) => sourceId.ToString("N");

    private static void Add(List<(string, string)> into, string dimension, string? value)
    {
        if (value is not null) into.Add((dimension, value));
    }
}
