using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hark.Data.Routing;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Routing;
using Hark.Web.Features.Accounts;
using Hark.Web.Features.Rules.Editing;
using Hark.Web.Infrastructure.Documents;
using Microsoft.AspNetCore.Components;

namespace Hark.Web.Features.Rules.Pages;

/// <summary>One rule edited by form. Until it is saved all of it is in the form itself: a button that adds or removes a part gets the form back with that done.</summary>
public sealed partial class RulePage
{
    /// <summary>In the address, for a rule that is being made.</summary>
    public const string New = "new";

    private const int Days = 30, TriedSignals = 5_000;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private RuleForm? _form;
    private long _version;
    private string? _problem, _tried;
    private IReadOnlyDictionary<string, string[]>? _errors;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Parameter]
    public string Id { get; set; } = "";

    private WorkspaceSnapshot Workspace => Viewer.Required.Workspace;
    private RuleSet Rules => WorkspacePolicies.Of(Workspace).Rules;
    private EditedDocument Document => Desk.Find("rules")!;
    private string Title => _form is { Name.Length: > 0 } named ? named.Name : T["rules.new"];
    private string Here => $"/settings/rules/{Uri.EscapeDataString(Id)}";
    private IEnumerable<string> Recipients => Workspace.Teams.Select(t => "team:" + t.Key).Concat(Workspace.Members.Where(m => m.DisabledAt is null).Select(m => "member:" + m.Email));

    protected override void OnInitialized()
    {
        _version = DocumentDesk.Current(Document, Workspace).Version;
        _form = Id == New ? RuleForm.New : Rules.Rules.FirstOrDefault(r => r.Id == Id) is { } rule ? RuleForm.Of(rule) : null;
        if (_form is null) Navigation.NotFound();
    }

    private async Task SubmitAsync()
    {
        var sent = Http.Request.Form;
        if (long.TryParse(sent["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen)) _version = seen;
        _form = RuleForm.Read(sent, Id == New ? "" : Id);
        var button = sent["do"].ToString();
        if (button == "delete") await SaveAsync(new RuleSet(1, [.. Rules.Rules.Where(r => r.Id != Id)]).ToJson());
        else if (button == "try") await TryAsync();
        else if (!_form.Change(button, sent["kind"].ToString())) await SaveAsync(_form.In(Rules).Json);
    }

    private async Task SaveAsync(string json)
    {
        var saved = await Desk.SaveAsync(Document, Workspace, json, _version, Viewer.Required.Actor, Http.RequestAborted);
        if (saved.Ok) Navigation.NavigateTo("/settings/rules?done=saved");
        else Refuse(saved.Error!);
    }

    /// <summary>What the rules would have done with this one among them as it stands in the form.</summary>
    private async Task TryAsync()
    {
        var (json, id) = _form!.In(Rules);
        if (RuleSet.Parse(json, WorkspacePolicies.Of(Workspace).Names, out var errors) is not { } rules)
        {
            Refuse(errors.ToError());
            return;
        }
        var now = Time.Now();
        var report = await DryRun.RunAsync(Workspace, rules, new DryRunScope(now.AddDays(-Days), now, null, TriedSignals, 0), Http.RequestAborted);
        _tried = T.Format("rules.tried", ("matched", report.ByRule.FirstOrDefault(r => r.RuleId == id)?.Matched ?? 0), ("signals", report.Signals), ("days", Days));
    }

    private void Refuse(Error error)
    {
        Http.Response.StatusCode = StatusCodes.Status400BadRequest;
        (_problem, _errors) = (error.Kind == ErrorKind.Conflict ? T["settings.doc_conflict"] : error.Fields is null ? T.Say(error) : T.Count("settings.doc_errors", error.Fields.Sum(f => f.Value.Length)), error.Fields);
    }

    private static string Json(RuleForm form) => form.ToJson(form.Id).ToJsonString(Readable);
}
