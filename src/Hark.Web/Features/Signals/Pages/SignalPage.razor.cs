using Hark.Data.Aggregates;
using Hark.Data.Cases;
using Hark.Data.Model;
using Hark.Data.Signals;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Workspaces;
using Microsoft.AspNetCore.Components;

namespace Hark.Web.Features.Signals.Pages;

/// <summary>One signal: the words, what was made of them and why, corrections, and the case it led to. Each post does one thing and comes back by a redirect.</summary>
public sealed partial class SignalPage
{
    private SignalRead? _found;
    private CaseEnding? _ending;
    private string? _problem;

    [Parameter]
    public Guid SignalId { get; set; }

    [Inject]
    private SignalReader Signals { get; set; } = null!;

    [Inject]
    private CaseEndings Endings { get; set; } = null!;

    [Inject]
    private CorrectSignal Corrections { get; set; } = null!;

    [Inject]
    private OpenCaseByHand Opening { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "done")]
    private string? Said { get; set; }

    [SupplyParameterFromForm(FormName = "correct", Name = "field")]
    private string? Field { get; set; }

    [SupplyParameterFromForm(FormName = "correct", Name = "value")]
    private string? Value { get; set; }

    [SupplyParameterFromForm(FormName = "open-case", Name = "title")]
    private string? CaseTitle { get; set; }

    [SupplyParameterFromForm(FormName = "open-case", Name = "team")]
    private string? CaseTeam { get; set; }

    [SupplyParameterFromForm(FormName = "open-case", Name = "severity")]
    private string? CaseSeverity { get; set; }

    private WorkspaceSnapshot Workspace => Viewer.Required.Workspace;
    private bool MayCorrect => Viewer.Required.Role.Curates();

    protected override async Task OnInitializedAsync()
    {
        var caller = Viewer.Required;
        var found = await Signals.GetAsync(caller.WorkspaceId, SignalId, caller.Words, caller.Actor, Http.RequestAborted);
        if (!found.Ok)
        {
            Http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        if (found.Value.Signal.CaseId is { } caseId) _ending = (await Endings.ReadAsync(caller.WorkspaceId, [caseId], caller.Cases, Http.RequestAborted)).GetValueOrDefault(caseId);
        _found = found.Value; // last: the page may be rendered while something is waited for
    }

    private async Task CorrectAsync()
    {
        if (_found is null || !EnumNames<CorrectedField>.TryParse(Field, out var field)) return;
        if (!MayCorrect)
        {
            Refuse(StatusCodes.Status403Forbidden, T["shell.forbidden_text"]);
            return;
        }
        var confirms = SignalCorrection.Of(_found.Signal, field) == (Value ?? "").Trim();
        var corrected = await Corrections.RunAsync(Workspace, SignalId, Viewer.Required.Words, new SignalCorrection(field, Value ?? ""), Viewer.Required.Actor, Http.RequestAborted);
        if (corrected.Ok) Navigation.NavigateTo($"/signals/{SignalId}?done={(confirms ? "confirmed" : "corrected")}");
        else Refuse(StatusCodes.Status400BadRequest, T["signals.problem_value"]);
    }

    private async Task OpenAsync()
    {
        if (_found is null || !EnumNames<Severity>.TryParse(CaseSeverity, out var severity)) return;
        if (!Viewer.Required.Role.WorksOnCases())
        {
            Refuse(StatusCodes.Status403Forbidden, T["shell.forbidden_text"]);
            return;
        }
        var wish = new CaseByHand(severity, Guid.TryParse(CaseTeam, out var team) ? team : null, CaseTitle);
        var opened = await Opening.RunAsync(Workspace, SignalId, Viewer.Required.Words, wish, Viewer.Required.Actor, Http.RequestAborted);
        if (opened.Ok) Navigation.NavigateTo($"/signals/{SignalId}?done=opened");
        else Refuse(StatusCodes.Status400BadRequest, opened.Error!.Kind == ErrorKind.Conflict ? T["signals.problem_case"] : T["signals.problem_value"]);
    }

    private void Refuse(int status, string problem) => (Http.Response.StatusCode, _problem) = (status, problem);

    private static IReadOnlyList<string>? Choices(CorrectedField field) => field switch
    {
        CorrectedField.Sentiment => EnumNames<SentimentLabel>.All,
        CorrectedField.Severity => EnumNames<Severity>.All,
        _ => null,
    };

    private string Shown(Signal signal, CorrectedField field)
    {
        var value = SignalCorrection.Of(signal, field);
        if (value.Length == 0) return "–";
        return field == CorrectedField.Topics ? string.Join(", ", SignalJson.TopicKeys(signal.Topics).Select(t => T.Name(Dimensions.Topic, t))) : SignalMarks.Name(T, EnumNames<CorrectedField>.Of(field), value);
    }

    /// <summary>What else is known, as it was sent.</summary>
    private IEnumerable<(string Name, string Value)> More(Signal s)
    {
        if (s.SubjectOrder is { } order) yield return (T["signals.order"], order);
        if (s.Ticket is { } ticket) yield return (T["signals.ticket"], ticket);
        if (s.Cohort is { } cohort) yield return (T["dimension.cohort"], T.Name(Dimensions.Cohort, cohort));
        if (s.Persona is { } persona) yield return (T["dimension.persona"], T.Name(Dimensions.Persona, persona));
        if (SignalJson.Strings(s.Segments) is { Count: > 0 } segments) yield return (T["dimension.segment"], string.Join(", ", segments));
        if (SignalJson.Strings(s.Tags) is { Count: > 0 } tags) yield return (T["dimension.tag"], string.Join(", ", tags));
        foreach (var (name, value) in SignalJson.Values(s.Attributes)) yield return (name, Write(value));
    }

    private string Write(Scalar value) => value.Kind switch
    {
        System.Text.Json.JsonValueKind.Number when value.Number is { } number => T.Number(number, number == Math.Floor(number) ? 0 : 2),
        System.Text.Json.JsonValueKind.True => T["signals.yes"],
        System.Text.Json.JsonValueKind.False => T["signals.no"],
        _ => value.Text ?? "–",
    };
}
