using Hark.Data.Cases;
using Hark.Data.Messages;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Hark.Web.Features.Verification;

/// <summary>Where the question of a link stands.</summary>
internal enum Standing
{
    /// <summary>Not our link, or its case is gone.</summary>
    Unknown,
    Expired,

    /// <summary>Waits for the answer.</summary>
    Asked,
    Yes,

    /// <summary>Answered no, and the fresh round that this opened goes on.</summary>
    No,

    /// <summary>The case went on without this question: reopened by others, merged, or worked on to its next resolution.</summary>
    MovedOn,
}

/// <summary>What the page needs to know; everything but the standing is null when it is <see cref="Standing.Unknown"/>.</summary>
/// <param name="Languages">The customer's languages in order of preference, the workspace's last.</param>
internal sealed record VerificationView(Standing Standing, WorkspaceSnapshot? Workspace, Case? Case, IReadOnlyList<string?> Languages)
{
    public static VerificationView Unknown { get; } = new(Standing.Unknown, null, null, []);
}

/// <summary>
/// The customer answers by their link. The same answer again changes nothing. A yes may be taken back while the case rests on it: the case opens again. A no
/// has opened the case again and set its clocks, so it cannot become a yes here; what the customer adds reaches those who work on it.
/// </summary>
internal sealed class AnswerVerification(HarkStore store, WorkspaceSnapshots snapshots, CaseWriter cases, VerifyCase verify, VerificationLinks links, TimeProvider time)
{
    /// <summary>More is cut off by the page's own field; a sender without it is refused.</summary>
    public const int LongestComment = 4000;

    /// <summary>Where the question stands; changes nothing.</summary>
    public async Task<VerificationView> LookAsync(string token, CancellationToken cancellation) =>
        links.Read(token) is { } ticket ? await LookAsync(ticket, cancellation) : VerificationView.Unknown;

    /// <summary>Takes an answer and says where the question stands now.</summary>
    public async Task<VerificationView> AnswerAsync(string token, bool solved, CancellationToken cancellation)
    {
        if (links.Read(token) is not { } ticket) return VerificationView.Unknown;
        var view = await LookAsync(ticket, cancellation);
        var command = Command(ticket);
        // A conflict means that somebody was faster, perhaps the same customer's second click: what stands now is the answer.
        if (view.Standing == Standing.Asked) await verify.RunAsync(command, solved, null, ticket.Round, cancellation);
        else if (view.Standing == Standing.Yes && !solved) await cases.ChangeAsync(command, f => TakeBackAsync(f, ticket, cancellation), cancellation);
        else return view;
        return await LookAsync(ticket, cancellation);
    }

    /// <summary>Takes what the customer adds to a no; the same words again are not added again.</summary>
    /// <returns>Whether it was taken, and where the question stands.</returns>
    public async Task<(bool Taken, VerificationView View)> CommentAsync(string token, string comment, CancellationToken cancellation)
    {
        if (links.Read(token) is not { } ticket) return (false, VerificationView.Unknown);
        var view = await LookAsync(ticket, cancellation);
        if (view.Standing != Standing.No) return (false, view);
        var result = await cases.ChangeAsync(Command(ticket), f => AddCommentAsync(f, ticket, comment, cancellation), cancellation);
        return (result.Ok, result.Ok ? view : await LookAsync(ticket, cancellation));
    }

    /// <summary>Decides from what is stored.</summary>
    internal static Standing StandingOf(VerificationTicket ticket, Case? about, Data.Model.Verification? question, DateTimeOffset now)
    {
        if (about is null || question is null) return Standing.Unknown;
        if (now >= ticket.ExpiresAt) return Standing.Expired;
        if (about.Round == ticket.Round && about.State == CaseState.Resolved) return Standing.Asked;
        if (about.Round == ticket.Round && about.State == CaseState.Verified) return Standing.Yes;
        return about.Round == ticket.Round + 1 && about.IsOpen && question.Solved == false ? Standing.No : Standing.MovedOn;
    }

    private async Task<VerificationView> LookAsync(VerificationTicket ticket, CancellationToken cancellation)
    {
        if (await snapshots.FindAsync(ticket.WorkspaceId, cancellation) is not { } workspace) return VerificationView.Unknown;
        await using var db = store.Read();
        var about = await db.Cases.SingleOrDefaultAsync(c => c.WorkspaceId == ticket.WorkspaceId && c.CaseId == ticket.CaseId, cancellation);
        var question = await db.Verifications.SingleOrDefaultAsync(v => v.WorkspaceId == ticket.WorkspaceId && v.CaseId == ticket.CaseId && v.Round == ticket.Round, cancellation);
        var standing = StandingOf(ticket, about, question, time.Now());
        if (standing == Standing.Unknown) return VerificationView.Unknown;
        var locale = await db.Contacts.Where(c => c.WorkspaceId == ticket.WorkspaceId && c.ContactId == about!.ContactId).Select(c => c.Locale).SingleOrDefaultAsync(cancellation);
        return new VerificationView(standing, workspace, about, [locale, about!.Language, workspace.Workspace.DefaultLanguage]);
    }

    private static async Task<Error?> TakeBackAsync(CaseFile file, VerificationTicket ticket, CancellationToken cancellation)
    {
        if (file.Case.Round != ticket.Round || await QuestionAsync(file, ticket, cancellation) is not { } question) return Gone;
        var key = await file.FreeJoinKeyAsync(cancellation);
        if (await file.ApplyAsync(file.Case.Reopen(null, key, Actor.Customer, file.Now), cancellation) is { } error) return error;
        (question.Solved, question.AnsweredAt) = (false, file.Now);
        return null;
    }

    private static async Task<Error?> AddCommentAsync(CaseFile file, VerificationTicket ticket, string comment, CancellationToken cancellation)
    {
        if (await QuestionAsync(file, ticket, cancellation) is not { } question || StandingOf(ticket, file.Case, question, file.Now) != Standing.No) return Gone;
        if (question.Comment == comment) return null;
        question.Comment = comment;
        return await file.ApplyAsync(file.Case.CustomerReplied(comment, null, file.Now), cancellation);
    }

    private static Task<Data.Model.Verification?> QuestionAsync(CaseFile file, VerificationTicket ticket, CancellationToken cancellation) =>
        file.Db.Verifications.SingleOrDefaultAsync(v => v.WorkspaceId == ticket.WorkspaceId && v.CaseId == ticket.CaseId && v.Round == ticket.Round, cancellation);

    private static CaseCommand Command(VerificationTicket ticket) => new(ticket.WorkspaceId, ticket.CaseId, CaseScope.All, Actor.Customer);

    private static Error Gone { get; } = new(ErrorKind.Conflict, ErrorCodes.CaseState, "The case has moved on since this question was asked.");
}
