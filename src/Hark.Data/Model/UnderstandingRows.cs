using Hark.Domain.Understanding.Causes;

namespace Hark.Data.Model;

/// <summary>What a model of a workspace tells.</summary>
public enum TextTask { Sentiment, Topics }

/// <summary>The part of a model: the one that is asked, the one that wants to be, those that were.</summary>
public enum ModelState { Champion, Challenger, Retired }

/// <summary>A model that a workspace's own texts taught. Nothing is overwritten: a roll-back makes an earlier version the champion again.</summary>
public sealed class TextModelVersion
{
    public Guid WorkspaceId { get; set; }
    public TextTask Task { get; set; }

    /// <summary>From 1 on; 0 stands for what ships with Hark.</summary>
    public long Version { get; set; }
    public ModelState State { get; set; }

    /// <summary>Compressed tables of weights; null once the version is too old to come back.</summary>
    public byte[]? Content { get; set; }

    /// <summary>Texts it learned from.</summary>
    public int Lessons { get; set; }

    /// <summary>Share of its lessons that it told right while they were left out, and the same of the model it was to be better than.</summary>
    public double LeftOut { get; set; }
    public double LeftOutBefore { get; set; }

    /// <summary>Since it is a challenger: texts that both it and the champion were asked about before they learned from them, and how many each told right.</summary>
    public int Trial { get; set; }
    public int TrialRight { get; set; }
    public int TrialChampionRight { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>How right a workspace's texts were told, before anything was learned from them, of one day and language.</summary>
public sealed class TextModelScore
{
    public Guid WorkspaceId { get; set; }
    public TextTask Task { get; set; }

    /// <summary>Start of the UTC day in which the labels came in.</summary>
    public DateTimeOffset DayAt { get; set; }

    /// <summary>ISO 639; <c>und</c> where it is not known.</summary>
    public required string Language { get; set; }
    public int Texts { get; set; }
    public int Right { get; set; }

    /// <summary>What would have been right without anything learned.</summary>
    public int ShippedRight { get; set; }
}

/// <summary>A text that was told wrong, as the people who gave its label see it. Only the newest are kept.</summary>
public sealed class TextDisagreement
{
    public Guid WorkspaceId { get; set; }
    public TextTask Task { get; set; }
    public Guid SignalId { get; set; }
    public DateTimeOffset At { get; set; }
    public required string Told { get; set; }
    public required string Truth { get; set; }
    public double Confidence { get; set; }
    public long Version { get; set; }
}

/// <summary>A signal that a person corrected: what it is about counts for more than what sources say.</summary>
public sealed class TextLesson
{
    public Guid WorkspaceId { get; set; }
    public Guid SignalId { get; set; }
    public DateTimeOffset At { get; set; }
}

/// <summary>How far a workspace has learned, and how far it has gone in understanding its texts anew.</summary>
public sealed class TextLearning
{
    public Guid WorkspaceId { get; set; }

    /// <summary>Signals up to this one were learned from; ids are in the order in which they came in.</summary>
    public Guid LearnedThrough { get; set; }

    /// <summary>Corrections up to here were learned from.</summary>
    public DateTimeOffset CorrectedThrough { get; set; }

    /// <summary>Labelled texts since the newest model was trained.</summary>
    public int Waiting { get; set; }

    /// <summary>The taxonomy and the models that texts are being, or were, understood with anew; null before the first time.</summary>
    public string? PassTarget { get; set; }

    /// <summary>The pass goes from the newest signal to the oldest; this is where it is.</summary>
    public Guid PassBefore { get; set; }
    public DateTimeOffset? PassStartedAt { get; set; }
    public DateTimeOffset? PassFinishedAt { get; set; }

    /// <summary>Texts that were looked at, and those of which something changed.</summary>
    public long PassTexts { get; set; }
    public long PassChanged { get; set; }
}

/// <summary>What became of a proposal.</summary>
public enum ProposalState { Open, Accepted, Merged, Dismissed }

/// <summary>Words that many use lately and that no topic has: a topic, if a person says so.</summary>
public sealed class TopicProposal
{
    public Guid WorkspaceId { get; set; }

    /// <summary>The most telling words, folded; what is dismissed is not proposed again.</summary>
    public required string Term { get; set; }
    public required string Language { get; set; }
    public ProposalState State { get; set; }

    /// <summary>JSON array of phrases that belong together, as people write them.</summary>
    public required string Phrases { get; set; }

    /// <summary>JSON array of ids of signals that say it.</summary>
    public required string Examples { get; set; }

    /// <summary>Texts with it lately and in the time before.</summary>
    public int Texts { get; set; }
    public int TextsBefore { get; set; }

    /// <summary>Standard deviations by which it is more frequent than before and than elsewhere.</summary>
    public double Strength { get; set; }
    public DateTimeOffset FoundAt { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
    public string? DecidedBy { get; set; }

    /// <summary>The topic that it became or went into.</summary>
    public string? Topic { get; set; }
}

/// <summary>
/// A version of a chain of causes: why a topic is spoken of, and why that is so, down to the root. Nothing is overwritten: the highest version is the one in force, so
/// two people who change the same chain at once cannot lose each other's work, and a change is taken back by writing the earlier version again.
/// </summary>
public sealed class CauseChain
{
    public Guid WorkspaceId { get; set; }
    public required string Topic { get; set; }
    public Guid ChainId { get; set; }
    public long Version { get; set; }
    public CauseState State { get; set; }

    /// <summary>JSON array of <see cref="Why"/>, the first answer first.</summary>
    public required string Whys { get; set; }

    /// <summary>Taken off the board by this version; it can be brought back.</summary>
    public bool IsRemoved { get; set; }
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>Who wrote this version.</summary>
    public required string ChangedBy { get; set; }
}

/// <summary>The language model that a workspace plugged in. Without a row there is none.</summary>
public sealed class LanguageModel
{
    public Guid WorkspaceId { get; set; }

    /// <summary>Where its OpenAI-compatible interface is, such as <c>https://models.example/v1</c>.</summary>
    public required string Endpoint { get; set; }
    public required string Model { get; set; }

    /// <summary>The bearer key, protected at rest; null where the model takes none.</summary>
    public string? Key { get; set; }

    /// <summary>What it may be asked for, joined by commas; empty for nothing.</summary>
    public string Uses { get; set; } = "";

    /// <summary>Tokens, sent and received, that a calendar month (UTC) may cost.</summary>
    public long MonthlyTokens { get; set; }

    /// <summary>Raised with each change.</summary>
    public long Version { get; set; }
    public DateTimeOffset ChangedAt { get; set; }
}

/// <summary>What the language model was asked in a month.</summary>
public sealed class LanguageModelMonth
{
    public Guid WorkspaceId { get; set; }

    /// <summary>The month's first moment, UTC.</summary>
    public DateTimeOffset MonthAt { get; set; }
    public long Calls { get; set; }
    public long Failures { get; set; }

    /// <summary>Tokens used, or held for a call that is under way.</summary>
    public long Tokens { get; set; }
}
