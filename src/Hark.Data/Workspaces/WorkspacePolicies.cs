using System.Runtime.CompilerServices;
using System.Text.Json;
using Hark.Data.Model;
using Hark.Domain.Cases.Desk;
using Hark.Domain.Identity;
using Hark.Domain.Journeys;
using Hark.Domain.Messages;
using Hark.Domain.Routing;
using Hark.Domain.Sla;
using Hark.Domain.Targets;
using Hark.Domain.Understanding;
using Hark.Domain.Understanding.Topics;

namespace Hark.Data.Workspaces;

/// <summary>The documents of a workspace, compiled: rules, segments, clocks, messages. Made once per snapshot and shared.</summary>
public sealed class WorkspacePolicies
{
    private static readonly ConditionalWeakTable<WorkspaceSnapshot, WorkspacePolicies> Compiled = [];

    private WorkspacePolicies(WorkspaceSnapshot snapshot)
    {
        Names = new SnapshotNames(snapshot);
        Rules = Parse(snapshot, DocumentKind.Rules, (json, v) => Renumber(Checked(RuleSet.Parse(json, AnyName.Instance, out var e), e), v), new RuleSet(0, RuleSet.Default().Rules));
        Segments = Parse(snapshot, DocumentKind.Segments, (json, _) => Checked(SegmentSet.Parse(json, AnyName.Instance, out var e), e), SegmentSet.Empty);
        Cohorts = Parse(snapshot, DocumentKind.Cohorts, (json, _) => Checked(CohortDefinition.Parse(json, out var e), e), CohortDefinition.Default);
        Personas = Parse(snapshot, DocumentKind.Personas, (json, _) => Checked(PersonaDefinition.Parse(json, out var e), e), PersonaDefinition.Default);
        var calendars = snapshot.CalendarVersions.SelectMany(Calendars).ToList();
        Sla = Parse(snapshot, DocumentKind.SlaPolicies, (json, _) => SlaPolicyJson.Parse(json, [.. calendars.Select(c => c.Reference.Key)]).Value, SlaPolicySet.Default);
        SlaVersion = (int)(snapshot.Documents.GetValueOrDefault(DocumentKind.SlaPolicies)?.Version ?? 0);
        Messages = Parse(snapshot, DocumentKind.Templates, (json, _) => Checked(MessageBook.Parse(json, out var e), e), MessageBook.Standard);
        Snippets = Parse(snapshot, DocumentKind.Snippets, (json, _) => Checked(SnippetSet.Parse(json, AnyName.Instance, out var e), e), SnippetSet.Empty);
        Macros = Parse(snapshot, DocumentKind.Macros, (json, _) => Checked(MacroSet.Parse(json, AnyName.Instance, out var e), e), MacroSet.Empty);
        Playbooks = Parse(snapshot, DocumentKind.Playbooks, (json, _) => Checked(PlaybookSet.Parse(json, AnyName.Instance, out var e), e), PlaybookSet.Empty);
        Journeys = Parse(snapshot, DocumentKind.Journeys, (json, _) => JourneyMap.Parse(json, null).Value, JourneyMap.Default);
        Targets = Parse(snapshot, DocumentKind.Targets, (json, _) => Checked(TargetSet.Parse(json, out var e), e), TargetSet.Default);
        Topics = Parse(snapshot, DocumentKind.Topics, (json, _) => Taxonomy.Parse(json).Value, Taxonomy.Empty);
        Understanding = Parse(snapshot, DocumentKind.Understanding, (json, _) => UnderstandingSettings.Parse(json).Value, UnderstandingSettings.Default);
        Catalogue = new SlaCatalogue(calendars, Sla.Ladders);
    }

    /// <summary>The compiled documents of this snapshot.</summary>
    public static WorkspacePolicies Of(WorkspaceSnapshot snapshot) => Compiled.GetValue(snapshot, s => new WorkspacePolicies(s));

    /// <summary>What rules of this workspace may name, for checking an edit.</summary>
    public IRoutingNames Names { get; }
    public RuleSet Rules { get; }
    public SegmentSet Segments { get; }
    public CohortDefinition Cohorts { get; }
    public PersonaDefinition Personas { get; }
    public SlaPolicySet Sla { get; }

    /// <summary>0 while the defaults are in force.</summary>
    public int SlaVersion { get; }
    public SlaCatalogue Catalogue { get; }

    /// <summary>The texts of messages, with the workspace's own in place of Hark's.</summary>
    public MessageBook Messages { get; }

    public SnippetSet Snippets { get; }
    public MacroSet Macros { get; }
    public PlaybookSet Playbooks { get; }

    /// <summary>The way of a customer: the seven usual stages until somebody edits it.</summary>
    public JourneyMap Journeys { get; }

    /// <summary>What the workspace wants to reach.</summary>
    public TargetSet Targets { get; }
    public Taxonomy Topics { get; }
    public UnderstandingSettings Understanding { get; }

    private static T Parse<T>(WorkspaceSnapshot snapshot, DocumentKind kind, Func<string, long, T> parse, T otherwise) =>
        snapshot.Documents.TryGetValue(kind, out var document) ? parse(document.Document, document.Version) : otherwise;

    /// <summary>What is stored was checked when it was saved: an error here is a bug, not an input.</summary>
    private static T Checked<T>(T? parsed, Domain.Common.SourceErrors errors) where T : class =>
        parsed ?? throw new InvalidOperationException($"A stored document does not parse: {errors}");

    private static RuleSet Renumber(RuleSet rules, long version) => rules.Version == version ? rules : new RuleSet(version, rules.Rules);

    /// <summary>The calendars of one version of the document <c>{"calendars": [...]}</c>; all carry the document's version.</summary>
    private static IEnumerable<WorkCalendar> Calendars(ConfigDocument document)
    {
        using var json = JsonDocument.Parse(document.Document);
        foreach (var calendar in json.RootElement.GetProperty("calendars").EnumerateArray().ToList())
            yield return WorkCalendar.Create(CalendarJson.Parse(calendar.GetRawText(), (int)document.Version).Value).Value;
    }

    /// <summary>Stored documents may name what was removed since; that is no reason not to load them.</summary>
    private sealed class AnyName : IRoutingNames
    {
        public static AnyName Instance { get; } = new();
        public bool Knows(RoutingName kind, string key) => true;
        public IEnumerable<string> Known(RoutingName kind) => [];
    }
}

/// <summary>The keys of a snapshot, for checking rules that name them.</summary>
public sealed class SnapshotNames(WorkspaceSnapshot snapshot) : IRoutingNames
{
    public bool Knows(RoutingName kind, string key) => Known(kind).Contains(key, StringComparer.OrdinalIgnoreCase);

    public IEnumerable<string> Known(RoutingName kind) => kind switch
    {
        RoutingName.Team => snapshot.Teams.Select(t => t.Key),
        RoutingName.Member => snapshot.Members.Select(m => m.Email),
        RoutingName.Segment => WorkspacePolicies.Of(snapshot).Segments.Segments.Select(s => s.Key),
        RoutingName.Webhook => snapshot.WebhookEndpoints.Select(w => w.Key),
        RoutingName.SlaPolicy => WorkspacePolicies.Of(snapshot).Sla.Policies.Select(p => p.Key),
        RoutingName.Template => MessageTemplates.Keys,
    };
}
