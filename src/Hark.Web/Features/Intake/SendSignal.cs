using Hark.Data.Intake;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Problems;

namespace Hark.Web.Features.Intake;

/// <summary>The answer to one signal.</summary>
/// <param name="CaseId">The case it opened or joined, or null.</param>
public sealed record SignalAnswer(Guid SignalId, IntakeStatus Status, Guid? CaseId);

/// <summary><c>POST /api/v1/signals</c>.</summary>
internal static class SendSignal
{
    public const int MaxBytes = 256 * 1024;
    private const int MaxKeyLength = 200;

    public static async Task<IResult> HandleAsync(HttpContext context, Caller caller, IntakeService intake)
    {
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > MaxKeyLength)
            return Error.Invalid("Idempotency-Key", $"is longer than {MaxKeyLength} characters").ToProblem();
        using var body = await RequestBody.ReadAsync(context.Request, MaxBytes);
        if (body.Error is { } unreadable) return unreadable.ToProblem();
        var record = SignalBatchReader.ReadOne(body.Bytes);
        if (record.Malformed is { } malformed) return Malformed(malformed).ToProblem();
        if (record.Errors.Any) return Error.Invalid(record.Errors).ToProblem();
        var result = await intake.SubmitAsync(caller.Workspace, caller.Source!, record.Draft, key.Length == 0 ? null : key);
        if (result.Error is { } error) return error.ToProblem(error.Code == ErrorCodes.Overloaded ? IntakeService.RetryAfterSeconds : null);
        var outcome = result.Value;
        var answer = new SignalAnswer(outcome.SignalId, outcome.Status, outcome.CaseId);
        return outcome.Status == IntakeStatus.Created ? TypedResults.Created($"/api/v1/signals/{outcome.SignalId}", answer) : TypedResults.Ok(answer);
    }

    public static Error Malformed(MalformedJson at) => new(ErrorKind.Invalid, ErrorCodes.MalformedJson, $"The body is not JSON: {at}.");
}
