using System.Text;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Web.Infrastructure.Localisation;
using Hark.Web.Infrastructure.Staff;
using Microsoft.AspNetCore.Components;

namespace Hark.Web.Features.Inbox.Settings;

/// <summary>
/// A page of settings for a document that is a list of named things: each is saved or deleted by itself, as the next version of the document. Two people who edit
/// at once: the second is told, and sees what the first did.
/// </summary>
/// <typeparam name="T">One of the things.</typeparam>
public abstract class DeskPage<T> : ComponentBase
{
    private const int LongestKey = 60;

    [CascadingParameter]
    protected HttpContext Http { get; set; } = null!;

    [Inject]
    protected Texts Texts { get; set; } = null!;

    [Inject]
    protected Viewer Viewer { get; set; } = null!;

    [Inject]
    private ConfigDocuments Documents { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "done")]
    private string? Said { get; set; }

    [SupplyParameterFromForm(FormName = "desk", Name = "what")]
    private string? What { get; set; }

    /// <summary>Of the thing that is edited; empty for a new one.</summary>
    [SupplyParameterFromForm(FormName = "desk", Name = "key")]
    protected string? Key { get; set; }

    [SupplyParameterFromForm(FormName = "desk", Name = "name")]
    protected string? Name { get; set; }

    [SupplyParameterFromForm(FormName = "desk", Name = "team")]
    protected string? Team { get; set; }

    [SupplyParameterFromForm(FormName = "desk", Name = "version")]
    private long Version { get; set; }

    protected abstract DocumentKind Kind { get; }
    protected abstract string Path { get; }
    protected abstract IReadOnlyList<T> Items { get; }
    protected string? Problem { get; private set; }
    protected string? Done => Said == "saved" ? Texts["people.done_saved"] : null;
    protected WorkspaceSnapshot Workspace => Viewer.Required.Workspace;
    protected WorkspacePolicies Policies => WorkspacePolicies.Of(Workspace);

    /// <summary>Of the document as it is shown.</summary>
    protected long Shown => Workspace.Documents.GetValueOrDefault(Kind)?.Version ?? 0;

    protected abstract string KeyOf(T item);

    /// <summary>What the form says.</summary>
    protected abstract T Read(string key);

    /// <summary>The document of these things, checked.</summary>
    protected abstract Result<string> Write(IReadOnlyList<T> items);

    protected static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    protected async Task SaveAsync()
    {
        var key = string.IsNullOrEmpty(Key) ? NewKey() : Key;
        var items = What is "up" or "down" ? Moved(key, What == "up" ? -1 : 1)
            : What == "delete" ? [.. Items.Where(i => KeyOf(i) != key)]
            : Items.Any(i => KeyOf(i) == key) ? [.. Items.Select(i => KeyOf(i) == key ? Read(key) : i)] : (IReadOnlyList<T>)[.. Items, Read(key)];
        var json = Write(items);
        var saved = json.Error is { } wrong ? wrong : (await Documents.PutAsync(Workspace.WorkspaceId, Kind, json.Value, Version, Viewer.Required.Actor, Http.RequestAborted)).Error;
        if (saved is null) Navigation.NavigateTo(Path + "?done=saved");
        else (Http.Response.StatusCode, Problem) = (StatusCodes.Status400BadRequest, saved.Code == ErrorCodes.VersionConflict ? Texts["desk.conflict"] : Say(saved));
    }

    /// <summary>The things with one of them moved; at the end of the list it stays where it is.</summary>
    private List<T> Moved(string key, int by)
    {
        var items = Items.ToList();
        var at = items.FindIndex(i => KeyOf(i) == key);
        if (at < 0 || at + by < 0 || at + by >= items.Count) return items;
        (items[at], items[at + by]) = (items[at + by], items[at]);
        return items;
    }

    /// <summary>Where the error stands is of no use here; what is wrong is.</summary>
    private string Say(Error error) => error.Fields is { Count: > 0 } fields ? Texts.Format("desk.problem", ("what", string.Join(" ", fields.Values.SelectMany(v => v)))) : Texts["accounts.problem_form"];

    /// <summary>Made of the name, once: renaming does not change it.</summary>
    private string NewKey()
    {
        var slug = new StringBuilder();
        foreach (var c in TextFold.Fold(Name ?? ""))
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(c);
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        var key = slug.ToString().Trim('-');
        if (key.Length == 0) key = "new";
        if (key.Length > LongestKey) key = key[..LongestKey];
        var known = Items.Select(KeyOf).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(1, known.Count + 1).Select(i => i == 1 ? key : FormattableString.Invariant($"{key}-{i}")).First(k => !known.Contains(k));
    }
}
