using Hark.Domain.Common;

namespace Hark.Data.Cases;

/// <summary>Opens a resolved or verified case again, in a fresh round. A question that waits for its answer is withdrawn.</summary>
public sealed class ReopenCase(CaseWriter cases)
{
    public Task<Result<CaseOutcomeOf>> RunAsync(CaseCommand command, string? reason, CancellationToken cancellation = default) => cases.ChangeAsync(command, async file =>
    {
        var round = file.Case.Round;
        var key = await file.FreeJoinKeyAsync(cancellation);
        if (await file.ApplyAsync(file.Case.Reopen(reason, key, command.Actor, file.Now), cancellation) is { } error) return error;
        await Questions.EndAsync(file, round, solved: null, comment: null, cancellation);
        return null;
    }, cancellation);
}
