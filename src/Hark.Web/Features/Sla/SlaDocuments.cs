using System.Text.Json;
using Hark.Data.Cases;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Sla;
using Hark.Domain.Workspaces;

namespace Hark.Web.Features.Sla;

/// <summary>A saved document, and what applying it did when that was asked for.</summary>
public sealed record SavedDocument(ConfigDocument Document, PolicyChangeReport? Applied);

/// <summary>Checks and saves policies and calendars, and puts clocks under them when asked.</summary>
public sealed class SlaDocuments(ConfigDocuments documents, PolicyChanges changes)
{
    /// <summary>More calendars than any company has sites.</summary>
    private const int MostCalendars = 200;

    /// <summary>Saves the next version of the policies. Errors name their place; a calendar must exist before a policy counts in it.</summary>
    /// <param name="apply">Null: only cases opened from now on follow it.</param>
    public async Task<Result<SavedDocument>> SavePoliciesAsync(WorkspaceSnapshot workspace, string json, long? ifMatch, PolicyChange? apply, Actor actor, CancellationToken cancellation)
    {
        var text = CheckPolicies(workspace, json);
        return text.Error is { } error ? error : await SaveAsync(workspace, DocumentKind.SlaPolicies, text.Value, ifMatch, apply, actor, cancellation);
    }

    /// <summary>Saves the next version of all calendars together. A calendar that a policy counts in cannot be left out.</summary>
    /// <inheritdoc cref="SavePoliciesAsync"/>
    public async Task<Result<SavedDocument>> SaveCalendarsAsync(WorkspaceSnapshot workspace, JsonElement body, long? ifMatch, PolicyChange? apply, Actor actor, CancellationToken cancellation)
    {
        var read = ReadCalendars(workspace, body);
        return read.Error is { } error ? error : await SaveAsync(workspace, DocumentKind.Calendars, Write(read.Value), ifMatch, apply, actor, cancellation);
    }

    /// <summary>Adds the holidays of an iCalendar file to a calendar, as the next version of the document.</summary>
    /// <returns>What was saved with what the file held; invalid when the file holds no day off; <c>not_found</c> for an unknown calendar.</returns>
    public async Task<Result<(SavedDocument Saved, HolidayImport Import)>> ImportHolidaysAsync(WorkspaceSnapshot workspace, string key, string file, int fromYear, int toYear, long? ifMatch,
        PolicyChange? apply, Actor actor, CancellationToken cancellation)
    {
        var calendars = Calendars(workspace);
        var index = calendars.FindIndex(c => c.Key == key);
        if (index < 0) return Error.NotFound("calendar");
        var import = ICalendarHolidays.Read(file, fromYear, toYear);
        if (import.Holidays.IsEmpty) return Error.Invalid(Reasons(import), $"The file names no day off in {fromYear} to {toYear}.");
        calendars[index] = ICalendarHolidays.AddTo(calendars[index], import);
        if (WorkCalendar.Create(calendars[index]).Error is { } error) return error;
        var saved = await SaveAsync(workspace, DocumentKind.Calendars, Write(calendars), ifMatch, apply, actor, cancellation);
        return saved.Error is { } failed ? failed : (saved.Value, import);
    }

    /// <summary>Brings an earlier version back as the next one, when it still fits what exists today.</summary>
    public async Task<Result<SavedDocument>> RollBackAsync(WorkspaceSnapshot workspace, DocumentKind kind, long version, long? ifMatch, PolicyChange? apply, Actor actor, CancellationToken cancellation)
    {
        var old = await documents.FindAsync(workspace.WorkspaceId, kind, version, cancellation);
        if (old.Error is { } missing) return missing;
        var check = kind == DocumentKind.SlaPolicies
            ? CheckPolicies(workspace, old.Value.Document).Error
            : ReadCalendars(workspace, JsonElement.Parse(old.Value.Document)).Error;
        if (check is not null) return check;
        var saved = await documents.RollBackAsync(workspace.WorkspaceId, kind, version, ifMatch, actor, cancellation);
        return saved.Error is { } error ? error : new SavedDocument(saved.Value, await ApplyAsync(workspace, apply, actor, cancellation));
    }

    /// <summary>Puts clocks under the policies and calendars of today. Runs again harmlessly.</summary>
    public Task<PolicyChangeReport> ApplyAsync(WorkspaceSnapshot workspace, PolicyChange mode, Actor actor, CancellationToken cancellation) =>
        changes.ApplyAsync(workspace.WorkspaceId, mode, actor, cancellation);

    /// <summary>The text to store for policies that were sent, or every error with its place; a calendar must exist before a policy counts in it.</summary>
    public static Result<string> CheckPolicies(WorkspaceSnapshot workspace, string json)
    {
        var set = SlaPolicyJson.Parse(json, CalendarKeys(workspace));
        return set.Error is { } error ? error : SlaPolicyJson.Write(set.Value);
    }

    /// <summary>The text to store for calendars that were sent, or every error with its place.</summary>
    public static Result<string> CheckCalendars(WorkspaceSnapshot workspace, string json)
    {
        if (JsonSource.Parse(json, out var errors) is null) return errors.ToError();
        var calendars = ReadCalendars(workspace, JsonElement.Parse(json));
        return calendars.Error is { } error ? error : Write(calendars.Value);
    }

    /// <summary>The calendars in force, without <c>always</c>, which nobody edits.</summary>
    public static List<CalendarDefinition> Calendars(WorkspaceSnapshot workspace)
    {
        if (!workspace.Documents.TryGetValue(DocumentKind.Calendars, out var document)) return [];
        return [.. JsonElement.Parse(document.Document).GetProperty("calendars").EnumerateArray().Select(c => CalendarJson.Parse(c.GetRawText(), (int)document.Version).Value)];
    }

    /// <summary>The document of some calendars.</summary>
    public static string Write(IEnumerable<CalendarDefinition> calendars) => $"{{\"calendars\":[{string.Join(',', calendars.Select(CalendarJson.Write))}]}}";

    private async Task<Result<SavedDocument>> SaveAsync(WorkspaceSnapshot workspace, DocumentKind kind, string json, long? ifMatch, PolicyChange? apply, Actor actor, CancellationToken cancellation)
    {
        var saved = await documents.PutAsync(workspace.WorkspaceId, kind, json, ifMatch, actor, cancellation);
        return saved.Error is { } error ? error : new SavedDocument(saved.Value, await ApplyAsync(workspace, apply, actor, cancellation));
    }

    private async Task<PolicyChangeReport?> ApplyAsync(WorkspaceSnapshot workspace, PolicyChange? apply, Actor actor, CancellationToken cancellation) =>
        apply is { } mode ? await ApplyAsync(workspace, mode, actor, cancellation) : null;

    private static Result<List<CalendarDefinition>> ReadCalendars(WorkspaceSnapshot workspace, JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("calendars", out var list) || list.ValueKind != JsonValueKind.Array || body.EnumerateObject().Count() > 1)
            return Error.Invalid("", "must be an object with one field, calendars: a list");
        if (list.GetArrayLength() > MostCalendars) return Error.Invalid("/calendars", $"must have at most {MostCalendars}");
        var errors = new InputErrors();
        var calendars = new List<CalendarDefinition>();
        foreach (var (i, item) in list.EnumerateArray().Index())
        {
            var read = CalendarJson.Parse(item.GetRawText(), 1);
            if (read.Error is { Fields: { } fields }) Copy(errors, fields, $"/calendars/{i}");
            else if (calendars.Exists(c => c.Key == read.Value.Key)) errors.Add($"/calendars/{i}/key", "is used twice");
            else calendars.Add(read.Value);
        }
        foreach (var used in UsedCalendars(workspace).Where(u => !calendars.Exists(c => c.Key == u)))
            if (!errors.Any) errors.Add("/calendars", $"must keep '{used}': a policy counts in it");
        return errors.Any ? Error.Invalid(errors) : calendars;
    }

    private static IEnumerable<string> UsedCalendars(WorkspaceSnapshot workspace) =>
        WorkspacePolicies.Of(workspace).Sla.Policies.SelectMany(p => p.Targets.Values).Select(t => t.Calendar).Where(c => c != CalendarRef.Always.Key).Distinct();

    private static List<string> CalendarKeys(WorkspaceSnapshot workspace) => [.. Calendars(workspace).Select(c => c.Key)];

    private static InputErrors Reasons(HolidayImport import)
    {
        var errors = new InputErrors();
        foreach (var error in import.Errors) errors.Add($"/line/{error.Line}", error.Reason);
        if (!errors.Any) errors.Add("", "has no all-day events in these years");
        return errors;
    }

    private static void Copy(InputErrors errors, IReadOnlyDictionary<string, string[]> fields, string prefix)
    {
        foreach (var (pointer, reasons) in fields)
            foreach (var reason in reasons) errors.Add(prefix + pointer, reason);
    }
}
