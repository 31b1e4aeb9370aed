using Hark.Data.Messages;
using Hark.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Cases;

/// <summary>"Did we solve it?": one row a round.</summary>
public static class Questions
{
    /// <summary>How long the customer has to answer before silence closes the case as unverified. A week covers a holiday and is short enough to remember the matter.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromDays(7);

    /// <summary>Whether the customer may be asked: there is an address, and they did not say that nobody may come back to them.</summary>
    public static async Task<MailRecipient?> AskableAsync(CaseFile file, CancellationToken cancellation)
    {
        if (await CaseMessages.CustomerAsync(file, cancellation) is not { Reachable: true } customer) return null;
        var consent = await file.Db.Signals.Where(s => s.WorkspaceId == file.Case.WorkspaceId && s.SignalId == file.Case.FirstSignalId)
            .Select(s => s.ConsentContactBack).SingleOrDefaultAsync(cancellation);
        return consent == false ? null : customer;
    }

    /// <summary>Writes the question of this round down and sends it; asked again, it gets a new time to answer.</summary>
    public static async Task AskAsync(CaseFile file, MailRecipient customer, CancellationToken cancellation)
    {
        var (c, expires) = (file.Case, file.Now + AnswerWithin);
        var row = await FindAsync(file, cancellation);
        if (row is null) file.Db.Verifications.Add(new Verification { WorkspaceId = c.WorkspaceId, CaseId = c.CaseId, Round = c.Round, AskedAt = file.Now, ExpiresAt = expires });
        else (row.AskedAt, row.ExpiresAt, row.AnsweredAt) = (file.Now, expires, null);
        if (file.Mail.Question(file.Workspace, c, customer, expires, file.Now) is { } message) file.Messages.Add(message);
    }

    /// <summary>Ends the question of a round: with an answer, or without one when a person reopened the case or nobody answered in time.</summary>
    /// <param name="solved">Null without an answer.</param>
    public static async Task EndAsync(CaseFile file, int round, bool? solved, string? comment, CancellationToken cancellation)
    {
        if (await FindAsync(file, cancellation, round) is { AnsweredAt: null } row) (row.AnsweredAt, row.Solved, row.Comment) = (file.Now, solved, comment);
    }

    private static Task<Verification?> FindAsync(CaseFile file, CancellationToken cancellation, int? round = null)
    {
        var (workspaceId, caseId, wanted) = (file.Case.WorkspaceId, file.Case.CaseId, round ?? file.Case.Round);
        return file.Db.Verifications.SingleOrDefaultAsync(v => v.WorkspaceId == workspaceId && v.CaseId == caseId && v.Round == wanted, cancellation);
    }
}
