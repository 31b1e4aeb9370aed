using Hark.Data.Aggregates;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Understanding.Topics;

namespace Hark.Data.Signals;

/// <summary>
/// How one of <see cref="Dimensions.Names"/> is found in the facts.
/// </summary>
/// <param name="Column">The column of <c>signals</c>; of a dimension with several values a signal the JSON column that holds them.</param>
/// <param name="Label">Set where a signal may have several values: the kind under which they are indexed.</param>
/// <param name="Vocabulary">The values there can be; null where any text may be one.</param>
public sealed record SignalDimension(string Name, string Column, LabelKind? Label = null, IReadOnlyList<string>? Vocabulary = null)
{
    public bool HasSeveral => Label is not null;

    /// <summary>What is read of a signal <c>s</c>: the column; of topics also that there are words and none was found.</summary>
    public string Sql => Name == Dimensions.Topic ? NotUnderstoodSql : "s." + Column;

    private static readonly string NotUnderstoodSql =
        $"CASE WHEN s.topics IS NULL AND s.has_text THEN '{SignalJson.Write([new TopicLabel(Taxonomy.NotUnderstood, 0, TopicLabel.ByModel)])}' ELSE s.topics END";

    public ColumnType Type => Name == Dimensions.Source ? ColumnType.Uuid : ColumnType.Text;

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, SignalDimension> All { get; } = new SignalDimension[]
    {
        new(Dimensions.Channel, "channel", Vocabulary: EnumNames<Channel>.All),
        new(Dimensions.Kind, "kind", Vocabulary: EnumNames<SignalKind>.All),
        new(Dimensions.Source, "source_id"),
        new(Dimensions.Touchpoint, "touchpoint"),
        new(Dimensions.Language, "language"),
        new(Dimensions.Cohort, "cohort"),
        new(Dimensions.Location, "location"),
        new(Dimensions.Sku, "sku"),
        new(Dimensions.Issue, "issue"),
        new(Dimensions.Severity, "severity", Vocabulary: EnumNames<Severity>.All),
        new(Dimensions.Sentiment, "sentiment_label", Vocabulary: EnumNames<SentimentLabel>.All),
        new(Dimensions.Persona, "persona"),
        new(Dimensions.Topic, "topics", LabelKind.Topic),
        new(Dimensions.Segment, "segments", LabelKind.Segment),
        new(Dimensions.Tag, "tags", LabelKind.Tag),
    }.ToDictionary(d => d.Name, StringComparer.Ordinal);

    /// <summary>The values in the JSON column of a dimension that has several.</summary>
    public IEnumerable<string> Split(string? json) => Label == LabelKind.Topic ? SignalJson.TopicKeys(json) : SignalJson.Strings(json);
}
