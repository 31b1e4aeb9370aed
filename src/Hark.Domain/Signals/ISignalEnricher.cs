namespace Hark.Domain.Signals;

/// <summary>
/// Adds what can be concluded from a signal (language, sentiment, topics, severity) before it is queued: on the caller's thread, on the CPU only, in
/// microseconds. Says in <see cref="PreparedSignal.Trail"/> what it concluded and in which version.
/// </summary>
public interface ISignalEnricher
{
    void Enrich(PreparedSignal signal);
}

/// <summary>
/// Severity as far as the rating and the sender tell: a score in the lowest tenth of a scale with more than two steps, or the tag
/// <c>critical</c> or <c>reveal</c>, cannot wait.
/// </summary>
public sealed class SeverityEnricher : ISignalEnricher
{
    /// <summary>At or under a tenth of the scale: NPS 0 and 1, one star.</summary>
    public const int CriticalScoreMilli = 10_000;
    private const string Version = "1";
    private static readonly string[] CriticalTags = ["critical", "reveal"];

    public void Enrich(PreparedSignal signal)
    {
        if (signal.Tags.FirstOrDefault(t => CriticalTags.Contains(t, StringComparer.Ordinal)) is { } tag) Conclude(signal, $"critical: tagged {tag}");
        else if (signal.Rating is { } r && r.Scale != RatingScale.Thumbs && r.ScoreMilli <= CriticalScoreMilli)
            Conclude(signal, "critical: score in the lowest tenth");
    }

    private static void Conclude(PreparedSignal signal, string reason)
    {
        signal.Severity = Severity.Critical;
        signal.Trail.Add(new TrailEntry("severity", Version, reason));
    }
}
