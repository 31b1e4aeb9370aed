using System.Globalization;
using Hark.Data.Cases;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Web.Features.Cases;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Localisation;
using Hark.Web.Infrastructure.Problems;
using Hark.Web.Infrastructure.Staff;

namespace Hark.Web.Features.Inbox;

/// <summary>One change of many cases. Each case is changed by itself, under the same guards as alone: what one does not allow, the others do not suffer for. All are taken back together.</summary>
internal static class Bulk
{
    /// <summary>Cases at once: some seconds of work.</summary>
    private const int Most = 500;

    public static void MapBulk(this IEndpointRouteBuilder app) => app.MapPost("/inbox/bulk", RunAsync)
        .RequireAuthorization(Policies.Write).RequireAntiforgery().AddEndpointFilter(CaseActions.WorksOnCases).ExcludeFromDescription();

    private static async Task<IResult> RunAsync(Caller caller, HttpContext http, CaseReader cases, UndoTokens tokens, Texts texts)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var numbers = form["number"].Select(n => long.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).Where(n => n > 0).Distinct().ToList();
        var use = Change(http.RequestServices, caller, form);
        if (use is null || numbers.Count is 0 or > Most) return InboxAnswers.IsOurs(http.Request) ? InboxAnswers.Word(texts["inbox.problem_form"], bad: true, null) : Error.Invalid("/do", "is not something to do").ToProblem();
        // Many cases are sent in parts, so that the page can show how far it is; each part brings along what came of those before.
        var (undo, done, failed) = (new List<CaseUndo>(tokens.Open(caller, form["so_far_undo"]) ?? []), Count(form, "so_far_done"), Count(form, "so_far_failed"));
        foreach (var number in numbers)
        {
            var result = await cases.IdOfAsync(caller.WorkspaceId, number, http.RequestAborted) is { } id
                ? await use(new CaseCommand(caller.WorkspaceId, id, InboxRequest.ScopeOf(caller), caller.Actor, null, UndoChange.Window), http.RequestAborted) : Error.NotFound("case");
            if (result.Error is not null) failed++;
            else done++;
            if (result is { Error: null, Value.Undo: { } way }) undo.Add(way);
        }
        var token = undo.Count == 0 ? null : tokens.Seal(caller, undo);
        if (form.ContainsKey("part")) return TypedResults.Json(new BulkPart(token, done, failed));
        if (!InboxAnswers.IsOurs(http.Request)) return TypedResults.Redirect("/inbox");
        http.Response.Headers["HX-Trigger-After-Swap"] = """{"hark-done":{"act":"bulk"}}""";
        var text = texts.Count("inbox.done_bulk", done);
        return InboxAnswers.Word(failed == 0 ? text : text + " " + texts.Count("inbox.done_bulk_not", failed), bad: done == 0, token);
    }

    private static int Count(IFormCollection form, string name) => int.TryParse(form[name], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? Math.Min(count, Most) : 0;

    /// <summary>What came of the cases so far; sent back with the next part.</summary>
    private sealed record BulkPart(string? Undo, int Done, int Failed);

    /// <summary>What to do with each; null when the form does not say.</summary>
    private static Func<CaseCommand, CancellationToken, Task<Result<CaseOutcomeOf>>>? Change(IServiceProvider services, Caller caller, IFormCollection form)
    {
        var (what, value) = form["do"].ToString().Split('=', 2) switch { [var one] => (one, ""), [var one, var two] => (one, two), _ => ("", "") };
        return what switch
        {
            "acknowledge" => Use<AcknowledgeCase>().RunAsync,
            "start" => Use<StartCase>().RunAsync,
            "wait" => Use<WaitForCustomer>().RunAsync,
            "assign" => (c, t) => Use<AssignCase>().RunAsync(c, null, value, t),
            "team" => (c, t) => Use<AssignCase>().RunAsync(c, value, "", t),
            "severity" when EnumNames<Severity>.TryParse(value, out var severity) => (c, t) => Use<ChangeSeverity>().RunAsync(c, severity, t),
            "snooze" when SnoozeTimes.Read(value, caller.Workspace.Workspace.TimeZone) is { } until => (c, t) => Use<SnoozeCase>().RunAsync(c, until, t),
            "macro" when Desk.Macro(caller, value) is { } macro => (c, t) => Use<RunMacro>().RunAsync(c, macro, t),
            "resolve" when EnumNames<CaseOutcome>.TryParse(form["outcome"], out var outcome) => (c, t) => Use<ResolveCase>().RunAsync(c, form["root_cause"].ToString(), outcome, t),
            _ => null,
        };

        T Use<T>() where T : notnull => services.GetRequiredService<T>();
    }
}
