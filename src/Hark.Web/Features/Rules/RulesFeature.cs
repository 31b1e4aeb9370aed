using Hark.Data.Model;
using Hark.Data.Routing;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Identity;
using Hark.Domain.Messages;
using Hark.Domain.Routing;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Documents;

namespace Hark.Web.Features.Rules;

/// <summary>What decides about signals, edited as JSON in versions: rules, segments, cohorts, personas and message templates; and the dry run of rules.</summary>
public static class RulesFeature
{
    private static readonly EditedDocument Rules = new(DocumentKind.Rules, "/rules", "Rules", "Rules", "routing rules", CheckRules, _ => RuleSet.Default().ToJson());

    /// <summary>What rules ask about and send.</summary>
    private static readonly EditedDocument[] Others =
    [
        new(DocumentKind.Segments, "/segments", "Rules", "Segments", "segments", CheckSegments, _ => SegmentSet.Empty.ToJson()),
        new(DocumentKind.Cohorts, "/cohorts", "Rules", "Cohorts", "cohort definition",
            (_, json) => EditedDocument.Checked(CohortDefinition.Parse(json, out var errors), errors, c => c.ToJson()), _ => CohortDefinition.Default.ToJson()),
        new(DocumentKind.Personas, "/personas", "Rules", "Personas", "personas",
            (_, json) => EditedDocument.Checked(PersonaDefinition.Parse(json, out var errors), errors, p => p.ToJson()), _ => PersonaDefinition.Default.ToJson()),
        new(DocumentKind.Templates, "/templates", "Rules", "Templates", "message templates",
            (_, json) => EditedDocument.Checked(MessageBook.Parse(json, out var errors), errors, _ => json), _ => """{"templates":{}}"""),
    ];

    public static IServiceCollection AddRules(this IServiceCollection services)
    {
        foreach (var document in Others.Prepend(Rules)) services.AddSingleton(document);
        return services.AddSingleton<DryRun>();
    }

    public static void MapRules(this IEndpointRouteBuilder app)
    {
        app.MapDocument(Rules).MapPost("/dry-run", DryRunEndpoint.RunAsync)
            .Operation("DryRunRules", "See what rules would do with stored signals; nothing happens", Policies.Configure).Produces<DryRunReport>();
        foreach (var document in Others) app.MapDocument(document);
    }

    /// <summary>Rules name only what exists; a rule's version rises when, and only when, it changed.</summary>
    private static Result<string> CheckRules(WorkspaceSnapshot workspace, string json)
    {
        var policies = WorkspacePolicies.Of(workspace);
        return EditedDocument.Checked(RuleSet.Parse(json, policies.Names, out var errors), errors, rules => rules.Next(policies.Rules).ToJson());
    }

    /// <summary>The rules in force must still find the segments that they name.</summary>
    private static Result<string> CheckSegments(WorkspaceSnapshot workspace, string json)
    {
        var segments = SegmentSet.Parse(json, WorkspacePolicies.Of(workspace).Names, out var errors);
        if (segments is null) return errors.ToError();
        var names = new NamesWithSegments(WorkspacePolicies.Of(workspace).Names, segments);
        return RuleSet.Parse(WorkspacePolicies.Of(workspace).Rules.ToJson(), names, out var broken) is null
            ? Error.Invalid("/segments", $"a rule in force names a segment that is not among them: {broken.All[0].Reason}")
            : segments.ToJson();
    }

    private sealed class NamesWithSegments(IRoutingNames others, SegmentSet segments) : IRoutingNames
    {
        public bool Knows(RoutingName kind, string key) =>
            kind == RoutingName.Segment ? segments.Segments.Any(s => s.Key == key) : others.Knows(kind, key);

        public IEnumerable<string> Known(RoutingName kind) => kind == RoutingName.Segment ? segments.Segments.Select(s => s.Key) : others.Known(kind);
    }
}
