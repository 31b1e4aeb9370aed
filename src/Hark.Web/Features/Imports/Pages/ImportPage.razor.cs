using Hark.Domain.Signals.Mapping;
using Hark.Web.Features.Accounts;
using Microsoft.AspNetCore.Components;

namespace Hark.Web.Features.Imports.Pages;

/// <summary>A file on its way in: what each column becomes, a try that stores nothing, then the import itself.</summary>
public sealed partial class ImportPage
{
    private const int SampleRows = 3;

    private ImportWork? _work;
    private FileSample _sample = FileSample.None;
    private string? _problem;
    private string _text = "";
    private IReadOnlyDictionary<string, string[]>? _errors;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Parameter]
    public Guid Id { get; set; }

    protected override void OnInitialized()
    {
        _work = Desk.Find(Viewer.Required.WorkspaceId, Id);
        if (_work is null) Http.Response.StatusCode = StatusCodes.Status404NotFound;
        else if (_work.Stage != ImportStage.Running) (_sample, _text) = (MappingFinder.Sample(_work.File, _work.Mapping, SampleRows), _work.Mapping.ToJson());
    }

    private Task MapAsync()
    {
        if (_work is not { Stage: not ImportStage.Running } work) return Task.CompletedTask;
        var form = Http.Request.Form;
        var what = form["do"].ToString();
        var error = what == "text" ? ImportDesk.Map(work, form["text"].ToString()) : ImportDesk.Map(work, Chosen(work.Mapping, form).ToJson());
        if (error is not null)
        {
            Http.Response.StatusCode = StatusCodes.Status400BadRequest;
            (_problem, _errors) = (T.Say(error), error.Fields);
            if (what == "text") _text = form["text"].ToString();
            return Task.CompletedTask;
        }
        if (what is "try" or "run") Desk.Start(Viewer.Required.Workspace, work, dry: what == "try");
        Navigation.NavigateTo($"/settings/imports/{Id}");
        return Task.CompletedTask;
    }

    /// <summary>The field that a column fills by itself; null where it fills none, or only together with others.</summary>
    private string? TargetOf(string column) => FieldOf(_work!.Mapping, column)?.Target;

    private static FieldSpec? FieldOf(SignalMapping mapping, string column) => mapping.Fields.FirstOrDefault(f => f.Values is [{ Column: { } own }] && own == column);

    /// <summary>All fields there are, and what the column has kept as an attribute or may be kept as.</summary>
    private IEnumerable<string> Targets(string column) => SignalMapping.Targets.Union(new[] { TargetOf(column), "attributes." + column }.OfType<string>());

    /// <summary>The mapping with what was chosen for each column; how a column that stays where it was is read stays too, and so does everything that is no plain column.</summary>
    private SignalMapping Chosen(SignalMapping mapping, IFormCollection form)
    {
        var chosen = _sample.Columns.Index().Where(c => form.ContainsKey($"column-{c.Index}")).ToDictionary(c => c.Item, c => form[$"column-{c.Index}"].ToString());
        if (chosen.Count == 0) return mapping;
        var kept = mapping.Fields.Where(f => f.Values is not [{ Column: { } column }] || !chosen.TryGetValue(column, out var target) || target == f.Target).ToList();
        var added = chosen.Where(c => c.Value.Length > 0 && FieldOf(mapping, c.Key)?.Target != c.Value).Select(c => new FieldSpec(c.Value, [new() { Column = c.Key }])).ToList();
        return mapping with { Fields = [.. kept.Where(f => added.All(a => a.Target != f.Target)), .. added] };
    }
}
