using Hark.Domain.Common;

namespace Hark.Data.Cases;

/// <summary>Sends the question "did we solve it?" once more, with a new time to answer.</summary>
public sealed class AskAgain(CaseWriter cases)
{
    /// <returns>A conflict unless the case is resolved and the customer can be reached.</returns>
    public Task<Result<CaseOutcomeOf>> RunAsync(CaseCommand command, CancellationToken cancellation = default) => cases.ChangeAsync(command, async file =>
    {
        if (await Questions.AskableAsync(file, cancellation) is not { } customer)
            return new Error(ErrorKind.Conflict, ErrorCodes.CaseState, "The customer cannot be asked: there is no e-mail address, or no consent to come back to them.");
        if (await file.ApplyAsync(file.Case.AskVerification(command.Actor, file.Now), cancellation) is { } error) return error;
        await Questions.AskAsync(file, customer, cancellation);
        return null;
    }, cancellation);
}
