using System.Text.Json;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Sla;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Documents;
using Hark.Web.Infrastructure.Problems;

namespace Hark.Web.Features.Sla;

/// <summary>The promises: targets of the clocks, with their ladders of escalation, as one document.</summary>
internal static class SlaPolicies
{
    public static void MapSlaPolicies(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/sla-policies", "Clocks");
        group.MapGet("", (Caller caller, HttpResponse response) => Current(caller, response)).Operation("GetSlaPolicies", "Read the policies in force", Policies.Read).Produces<DocumentView>();
        group.MapPut("", SaveAsync).Operation("SaveSlaPolicies", "Save the next version of the policies", Policies.Configure).Produces<SavedView>();
        group.MapDocumentVersions(DocumentKind.SlaPolicies, "SlaPolicies", "policies");
        group.MapRestore(DocumentKind.SlaPolicies, "SlaPolicies", "policies");
        group.MapPost("/apply", ApplyAsync).Operation("ApplySlaPolicies", "Put the clocks of all cases under the policies and calendars in force", Policies.Configure).Produces<AppliedView>();
        group.MapPost("/preview", Preview).Operation("PreviewSlaPolicies", "See what would be promised to a case", Policies.Read).Produces<PreviewView>();
    }

    private static IResult Current(Caller caller, HttpResponse response)
    {
        var view = DocumentDesk.Current(SlaFeature.Promises, caller.Workspace);
        response.Headers.ETag = IfMatch.Tag(view.Version);
        return TypedResults.Ok(view);
    }

    private static async Task<IResult> SaveAsync(Caller caller, JsonElement body, PolicyMode apply, IfMatch ifMatch, SlaDocuments documents, CancellationToken cancellation) =>
        apply.Error is { } error ? error.ToProblem()
        : (await documents.SavePoliciesAsync(caller.Workspace, body.GetRawText(), ifMatch.Version, apply.Mode, caller.Actor, cancellation)).ToOk(SavedView.Of);

    private static async Task<IResult> ApplyAsync(Caller caller, ApplyBody body, SlaDocuments documents, CancellationToken cancellation) =>
        TypedResults.Ok(AppliedView.Of(await documents.ApplyAsync(caller.Workspace, body.Mode, caller.Actor, cancellation)));

    private static IResult Preview(Caller caller, PreviewBody body, TimeProvider time)
    {
        var policies = WorkspacePolicies.Of(caller.Workspace);
        var set = policies.Sla;
        if (body.Policies is { } draft)
        {
            var read = SlaPolicyJson.Parse(draft.GetRawText(), [.. SlaDocuments.Calendars(caller.Workspace).Select(c => c.Key)]);
            if (read.Error is { } error) return error.ToProblem();
            set = read.Value;
        }
        if (body.Policy is { } key && set.Policies.FirstOrDefault(p => p.Key == key) is not { }) return Error.Invalid("/policy", "is not the key of a policy").ToProblem();
        var opened = body.OpenedAt ?? time.Now();
        return TypedResults.Ok(new PreviewView([.. SlaPreview.Of(policies, set, body, opened, body.SignalAt ?? opened)]));
    }
}

/// <summary>How a change is applied, from <c>?apply=from_now|retroactive</c>; absent: to new cases only.</summary>
internal sealed record PolicyMode(PolicyChange? Mode, Error? Error) : IBindableFromHttpContext<PolicyMode>
{
    public static ValueTask<PolicyMode?> BindAsync(HttpContext context, System.Reflection.ParameterInfo parameter)
    {
        string? text = context.Request.Query["apply"];
        PolicyMode mode = string.IsNullOrEmpty(text) ? new(null, null)
            : EnumNames<PolicyChange>.TryParse(text, out var value) ? new(value, null)
            : new(null, Domain.Common.Error.Invalid("apply", "must be " + EnumNames<PolicyChange>.Choices));
        return ValueTask.FromResult<PolicyMode?>(mode);
    }
}
