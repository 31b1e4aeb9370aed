using System.Globalization;
using Hark.Data.Cases;
using Hark.Data.Queries;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Staff;
using Microsoft.AspNetCore.Http.Extensions;

namespace Hark.Web.Features.Inbox;

/// <summary>What the inbox is asked: a view, filters within it, and who asks. Read from the address, and written into every link.</summary>
/// <param name="Chosen">The filters as they stand in the address.</param>
/// <param name="Saved">The saved filter that they came from, to show it as chosen.</param>
public sealed record InboxRequest(Caller Caller, InboxView View, CaseFilter Filter, IReadOnlyList<(string Name, string Value)> Chosen, Guid? Saved, DateTimeOffset Now)
{
    /// <summary>Parameters that narrow a view, in the order shown.</summary>
    public static IReadOnlyList<string> Filters { get; } = ["q", "severity", "channel", "team", "assignee", "touchpoint", "location", "language"];

    public CaseScope Scope => ScopeOf(Caller);

    /// <summary>Which cases a person may see.</summary>
    public static CaseScope ScopeOf(Caller caller) => new(caller.Member?.MemberId, caller.TeamScope);

    /// <param name="usual">The view where the address names none.</param>
    public static Result<InboxRequest> Read(QueryParameters query, Caller caller, DateTimeOffset now, InboxView? usual = null)
    {
        var key = query.One("view");
        var view = key is null ? usual ?? InboxView.Usual : InboxView.All.FirstOrDefault(v => v.Key == key);
        if (view is null) query.Errors.Add("view", $"must be one of {string.Join(", ", InboxView.All.Select(v => v.Key))}");
        var saved = Guid.TryParse(query.One("saved"), out var id) ? id : (Guid?)null;
        var chosen = Filters.Where(f => query.One(f) is not null).Select(f => (f, query.One(f)!)).ToList();
        var filter = Narrow((view ?? InboxView.Usual).Filter(caller, now), query, caller);
        return query.Error is { } error ? error : new InboxRequest(caller, view!, filter, chosen, saved, now);
    }

    /// <summary>The filters that a saved filter keeps, over all open cases.</summary>
    public static CaseFilter OfSaved(string saved, Caller caller, DateTimeOffset now)
    {
        var values = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(saved);
        var query = new QueryParameters(values.ToDictionary(v => v.Key, v => (IReadOnlyList<string>)[.. v.Value.OfType<string>()], StringComparer.Ordinal));
        return Narrow(InboxView.All.First(v => v.Key == "all").Filter(caller, now), query, caller);
    }

    /// <summary>This view under another path, such as one of its parts.</summary>
    public string At(string path) => path + Build(View, Chosen, Saved);

    public string Case(long number) => At(StaffLinks.Case(number));

    public string With(InboxView view) => "/inbox" + Build(view, [], null);

    public string Without(string name) => "/inbox" + Build(View, [.. Chosen.Where(c => c.Name != name)], null);

    /// <summary>The filters alone, as a saved filter keeps them.</summary>
    public string FilterQuery => Build(null, Chosen, null).TrimStart('?');

    private static string Build(InboxView? view, IEnumerable<(string Name, string Value)> chosen, Guid? saved)
    {
        var query = new QueryBuilder();
        if (view is not null) query.Add("view", view.Key);
        foreach (var (name, value) in chosen) query.Add(name, value);
        if (saved is { } id) query.Add("saved", id.ToString());
        return query.ToString();
    }

    private static CaseFilter Narrow(CaseFilter filter, QueryParameters query, Caller caller)
    {
        var workspace = caller.Workspace;
        var narrowed = filter with
        {
            Severity = Choice<Severity>(query, "severity"),
            Channel = Choice<Channel>(query, "channel"),
            Touchpoint = query.One("touchpoint"),
            Location = query.One("location"),
            Language = query.One("language")?.ToLowerInvariant(),
            Text = query.One("q"),
        };
        if (query.One("team") is { } team) narrowed = narrowed with { TeamId = Known(query, "team", workspace.TeamByKey.GetValueOrDefault(team)?.TeamId) };
        if (query.One("assignee") is { } assignee)
        {
            var who = assignee switch
            {
                "me" => caller.Member?.MemberId,
                "none" => Guid.Empty,
                _ => workspace.MemberByEmail.GetValueOrDefault(assignee)?.MemberId,
            };
            narrowed = narrowed with { AssigneeId = Known(query, "assignee", who) };
        }
        return narrowed;
    }

    private static Guid? Known(QueryParameters query, string name, Guid? id)
    {
        if (id is null) query.Errors.Add(name, string.Create(CultureInfo.InvariantCulture, $"names no {name} of this workspace"));
        return id;
    }

    private static T? Choice<T>(QueryParameters query, string name) where T : struct, Enum
    {
        if (query.One(name) is not { } text) return null;
        if (EnumNames<T>.TryParse(text, out var value)) return value;
        query.Errors.Add(name, "must be " + EnumNames<T>.Choices);
        return null;
    }
}
