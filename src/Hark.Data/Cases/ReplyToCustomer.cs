using Hark.Domain.Common;

namespace Hark.Data.Cases;

/// <summary>
/// Answers the customer by e-mail. Without an address the answer is still written down and meets the clock: it was given in another way. The result says
/// whether it was sent.
/// </summary>
public sealed class ReplyToCustomer(CaseWriter cases)
{
    /// <param name="wait">Whether the case then waits for the customer.</param>
    public Task<Result<CaseOutcomeOf>> RunAsync(CaseCommand command, string text, bool wait, CancellationToken cancellation = default) => cases.ChangeAsync(command, async file =>
    {
        if (await file.ApplyAsync(file.Case.Reply(text, wait, command.Actor, file.Now), cancellation) is { } error) return error;
        if (await CaseMessages.CustomerAsync(file, cancellation) is not { } to) return null;
        var author = command.Scope.MemberId is { } id ? file.Workspace.MemberById.GetValueOrDefault(id)?.Name : null;
        if (file.Mail.Composer.Reply(file.Workspace, file.Case, to, text, author, file.Now) is { } message) file.Messages.Add(message);
        return null;
    }, cancellation);
}
