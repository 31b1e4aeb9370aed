using Hark.Domain.Common;

namespace Hark.Data.Cases;

/// <summary>The customer wrote again, on whatever channel: a waiting case goes on, a resolved one opens again.</summary>
public sealed class CustomerReply(CaseWriter cases)
{
    public Task<Result<CaseOutcomeOf>> RunAsync(CaseCommand command, string? text, CancellationToken cancellation = default) => cases.ChangeAsync(command, async file =>
    {
        var (round, key) = (file.Case.Round, file.Case.IsOpen ? null : await file.FreeJoinKeyAsync(cancellation));
        if (await file.ApplyAsync(file.Case.CustomerReplied(text, key, file.Now), cancellation) is { } error) return error;
        if (file.Case.Round != round) await Questions.EndAsync(file, round, solved: null, comment: null, cancellation);
        return null;
    }, cancellation);
}
