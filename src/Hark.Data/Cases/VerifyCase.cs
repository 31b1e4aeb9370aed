using Hark.Domain.Common;

namespace Hark.Data.Cases;

/// <summary>
/// Takes the answer to "did we solve it?": the customer's own, by their link, or what a member was told. Yes closes the case for good; no opens it again in
/// a fresh round, and tells those who have it.
/// </summary>
public sealed class VerifyCase(CaseWriter cases)
{
    /// <param name="round">The round that the question was about: an answer to an older one is a conflict. Null for the present one.</param>
    public Task<Result<CaseOutcomeOf>> RunAsync(CaseCommand command, bool solved, string? comment, int? round = null, CancellationToken cancellation = default) => cases.ChangeAsync(command, async file =>
    {
        var answered = file.Case.Round;
        if (round is not null && round != answered) return new Error(ErrorKind.Conflict, ErrorCodes.CaseState, "The case was opened again since this question was asked.");
        var key = solved ? null : await file.FreeJoinKeyAsync(cancellation);
        if (await file.ApplyAsync(file.Case.Verify(solved, comment, key, command.Actor, file.Now), cancellation) is { } error) return error;
        await Questions.EndAsync(file, answered, solved, comment, cancellation);
        return null;
    }, cancellation);
}
