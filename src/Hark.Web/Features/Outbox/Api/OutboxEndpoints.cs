using Hark.Data.Model;
using Hark.Data.Work;
using Hark.Domain.Common;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Paging;
using Hark.Web.Infrastructure.Problems;

namespace Hark.Web.Features.Outbox.Api;

internal static class OutboxEndpoints
{
    /// <summary>Messages hold addresses and words of persons of every team, so this is for those who set the workspace up.</summary>
    public static void MapOutboxEndpoints(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/v1/outbox").RequireAuthorization(Policies.Configure).WithTags("Outbox");
        group.MapGet("", ListAsync).WithName("ListOutbox").WithSummary("List the messages sent and to be sent, newest first").Produces<Page<OutboxMessageBody>>();
        group.MapGet("{id:guid}", GetAsync).WithName("GetOutboxMessage").WithSummary("Get a message with its attempts").Produces<OutboxMessageBody>();
        group.MapPost("{id:guid}/resend", ResendAsync).WithName("ResendOutboxMessage").WithSummary("Send a parked message again").Produces<OutboxMessageBody>();
        group.MapPost("{id:guid}/cancel", CancelAsync).WithName("CancelOutboxMessage").WithSummary("Take back a message that was not sent yet").Produces<OutboxMessageBody>();
    }

    private static async Task<IResult> ListAsync(string? state, string? kind, string? topic, Guid? @case, string? cursor, int? limit, Caller caller,
        OutboxAdmin outbox, CancellationToken cancellation)
    {
        var errors = new InputErrors();
        var filter = new OutboxFilter(Choice<OutboxState>(errors, "state", state), Choice<OutboxKind>(errors, "kind", kind), null, topic, @case);
        if (errors.Any) return Error.Invalid(errors).ToProblem();
        return (await outbox.ListAsync(caller.WorkspaceId, filter, cursor, limit, cancellation)).ToOk();
    }

    private static async Task<IResult> GetAsync(Guid id, Caller caller, OutboxAdmin outbox, CancellationToken cancellation) =>
        (await outbox.GetAsync(caller.WorkspaceId, id, caller.Actor, cancellation)).ToOk();

    private static async Task<IResult> ResendAsync(Guid id, Caller caller, OutboxAdmin outbox, CancellationToken cancellation) =>
        (await outbox.ResendAsync(caller.WorkspaceId, id, caller.Actor, cancellation)).ToOk();

    private static async Task<IResult> CancelAsync(Guid id, Caller caller, OutboxAdmin outbox, CancellationToken cancellation) =>
        (await outbox.CancelAsync(caller.WorkspaceId, id, caller.Actor, cancellation)).ToOk();

    private static T? Choice<T>(InputErrors errors, string name, string? text) where T : struct, Enum
    {
        if (text is null) return null;
        if (EnumNames<T>.TryParse(text, out var value)) return value;
        errors.Add(name, $"must be {EnumNames<T>.Choices}");
        return null;
    }
}
