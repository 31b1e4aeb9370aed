using Hark.Domain.Cases;
using Hark.Domain.Common;

namespace Hark.Data.Cases;

/// <summary>Resolves a case with a root cause and an outcome, and asks the customer whether it is solved, where they can be reached.</summary>
public sealed class ResolveCase(CaseWriter cases)
{
    public Task<Result<CaseOutcomeOf>> RunAsync(CaseCommand command, string rootCause, CaseOutcome outcome, CancellationToken cancellation = default) => cases.ChangeAsync(command,
        file => ApplyAsync(file, command, rootCause, outcome, cancellation), cancellation);

    internal static async Task<Error?> ApplyAsync(CaseFile file, CaseCommand command, string rootCause, CaseOutcome outcome, CancellationToken cancellation)
    {
        var customer = await Questions.AskableAsync(file, cancellation);
        if (await file.ApplyAsync(file.Case.Resolve(rootCause, outcome, customer is not null, command.Actor, file.Now), cancellation) is { } error) return error;
        if (file.Case.Verification == VerificationState.Asked) await Questions.AskAsync(file, customer!, cancellation);
        return null;
    }
}
