namespace Hark.Domain.Targets;

/// <summary>What listening is for. Every signal is tied to one of them by the stage its touchpoint is in.</summary>
public enum OutcomeKind { Retention, Adoption, CostToServe }

/// <summary>What an outcome shall reach by the end of a year, in the unit it is shown in: percent, or money.</summary>
public sealed record OutcomeTarget(int Year, double Value);

/// <summary>One of the three outcomes as a workspace counts it. The numbers are its own, reported day by day.</summary>
/// <param name="About">What is counted, in words: "bought again within 90 days". Null until somebody says.</param>
/// <param name="Per">How many of those who are counted the number is of: 100 for a share in percent, and for money spent on each 100 orders.</param>
/// <param name="Unit">Of money: <c>EUR</c>. Null where it is a share.</param>
/// <param name="Stages">Keys of the stages whose signals are tied to it.</param>
public sealed record Outcome(OutcomeKind Kind, string? About, double Per, string? Unit, OutcomeTarget? Target, IReadOnlyList<string> Stages)
{
    /// <summary>Part of those who are counted, never more than all of them; else an amount.</summary>
    public bool IsShare => Kind != OutcomeKind.CostToServe;

    /// <summary>Cost falls for the better, the others rise.</summary>
    public bool MoreIsBetter => Kind != OutcomeKind.CostToServe;
}
