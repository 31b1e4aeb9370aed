using Hark.Data.Model;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Cases;

/// <summary>A call to promise.</summary>
/// <param name="Phone">Null: the customer's own number, where it is known.</param>
public sealed record CallBackRequest(DateTimeOffset SlotStart, DateTimeOffset SlotEnd, string? Phone, string? Note);

/// <summary>Promises the customer a call within a slot; the invitation goes out as iCalendar.</summary>
public sealed class RequestCallBack(CaseWriter cases, TimeProvider time)
{
    private const int LongestPhone = 40;

    public Task<Result<CaseOutcomeOf>> RunAsync(CaseCommand command, CallBackRequest request, CancellationToken cancellation = default) => cases.ChangeAsync(command, async file =>
    {
        if (request.Phone?.Length > LongestPhone) return Error.Invalid("/phone", $"must have at most {LongestPhone} characters");
        if (request.Note?.Length > Case.LongestText) return Error.Invalid("/note", $"must have at most {Case.LongestText} characters");
        var row = new CallBack
        {
            WorkspaceId = command.WorkspaceId,
            CallBackId = time.NewId(),
            CaseId = command.CaseId,
            State = CallBackState.Requested,
            SlotStart = request.SlotStart.Trim(),
            SlotEnd = request.SlotEnd.Trim(),
            Note = request.Note,
            CreatedAt = file.Now,
            Phone = request.Phone ?? await PhoneAsync(file, cancellation),
        };
        var change = file.Case.RequestCallBack(row.CallBackId, row.SlotStart, row.SlotEnd, command.Actor, file.Now);
        if (await file.ApplyAsync(change, cancellation) is { } error) return error;
        file.Db.CallBacks.Add(row);
        await CallBackMail.AddAsync(file, row, cancellation);
        return null;
    }, cancellation);

    private static Task<string?> PhoneAsync(CaseFile file, CancellationToken cancellation) =>
        file.Db.Contacts.Where(c => c.WorkspaceId == file.Case.WorkspaceId && c.ContactId == file.Case.ContactId).Select(c => c.Phone).SingleOrDefaultAsync(cancellation);
}

/// <summary>Says what became of a promised call: done, missed, or cancelled (which withdraws the invitation).</summary>
public sealed class EndCallBack(CaseWriter cases)
{
    /// <param name="end">Not <see cref="CallBackState.Requested"/>.</param>
    public Task<Result<CaseOutcomeOf>> RunAsync(CaseCommand command, Guid callBackId, CallBackState end, string? note, CancellationToken cancellation = default) => cases.ChangeAsync(command, async file =>
    {
        var row = await file.Db.CallBacks.SingleOrDefaultAsync(b => b.WorkspaceId == command.WorkspaceId && b.CallBackId == callBackId && b.CaseId == command.CaseId, cancellation);
        if (row is null) return Error.NotFound("call-back");
        if (row.State != CallBackState.Requested && !(row.State == CallBackState.Missed && end == CallBackState.Done))
            return new Error(ErrorKind.Conflict, ErrorCodes.CaseState, $"The call-back is {EnumNames<CallBackState>.Of(row.State)} already.");
        Result<CaseChange> change = end switch
        {
            CallBackState.Done => file.Case.CallBackDone(callBackId, note, command.Actor, file.Now),
            CallBackState.Missed => file.Case.CallBackMissed(callBackId, command.Actor, file.Now),
            CallBackState.Cancelled => file.Case.CallBackCancelled(callBackId, note, command.Actor, file.Now),
            CallBackState.Requested => throw new ArgumentOutOfRangeException(nameof(end)),
        };
        if (await file.ApplyAsync(change, cancellation) is { } error) return error;
        row.State = end;
        if (end != CallBackState.Cancelled) return null;
        row.Sequence++;
        await CallBackMail.AddAsync(file, row, cancellation);
        return null;
    }, cancellation);
}

internal static class CallBackMail
{
    public static async Task AddAsync(CaseFile file, CallBack row, CancellationToken cancellation)
    {
        if (await CaseMessages.CustomerAsync(file, cancellation) is { } customer
            && file.Mail.Composer.CallBack(file.Workspace, file.Case, customer, row, file.Now) is { } message) file.Messages.Add(message);
    }
}
