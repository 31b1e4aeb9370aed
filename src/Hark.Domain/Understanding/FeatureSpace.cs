namespace Hark.Domain.Understanding;

/// <summary>Which copies of a text's features a model reads.</summary>
internal enum FeatureSpace
{
    /// <summary>Once for all languages: enough for a workspace, whose few languages have few words in common, at half the time and memory.</summary>
    Shared,

    /// <summary>Also in a copy of each language, so that what languages say differently can be learned beside what they share.</summary>
    SharedAndOwn,
}
