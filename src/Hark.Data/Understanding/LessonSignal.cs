using Hark.Data.Work;

namespace Hark.Data.Understanding;

/// <summary>Tells this process's learner that a person taught something.</summary>
public sealed class LessonSignal
{
    public WakeSignal Wake { get; } = new();

    /// <summary>Call after the commit.</summary>
    public void Notify() => Wake.Notify();
}
