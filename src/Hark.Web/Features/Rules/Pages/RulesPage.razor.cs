using System.Globalization;
using Hark.Data.Routing;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Routing;
using Hark.Web.Features.Accounts;
using Hark.Web.Infrastructure.Documents;
using Microsoft.AspNetCore.Components;

namespace Hark.Web.Features.Rules.Pages;

/// <summary>The rules in their order: moved, switched, tried on the signals of the last month.</summary>
public sealed partial class RulesPage
{
    private const int Days = 30, TriedSignals = 5_000, ShownSignals = 50;

    private DryRunReport? _report;
    private string? _problem;
    private IReadOnlyDictionary<string, string[]>? _errors;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "done")]
    private string? Said { get; set; }

    [SupplyParameterFromForm(FormName = "rule", Name = "id")]
    private string? Id { get; set; }

    [SupplyParameterFromForm(FormName = "rule", Name = "what")]
    private string? What { get; set; }

    /// <summary>From 0 in the order after the move, of a rule that was dragged.</summary>
    [SupplyParameterFromForm(FormName = "rule", Name = "place")]
    private string? Place { get; set; }

    [SupplyParameterFromForm(FormName = "rule", Name = "version")]
    private string? Version { get; set; }

    private WorkspaceSnapshot Workspace => Viewer.Required.Workspace;
    private RuleSet Rules => WorkspacePolicies.Of(Workspace).Rules;
    private EditedDocument Document => Desk.Find("rules")!;

    private async Task TryAsync()
    {
        var now = Time.Now();
        _report = await DryRun.RunAsync(Workspace, Rules, new DryRunScope(now.AddDays(-Days), now, null, TriedSignals, ShownSignals), Http.RequestAborted);
    }

    private async Task ChangeAsync()
    {
        if (Edited() is not { } rules) return;
        var seen = long.TryParse(Version, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
        var saved = await Desk.SaveAsync(Document, Workspace, new RuleSet(1, rules).ToJson(), seen, Viewer.Required.Actor, Http.RequestAborted);
        if (saved.Ok)
        {
            Navigation.NavigateTo("/settings/rules?done=saved");
            return;
        }
        Http.Response.StatusCode = StatusCodes.Status400BadRequest;
        (_problem, _errors) = (saved.Error!.Kind == ErrorKind.Conflict ? T["settings.doc_conflict"] : T.Say(saved.Error), saved.Error.Fields);
    }

    /// <summary>The rules with one of them moved or switched; null where there is nothing to do.</summary>
    private List<Rule>? Edited()
    {
        var rules = Rules.Rules.ToList();
        var at = rules.FindIndex(r => r.Id == Id);
        var to = What switch { "up" => at - 1, "down" => at + 1, "to" => int.TryParse(Place, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : at, _ => at };
        if (at < 0 || to < 0 || to >= rules.Count) return null;
        var rule = What switch { "on" => rules[at] with { Enabled = true }, "off" => rules[at] with { Enabled = false }, _ => rules[at] };
        rules.RemoveAt(at);
        rules.Insert(to, rule);
        return rules;
    }

    /// <summary>What would have become of a signal, in the words of the rules.</summary>
    private static string Fate(DryRunSignal signal)
    {
        string?[] parts =
        [
            signal.Case is { } fate ? $"{fate} case {signal.Severity} {signal.Team}".TrimEnd() : null,
            signal.Tags.Count > 0 ? "tag " + string.Join(", ", signal.Tags) : null,
            signal.Notify.Count > 0 ? "notify " + string.Join(", ", signal.Notify) : null,
            signal.Reply is { } reply ? "reply " + reply : null,
            signal.CallBack ? "call back" : null,
            signal.Webhooks.Count > 0 ? "webhook " + string.Join(", ", signal.Webhooks) : null,
        ];
        return string.Join("; ", parts.Where(p => p is not null));
    }
}
