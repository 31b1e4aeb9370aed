using Hark.Data.Model;
using Hark.Domain.Understanding;
using Hark.Domain.Understanding.Learning;

namespace Hark.Data.Understanding;

/// <summary>The model of a workspace that is asked, unpacked when it is first needed and kept as long as it is the champion.</summary>
public sealed class ChampionModel(TextModelVersion row)
{
    private readonly Lazy<LearnedModel<LearnedSentiment>> _sentiment = new(() => new(LearnedSentiment.FromBytes(row.Content!), row.Version));
    private readonly Lazy<LearnedModel<LearnedTopics>> _topics = new(() => new(LearnedTopics.FromBytes(row.Content!), row.Version));

    public TextTask Task => row.Task;
    public long Version => row.Version;

    /// <summary>Of a model of sentiment.</summary>
    public LearnedModel<LearnedSentiment> Sentiment => _sentiment.Value;

    /// <summary>Of a model of topics.</summary>
    public LearnedModel<LearnedTopics> Topics => _topics.Value;
}
