using System.Globalization;
using System.Text.Json;
using Hark.Data.Cases;
using Hark.Data.Queries;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Web.Features.Inbox.Parts;
using Hark.Web.Features.Inbox.Reading;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Localisation;
using Hark.Web.Infrastructure.Problems;
using Hark.Web.Infrastructure.Staff;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hark.Web.Features.Inbox;

/// <summary>
/// Answers what is done on a case. To our script with the parts of the case anew and a word about it, with the way back; a failure says what stands in the way
/// and leaves on the page what was written. A browser without script is sent back to the case.
/// </summary>
internal sealed class InboxAnswers(ReadCase cases, UndoTokens undo, Texts texts, TimeProvider time)
{
    /// <summary>Where forms of the page show their problems; the others are told in a toast.</summary>
    private static readonly string[] Slots = ["reply", "resolve", "merge", "call"];

    /// <param name="act">What was done, as in <c>inbox.done_{act}</c>.</param>
    /// <param name="slot">One of the slots, of the form that was sent; null for buttons.</param>
    public async Task<IResult> OfAsync(HttpContext http, Caller caller, long number, Result<CaseOutcomeOf> result, string act, string? slot = null)
    {
        if (!IsOurs(http.Request)) return result.Error is { } failed ? failed.ToProblem() : TypedResults.Redirect(Back(http.Request, number));
        var (model, request) = await ShownAsync(http, caller, number);
        var parts = new Dictionary<string, object?>
        {
            ["Model"] = model,
            ["Request"] = request,
            ["Slots"] = model is { MayWork: true } ? Slots : [],
        };
        if (result.Error is { } error)
        {
            parts["Problem"] = Say(error, model);
            parts["ProblemAt"] = model is null ? null : slot;
        }
        else
        {
            parts["Done"] = texts.Format($"inbox.done_{act}", ("number", number.ToString(CultureInfo.InvariantCulture)));
            parts["Undo"] = result.Value.Undo is { } way ? undo.Seal(caller, [way]) : null;
            http.Response.Headers["HX-Trigger-After-Swap"] = JsonSerializer.Serialize(new Dictionary<string, object> { ["hark-done"] = new { act, number, open = result.Value.Case.IsOpen } });
        }
        return new RazorComponentResult<CaseAnswer>(parts) { StatusCode = result.Error is { } problem ? Problem.StatusOf(problem) : StatusCodes.Status200OK };
    }

    /// <summary>A word without a case, such as of many cases at once.</summary>
    public static RazorComponentResult Word(string text, bool bad, string? token) =>
        new RazorComponentResult<CaseAnswer>(new Dictionary<string, object?> { [bad ? "Problem" : "Done"] = text, ["Undo"] = token }) { StatusCode = bad ? StatusCodes.Status409Conflict : StatusCodes.Status200OK };

    /// <summary>Whether htmx asks; others want a whole page.</summary>
    public static bool IsOurs(HttpRequest request) => request.Headers.ContainsKey("HX-Request");

    /// <summary>The inbox that the page shows, from the address that the script tells.</summary>
    public InboxRequest? Request(HttpContext http, Caller caller)
    {
        var values = Uri.TryCreate(http.Request.Headers["HX-Current-URL"], UriKind.Absolute, out var url) ? Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(url.Query) : [];
        var query = new QueryParameters(values.ToDictionary(v => v.Key, v => (IReadOnlyList<string>)[.. v.Value.OfType<string>()], StringComparer.Ordinal));
        var read = InboxRequest.Read(query, caller, time.Now());
        return read.Ok ? read.Value : null;
    }

    /// <summary>What the words of a failure are to a person who works on cases.</summary>
    public string Say(Error error, CaseModel? model) => error switch
    {
        { Code: ErrorCodes.VersionConflict or ErrorCodes.CaseState } when model?.Story.LastOrDefault(l => l.Who != model.Caller.Member!.Name) is { } last => texts.Format("inbox.conflict",
            ("state", texts[$"inbox.state_{EnumNames<CaseState>.Of(model.Case.State)}"]), ("who", last.Who), ("what", string.Join(texts["inbox.and"], last.What)), ("when", texts.Recent(last.At, model.Now))),
        { Code: ErrorCodes.VersionConflict or ErrorCodes.CaseState } => texts["inbox.conflict_plain"],
        { Kind: ErrorKind.Conflict } => texts["inbox.problem_left"],
        { Kind: ErrorKind.NotFound } => texts["inbox.problem_gone"],
        { Kind: ErrorKind.Forbidden } => texts["inbox.problem_role"],
        { Fields: { Count: > 0 } fields } => texts.Find($"inbox.problem_{fields.Keys.First().TrimStart('/')}") ?? texts["inbox.problem_form"],
        _ => texts["inbox.problem_form"],
    };

    private async Task<(CaseModel? Model, InboxRequest? Request)> ShownAsync(HttpContext http, Caller caller, long number)
    {
        if (!Uri.TryCreate(http.Request.Headers["HX-Current-URL"], UriKind.Absolute, out var url) || url.AbsolutePath != StaffLinks.Case(number)) return (null, null);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var found = await cases.RunAsync(caller, number, texts, Moments.Read(form["since"]), http.RequestAborted);
        return found.Ok ? (found.Value, Request(http, caller)) : (null, null);
    }

    private static string Back(HttpRequest request, long number) =>
        Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var from) && from.AbsolutePath.StartsWith("/inbox", StringComparison.Ordinal) ? StaffForms.LocalOr(from.PathAndQuery, StaffLinks.Case(number)) : StaffLinks.Case(number);
}
