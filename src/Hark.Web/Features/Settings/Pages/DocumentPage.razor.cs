using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using DiffPlex.DiffBuilder.Model;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Sla;
using Hark.Web.Features.Accounts;
using Hark.Web.Infrastructure.Documents;
using Microsoft.AspNetCore.Components;

namespace Hark.Web.Features.Settings.Pages;

/// <summary>Any document of the workspace as text: every error with its place, every save a version, every version brought back with one press.</summary>
public sealed partial class DocumentPage
{
    private const int ShownVersions = 20;

    /// <summary>In the order of the tabs.</summary>
    private static readonly string[] Slugs = ["rules", "segments", "cohorts", "personas", "templates", "sla-policies", "calendars", "targets"];

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<ChangeType, string> Marks = new() { [ChangeType.Inserted] = "+ ", [ChangeType.Deleted] = "− ", [ChangeType.Unchanged] = "  " };

    private IReadOnlyDictionary<string, string[]>? _errors;
    private EditedDocument? _document;
    private List<(ConfigDocument Row, string Before)> _versions = [];
    private string _text = "";
    private long _version;
    private string? _problem;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Parameter]
    public string Slug { get; set; } = "";

    [SupplyParameterFromQuery(Name = "done")]
    private string? Said { get; set; }

    [SupplyParameterFromForm(FormName = "document", Name = "text")]
    private string? Text { get; set; }

    [SupplyParameterFromForm(FormName = "document", Name = "version")]
    private string? Version { get; set; }

    [SupplyParameterFromForm(FormName = "document", Name = "apply")]
    private string? Apply { get; set; }

    [SupplyParameterFromForm(FormName = "restore", Name = "restore")]
    private string? Restored { get; set; }

    private WorkspaceSnapshot Workspace => Viewer.Required.Workspace;
    private string Title => T.Find($"settings.doc_{Slug}") ?? T["settings.documents"];

    /// <summary>Whether clocks that run follow it.</summary>
    private bool IsPromise => _document?.Kind is DocumentKind.SlaPolicies or DocumentKind.Calendars;

    protected override async Task OnInitializedAsync()
    {
        _document = Desk.Find(Slug);
        if (_document is null)
        {
            Navigation.NotFound();
            return;
        }
        var current = DocumentDesk.Current(_document, Workspace);
        (_version, _text) = (current.Version, Indented(current.Document.GetRawText()));
        var rows = await Desk.VersionsAsync(_document, Workspace, ShownVersions + 1, Http.RequestAborted);
        _versions = [.. rows.Take(ShownVersions).Select((r, i) => (r, i + 1 < rows.Count ? Indented(rows[i + 1].Document) : ""))];
    }

    private async Task SaveAsync()
    {
        var text = (Text ?? "").ReplaceLineEndings("\n");
        if (text.Length > EditedDocument.MostBytes) text = "";
        await AnswerAsync(await Desk.SaveAsync(_document!, Workspace, text, Seen(Version), Viewer.Required.Actor, Http.RequestAborted), text);
    }

    private async Task RestoreAsync()
    {
        if (Seen(Restored) is { } version) await AnswerAsync(await Desk.RestoreAsync(_document!, Workspace, version, _version, Viewer.Required.Actor, Http.RequestAborted), _text);
    }

    /// <summary>Goes on to the saved version, or shows what was typed with all that is wrong about it.</summary>
    private async Task AnswerAsync(Result<ConfigDocument> result, string text)
    {
        if (result.Ok)
        {
            if (IsPromise && EnumNames<PolicyChange>.TryParse(Apply, out var change))
                await Changes.ApplyAsync(Workspace.WorkspaceId, change, Viewer.Required.Actor, Http.RequestAborted);
            Navigation.NavigateTo(FormattableString.Invariant($"/settings/documents/{Slug}?done={result.Value.Version}"));
            return;
        }
        var error = result.Error!;
        _text = text;
        Http.Response.StatusCode = StatusCodes.Status400BadRequest;
        _problem = error.Kind == ErrorKind.Conflict ? T["settings.doc_conflict"] : error.Fields is null ? T.Say(error) : T.Count("settings.doc_errors", error.Fields.Sum(f => f.Value.Length));
        _errors = error.Fields;
    }

    private string Who(ConfigDocument row) =>
        Guid.TryParse(row.CreatedBy, out var id) && Workspace.MemberById.TryGetValue(id, out var member) ? member.Name : row.CreatedBy;

    private static long? Seen(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    private static string Indented(string json) => JsonSerializer.Serialize(JsonElement.Parse(json), Readable);
}
