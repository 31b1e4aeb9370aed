using Hark.Data.Work;
using Hark.Domain.Common;

namespace Hark.Data.Cases;

/// <summary>
/// Answers the customer by e-mail. Without an address the answer is still written down and meets the clock: it was given in another way. The result says
/// whether it was sent.
/// </summary>
public sealed class ReplyToCustomer(CaseWriter cases)
{
    /// <param name="wait">Whether the case then waits for the customer.</param>
    public Task<Result<CaseOutcomeOf>> RunAsync(CaseCommand command, string text, bool wait, CancellationToken cancellation = default) => RunAsync(command, text, wait, [], cancellation);

    /// <param name="wait">Whether the case then waits for the customer.</param>
    /// <param name="attachments">Files of the case that go with it; see <see cref="CaseAttachments"/>.</param>
    public Task<Result<CaseOutcomeOf>> RunAsync(CaseCommand command, string text, bool wait, IReadOnlyList<Guid> attachments, CancellationToken cancellation = default) =>
        cases.ChangeAsync(command, file => ApplyAsync(file, command, text, wait, attachments, cancellation), cancellation);

    internal static async Task<Error?> ApplyAsync(CaseFile file, CaseCommand command, string text, bool wait, IReadOnlyList<Guid> attachments, CancellationToken cancellation)
    {
        var files = await CaseAttachments.UseAsync(file, attachments, cancellation);
        if (await file.ApplyAsync(file.Case.Reply(text, wait, command.Actor, file.Now, [.. files.Select(f => f.AttachmentId)]), cancellation) is { } error) return error;
        if (await CaseMessages.CustomerAsync(file, cancellation) is not { } to) return null;
        var author = command.Scope.MemberId is { } id ? file.Workspace.MemberById.GetValueOrDefault(id)?.Name : null;
        if (file.Mail.Composer.Reply(file.Workspace, file.Case, to, text, author, file.Now, files: [.. files.Select(f => new EmailFile(f.AttachmentId, f.Name, f.MediaType))]) is { } message) file.Messages.Add(message);
        return null;
    }
}
