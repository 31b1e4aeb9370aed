using Hark.Data.Identity;
using Hark.Data.Metrics;
using Hark.Data.Model;
using Hark.Data.Signals;
using Hark.Domain.Common;
using Microsoft.AspNetCore.Components;

namespace Hark.Web.Features.Customers.Pages;

/// <summary>One company: what it is worth, when it renews, how it is served, its people and everything that happened with them.</summary>
public sealed partial class AccountPage
{
    private const int Days = 91, MostPeople = 50;
    private Account? _account;
    private IReadOnlyList<Contact> _people = [];
    private TimelinePage _timeline = null!;
    private MetricValue _score = null!;

    [Parameter]
    public Guid AccountId { get; set; }

    [Inject]
    private AccountReader Accounts { get; set; } = null!;

    [Inject]
    private ReadTimeline Reading { get; set; } = null!;

    [Inject]
    private SignalSampler Sampler { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "before")]
    private string? Before { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var caller = Viewer.Required;
        var found = await Accounts.FindAsync(caller.WorkspaceId, AccountId, caller.Persons, Http.RequestAborted);
        if (!found.Ok)
        {
            Http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        _people = await Accounts.PeopleAsync(caller.WorkspaceId, AccountId, caller.Persons, MostPeople, Http.RequestAborted);
        _timeline = await Reading.OfAccountAsync(caller, AccountId, TimelinePlace.Read(Before, Time.Now()), Http.RequestAborted);
        _score = await ScoreAsync(caller);
        _account = found.Value; // last: the page may be rendered while something is waited for
    }

    /// <summary>The mean score of the company's last thirteen weeks, over all teams: a number, not words.</summary>
    private async Task<MetricValue> ScoreAsync(Infrastructure.Auth.Caller caller)
    {
        var now = Time.Now();
        var sample = await Sampler.ReadAsync(caller.WorkspaceId, now.AddDays(-Days), now.AddHours(1), new SignalFilter { Account = AccountId.ToString() }, Http.RequestAborted);
        var scores = sample.Signals.Select(s => s.ScoreMilli).OfType<int>().ToList();
        var value = SignalMetric.Find(Metric.Score)!.Value([sample.Signals.Count, scores.Count, scores.Sum(s => (long)s), scores.Sum(s => (long)s * s)]);
        return value.N < caller.Workspace.Workspace.MinimumCount ? value with { Value = null } : value;
    }
}
