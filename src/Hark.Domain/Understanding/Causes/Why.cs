using Hark.Domain.Common;

namespace Hark.Domain.Understanding.Causes;

/// <summary>How far people agree on a chain of causes.</summary>
public enum CauseState { Draft, Agreed }

/// <summary>What kind of thing bears a cause out.</summary>
public enum EvidenceKind { Signal, Case }

/// <summary>Something that was said or worked on and that bears a cause out.</summary>
public sealed record CauseEvidence(EvidenceKind Kind, Guid Id);

/// <summary>One answer to "why?", with what it rests on.</summary>
/// <param name="WhyId">Stays through all versions of the chain.</param>
/// <param name="Text">As colleagues wrote it, 1 to <see cref="Longest"/> characters.</param>
public sealed record Why(Guid WhyId, string Text, IReadOnlyList<CauseEvidence> Evidence)
{
    /// <summary>Five are the custom; some chains need a few more, and none needs a page of them.</summary>
    public const int MostWhys = 9;

    public const int Longest = 500, MostEvidence = 20;

    /// <summary>What is wrong with a chain, by pointer; null when it may be stored.</summary>
    public static Error? Check(IReadOnlyList<Why> whys)
    {
        var errors = new InputErrors();
        if (whys.Count is 0 or > MostWhys) errors.Add("/whys", $"are 1 to {MostWhys} answers");
        foreach (var (why, i) in whys.Select((w, i) => (w, i)))
        {
            if (string.IsNullOrWhiteSpace(why.Text) || why.Text.Length > Longest) errors.Add(FormattableString.Invariant($"/whys/{i}/text"), $"is a text of 1 to {Longest} characters");
            if (why.Evidence.Count > MostEvidence) errors.Add(FormattableString.Invariant($"/whys/{i}/evidence"), $"has up to {MostEvidence} entries");
        }

        if (whys.DistinctBy(w => w.WhyId).Count() != whys.Count) errors.Add("/whys", "have each an id of its own");
        return errors.Any ? Error.Invalid(errors) : null;
    }
}
