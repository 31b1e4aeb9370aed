using Hark.Data.Messages;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;

namespace Hark.Data.Cases;

/// <summary>Writes a word among colleagues and tells those whom it mentions, as far as they may see the case.</summary>
public sealed class AddNote(CaseWriter cases)
{
    public Task<Result<CaseOutcomeOf>> RunAsync(CaseCommand command, string text, CancellationToken cancellation = default) => RunAsync(command, text, [], cancellation);

    /// <param name="attachments">Files of the case that go with it; see <see cref="CaseAttachments"/>.</param>
    public Task<Result<CaseOutcomeOf>> RunAsync(CaseCommand command, string text, IReadOnlyList<Guid> attachments, CancellationToken cancellation = default) =>
        cases.ChangeAsync(command, file => ApplyAsync(file, command, text, attachments, cancellation), cancellation);

    internal static async Task<Error?> ApplyAsync(CaseFile file, CaseCommand command, string text, IReadOnlyList<Guid> attachments, CancellationToken cancellation)
    {
        var files = await CaseAttachments.UseAsync(file, attachments, cancellation);
        var members = file.Workspace.Members.Where(m => m.DisabledAt is null).ToList();
        var mentions = MentionParser.Parse(text, [.. members.Select(m => new Mentionable(m.MemberId, m.Email, m.Name))]);
        if (await file.ApplyAsync(file.Case.AddNote(text, mentions, command.Actor, file.Now, [.. files.Select(f => f.AttachmentId)]), cancellation) is { } error) return error;
        var told = members.Where(m => mentions.Contains(m.MemberId) && m.MemberId != command.Scope.MemberId && ScopeOf(file, m.MemberId, m.Role).Sees(file.Case)).ToList();
        if (told.Count == 0) return null;
        var author = command.Scope.MemberId is { } id ? file.Workspace.MemberById.GetValueOrDefault(id)?.Name : null;
        file.Messages.AddRange(file.Mail.Composer.Notice(file.Workspace, new CaseNotice(CaseNoticeKind.Mention) { Actor = author, Note = text }, file.Case,
            told.Select(m => m.Email), file.Now));
        return null;
    }

    private static CaseScope ScopeOf(CaseFile file, Guid memberId, Role role) =>
        new(memberId, role.SeesAllTeams() ? null : file.Workspace.TeamsOfMember[memberId].ToHashSet());
}
