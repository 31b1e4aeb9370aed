using Hark.Data.Intake;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Problems;

namespace Hark.Web.Features.Intake;

/// <summary>The answer to a batch: how many of its records became what, and which were refused.</summary>
public sealed record BatchAnswer(int Stored, int Duplicates, int Updated, IReadOnlyList<RejectedRecord> Rejected);

/// <summary>A record that was not stored.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Id">The source's own id, where it could be read.</param>
/// <param name="Errors">Reasons by JSON pointer.</param>
public sealed record RejectedRecord(int Index, string? Id, IReadOnlyDictionary<string, string[]> Errors);

/// <summary><c>POST /api/v1/signals/batch</c>.</summary>
internal static class SendBatch
{
    public const int MaxBytes = 8 * 1024 * 1024, MaxRecords = 5_000;

    public static async Task<IResult> HandleAsync(HttpContext context, Caller caller, IntakeService intake)
    {
        if (FormatOf(context.Request) is not { } format) return StatusProblems.Of(StatusCodes.Status415UnsupportedMediaType).ToProblem();
        using var body = await RequestBody.ReadAsync(context.Request, MaxBytes);
        if (body.Error is { } unreadable) return unreadable.ToProblem();
        var batch = SignalBatchReader.Read(body.Bytes, format, MaxRecords);
        if (batch.TooMany)
            return new Error(ErrorKind.TooLarge, ErrorCodes.TooLarge, $"A batch holds at most {MaxRecords} records; nothing of this one was stored. Send it in parts.").ToProblem();
        if (batch.Malformed is { } malformed && batch.Records.Count == 0) return SendSignal.Malformed(malformed).ToProblem();
        var result = await intake.SubmitBatchAsync(caller.Workspace, caller.Source!, batch.Records);
        if (result.Error is { } error) return error.ToProblem(error.Code == ErrorCodes.Overloaded ? IntakeService.RetryAfterSeconds : null);
        return TypedResults.Ok(Answer(result.Value, batch.Malformed));
    }

    private static BatchAnswer Answer(BatchOutcome outcome, MalformedJson? broken)
    {
        var rejected = outcome.Rejected.Select(r => new RejectedRecord(r.Index, r.Id, r.Errors.ToDictionary())).ToList();
        if (broken is not null)
            rejected.Add(new RejectedRecord(broken.Index, null, new Dictionary<string, string[]> { [""] = [$"{broken}; this record and those after it were not read"] }));
        return new BatchAnswer(outcome.Count(IntakeStatus.Created), outcome.Count(IntakeStatus.Duplicate), outcome.Count(IntakeStatus.Updated), rejected);
    }

    private static BatchFormat? FormatOf(HttpRequest request)
    {
        var type = request.ContentType?.Split(';')[0].Trim();
        return type?.ToLowerInvariant() switch
        {
            "application/x-ndjson" or "application/ndjson" or "application/jsonl" => BatchFormat.Lines,
            "application/json" or null or "" => BatchFormat.Array,
            _ => null,
        };
    }
}
