using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Work;
using Hark.Data.Workspaces;
using Hark.Domain.Cases.Desk;
using Hark.Domain.Common;
using Hark.Domain.Identity;
using Hark.Domain.Messages;
using Hark.Domain.Routing;
using Hark.Domain.Sla;
using Hark.Domain.Understanding;
using Hark.Domain.Understanding.Topics;
using Hark.Domain.Workspaces;
using Hark.Web.Features.Demo.Company;
using Hark.Web.Features.Outbox.Webhooks;
using Hark.Web.Infrastructure.Settings;

namespace Hark.Web.Features.Demo;

/// <summary>Makes the settings of the sample company the way an administrator would: workspace, teams, members, sources, documents, a webhook that is switched off.</summary>
internal sealed class DemoSetup(HarkStore store, WorkspaceSnapshots snapshots, HarkOptions options, WebhookSecrets secrets, TimeProvider time)
{
    private static readonly Actor Actor = Actor.System("demo");
    private readonly SettingsWriter _writer = new(store, snapshots, time);

    /// <summary>The workspace as it stands when all of it is made.</summary>
    public async Task<WorkspaceSnapshot> RunAsync(CancellationToken cancellation)
    {
        var id = (await new WorkspaceAdmin(store, snapshots, time).CreateAsync(Catalogue.Name, Catalogue.Zone, Actor, cancellation)).WorkspaceId;
        await TeamsAsync(id, cancellation);
        await DocumentsAsync(id, cancellation);
        var sources = new SourceAdmin(_writer);
        foreach (var source in Sources.All) Need(await sources.CreateAsync(id, source, Actor, cancellation));
        await WebhookAsync(id, cancellation);
        return await snapshots.GetAsync(id, cancellation);
    }

    private async Task TeamsAsync(Guid id, CancellationToken cancellation)
    {
        var (teams, members) = (new TeamAdmin(_writer), new MemberAdmin(store, _writer));
        var made = new Dictionary<string, Member>(StringComparer.Ordinal);
        foreach (var who in Staff.All)
        {
            made[who.Email] = Need(await members.CreateAsync(id, who.Email, new MemberSettings(who.Name, who.Role, who.Languages),
                who.Email == Staff.DemoEmail ? Staff.DemoPassword : null, Actor, cancellation));
        }
        foreach (var (key, name) in Staff.Teams)
        {
            var known = (await snapshots.GetAsync(id, cancellation)).TeamByKey.GetValueOrDefault(key);
            var settings = new TeamSettings(name, key + "@vesna.example");
            var team = known is null ? Need(await teams.CreateAsync(id, key, settings, Actor, cancellation)) : Need(await teams.UpdateAsync(id, known.TeamId, _ => settings, Actor, cancellation));
            TeamPlace[] places = [.. Staff.All.Where(c => c.Team == key).Select(c => new TeamPlace(made[c.Email].MemberId, c.Role == Role.TeamLead))];
            Need(await teams.SetMembersAsync(id, team.TeamId, places, Actor, cancellation));
        }
    }

    private async Task DocumentsAsync(Guid id, CancellationToken cancellation)
    {
        var documents = new ConfigDocuments(store, _writer);
        async Task PutAsync(DocumentKind kind, string document) => Need(await documents.PutAsync(id, kind, document, null, Actor, cancellation));
        async Task<IRoutingNames> NamesAsync() => new SnapshotNames(await snapshots.GetAsync(id, cancellation));

        await PutAsync(DocumentKind.Calendars, $$"""{"calendars":[{{CalendarJson.Write(Documents.Office(time.GetUtcNow()))}}]}""");
        await PutAsync(DocumentKind.Personas, PersonaDefinition.Parse(Documents.Personas, out var wrong)?.ToJson() ?? throw Broken(wrong));
        await PutAsync(DocumentKind.Segments, SegmentSet.Parse(Documents.Segments, await NamesAsync(), out wrong)?.ToJson() ?? throw Broken(wrong));
        await PutAsync(DocumentKind.SlaPolicies, SlaPolicyJson.Write(Documents.Policies()));
        await PutAsync(DocumentKind.Snippets, SnippetSet.Parse(DeskDocuments.Snippets, await NamesAsync(), out wrong)?.ToJson() ?? throw Broken(wrong));
        await PutAsync(DocumentKind.Macros, MacroSet.Parse(DeskDocuments.Macros, await NamesAsync(), out wrong)?.ToJson() ?? throw Broken(wrong));
        await PutAsync(DocumentKind.Playbooks, PlaybookSet.Parse(DeskDocuments.Playbooks, await NamesAsync(), out wrong)?.ToJson() ?? throw Broken(wrong));
        await PutAsync(DocumentKind.Topics, StarterTaxonomies.Find("webshop")!.ToJson());
        await PutAsync(DocumentKind.Understanding, new UnderstandingSettings(Languages.All).ToJson());
        await PutAsync(DocumentKind.Journeys, Documents.Journeys(time.GetUtcNow().Year).ToJson());
        await PutAsync(DocumentKind.Targets, OutcomeNumbers.Targets(time.GetUtcNow().Year).ToJson());
        await PutAsync(DocumentKind.Rules, RuleSet.Parse(Documents.Rules, await NamesAsync(), out wrong)?.ToJson() ?? throw Broken(wrong));
    }

    private async Task WebhookAsync(Guid id, CancellationToken cancellation)
    {
        var webhooks = new WebhookAdmin(_writer, secrets, new OutboxQueue(store), store, options, time);
        var made = Need(await webhooks.CreateAsync(id, "crm", new WebhookSettings("https://crm.vesna.example/hark", ["case.*"]), Actor, cancellation));
        Need(await webhooks.DisableAsync(id, made.Endpoint.EndpointId, Actor, cancellation));
    }

    private static T Need<T>(Result<T> result) =>
        result.Error is { } error ? throw new InvalidOperationException($"The sample company could not be made: {error.Detail} {string.Join("; ", error.Fields?.Select(f => $"{f.Key} {string.Join(", ", f.Value)}") ?? [])}") : result.Value;

    private static InvalidOperationException Broken(SourceErrors errors) => new($"A document of the sample company is wrong: {string.Join("; ", errors.All)}");
}
