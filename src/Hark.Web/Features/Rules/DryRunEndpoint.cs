using System.Text.Json;
using Hark.Data.Routing;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Routing;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Problems;

namespace Hark.Web.Features.Rules;

/// <summary>Which signals to try rules on.</summary>
/// <param name="Rules">A rule document to try; absent: the one in force.</param>
/// <param name="From">By when the signal occurred; absent: 30 days back.</param>
/// <param name="To">Exclusive; absent: now.</param>
/// <param name="Source">Name of one source; absent: all.</param>
/// <param name="Limit">At most so many signals, the newest first: 1 to 10,000.</param>
/// <param name="Show">At most so many of them told one by one: 0 to 500.</param>
public sealed record DryRunBody(JsonElement? Rules = null, DateTimeOffset? From = null, DateTimeOffset? To = null, string? Source = null, int Limit = 1_000, int Show = 50);

/// <summary><c>POST /api/v1/rules/dry-run</c>.</summary>
internal static class DryRunEndpoint
{
    private static readonly TimeSpan UsualPeriod = TimeSpan.FromDays(30);

    public static async Task<IResult> RunAsync(Caller caller, DryRunBody body, DryRun dryRun, TimeProvider time, CancellationToken cancellation)
    {
        var errors = new InputErrors();
        if (body.Limit is < 1 or > DryRun.MostSignals) errors.Add("/limit", $"must be 1 to {DryRun.MostSignals}");
        if (body.Show is < 0 or > DryRun.MostShown) errors.Add("/show", $"must be 0 to {DryRun.MostShown}");
        Guid? source = null;
        if (body.Source is { } name)
        {
            if (caller.Workspace.SourceByName.TryGetValue(name, out var found)) source = found.SourceId;
            else errors.Add("/source", "is not the name of a source");
        }
        var to = (body.To ?? time.Now()).ToUniversalTime().Trim();
        var from = (body.From ?? to - UsualPeriod).ToUniversalTime().Trim();
        if (from >= to) errors.Add("/from", "must be before to");
        if (errors.Any) return Error.Invalid(errors).ToProblem();
        var policies = WorkspacePolicies.Of(caller.Workspace);
        var rules = policies.Rules;
        if (body.Rules is { } draft)
        {
            if (RuleSet.Parse(draft.GetRawText(), policies.Names, out var wrong) is not { } parsed) return wrong.ToError().ToProblem();
            rules = parsed.Next(rules);
        }
        return TypedResults.Ok(await dryRun.RunAsync(caller.Workspace, rules, new DryRunScope(from, to, source, body.Limit, body.Show), cancellation));
    }
}
