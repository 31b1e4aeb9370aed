using Hark.Data.Cases;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Paging;
using Hark.Web.Infrastructure.Problems;
using Microsoft.AspNetCore.Mvc;

namespace Hark.Web.Features.Cases;

/// <summary>The inbox, one case, its timeline.</summary>
internal static class CaseQueries
{
    private const string List = "cases", TimelineList = "case_timeline";

    /// <summary>The filters of the list, as they come in the address.</summary>
    internal sealed record Filters
    {
        public string? State { get; init; }
        public string? Team { get; init; }
        public string? Assignee { get; init; }
        public string? Severity { get; init; }
        public string? Source { get; init; }
        public string? Channel { get; init; }
        public bool? Breached { get; init; }
        public bool? Snoozed { get; init; }
        [FromQuery(Name = "due_before")]
        public DateTimeOffset? DueBefore { get; init; }
        public Guid? Contact { get; init; }
        public string? Q { get; init; }
        public string? Cursor { get; init; }
        public int? Limit { get; init; }
    }

    public static void MapCaseQueries(this RouteGroupBuilder group)
    {
        group.MapGet("", ListAsync).Operation("ListCases", "List cases, open ones first, the earliest due first", Policies.Read).Produces<Page<CaseLineView>>();
        group.MapGet("/{case_id:guid}", GetAsync).Operation("GetCase", "Read a case with its signals, clocks and timeline", Policies.Read).Produces<CaseDetailsView>();
        group.MapGet("/{case_id:guid}/timeline", TimelineAsync).Operation("ListCaseEvents", "Read the timeline of a case, oldest first", Policies.Read).Produces<Page<CaseEventView>>();
    }

    private static async Task<IResult> ListAsync(Caller caller, [AsParameters] Filters filters, CaseListQuery query, TimeProvider time, CancellationToken cancellation)
    {
        var page = PageRequest.Read(List, 3, filters.Cursor, filters.Limit);
        if (page.Error is { } bad) return bad.ToProblem();
        var filter = Read(filters, caller);
        if (filter.Error is { } error) return error.ToProblem();
        var (after, now) = (page.Value.After, time.Now());
        CaseListKey? key = after is null ? null : new((int)Math.Clamp(after.Number(0), 0, 3), after.IsNull(1) ? null : after.Time(1), after.Id(2));
        var lines = await query.ReadAsync(caller.WorkspaceId, Scope(caller), filter.Value, key, page.Value.Take, now, cancellation);
        return TypedResults.Ok(page.Value.Cut(List, lines, l => CaseLineView.Of(caller.Workspace, l, now), l => [l.Key.Part, l.Key.DueAt, l.Key.CaseId]));
    }

    private static async Task<IResult> GetAsync(Caller caller, [FromRoute(Name = "case_id")] Guid caseId, CaseReader reader, TimeProvider time, HttpResponse response, CancellationToken cancellation)
    {
        var found = await reader.FindAsync(caller.WorkspaceId, caseId, Scope(caller), caller.Actor, cancellation);
        if (found.Ok) response.Headers.ETag = IfMatch.Tag(found.Value.Case.Version);
        return found.ToOk(d => CaseDetailsView.Of(caller.Workspace, d, time.Now()));
    }

    private static async Task<IResult> TimelineAsync(Caller caller, [FromRoute(Name = "case_id")] Guid caseId, string? cursor, int? limit, CaseReader reader, CancellationToken cancellation)
    {
        var page = PageRequest.Read(TimelineList, 1, cursor, limit);
        if (page.Error is { } bad) return bad.ToProblem();
        var lines = await reader.TimelineAsync(caller.WorkspaceId, caseId, Scope(caller), page.Value.After?.Id(0), page.Value.Take, cancellation);
        return lines.ToOk(l => page.Value.Cut(TimelineList, l, e => CaseEventView.Of(caller.Workspace, e), e => [e.EventId]));
    }

    /// <summary>Which cases a caller may see.</summary>
    internal static CaseScope Scope(Caller caller) => new(caller.Member?.MemberId, caller.TeamScope);

    private static Result<CaseFilter> Read(Filters f, Caller caller)
    {
        var errors = new InputErrors();
        var workspace = caller.Workspace;
        var (states, open) = States(f.State, errors);
        var filter = new CaseFilter
        {
            States = states,
            Open = open,
            TeamId = Named(f.Team, "team", "is not the key of a team", t => workspace.TeamByKey.GetValueOrDefault(t)?.TeamId, errors),
            AssigneeId = Named(f.Assignee, "assignee", "must be me, none, or a member's id or address", a => Assignee(a, caller), errors),
            SourceId = Named(f.Source, "source", "is not the name of a source", s => workspace.SourceByName.GetValueOrDefault(s)?.SourceId, errors),
            Severity = Choice<Severity>(f.Severity, "severity", errors),
            Channel = Choice<Channel>(f.Channel, "channel", errors),
            Breached = f.Breached,
            Snoozed = f.Snoozed,
            DueBefore = f.DueBefore?.Trim(),
            ContactId = f.Contact,
            Text = f.Q,
        };
        if (f.Q?.Length > 200) errors.Add("q", "must have at most 200 characters");
        return errors.Any ? Error.Invalid(errors) : filter;
    }

    /// <summary>States by name, several with commas; <c>open</c> and <c>closed</c> stand for all states before and after resolution.</summary>
    private static (IReadOnlyList<CaseState>? States, bool? Open) States(string? text, InputErrors errors)
    {
        if (string.IsNullOrEmpty(text)) return (null, null);
        if (text is "open" or "closed") return (null, text == "open");
        var states = new List<CaseState>();
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (EnumNames<CaseState>.TryParse(name, out var state)) states.Add(state);
            else errors.Add("state", $"must be open, closed, or of {string.Join(", ", EnumNames<CaseState>.All)}");
        }
        return (states, null);
    }

    private static Guid? Assignee(string text, Caller caller) => text switch
    {
        "me" => caller.Member?.MemberId,
        "none" => Guid.Empty,
        _ when Guid.TryParse(text, out var id) => id,
        _ => caller.Workspace.MemberByEmail.GetValueOrDefault(text)?.MemberId,
    };

    private static Guid? Named(string? text, string name, string reason, Func<string, Guid?> find, InputErrors errors)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var found = find(text);
        if (found is null) errors.Add(name, reason);
        return found;
    }

    private static T? Choice<T>(string? text, string name, InputErrors errors) where T : struct, Enum
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (EnumNames<T>.TryParse(text, out var value)) return value;
        errors.Add(name, "must be " + EnumNames<T>.Choices);
        return null;
    }
}
