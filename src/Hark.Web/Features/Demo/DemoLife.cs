using Hark.Data.Cases;
using Hark.Data.Intake;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Web.Features.Demo.Company;
using Microsoft.EntityFrameworkCore;

namespace Hark.Web.Features.Demo;

/// <summary>Goes on where the history ended: a signal every few seconds through the intake, and now and then somebody works on a case.</summary>
internal sealed class DemoLife(DemoStore demo, IntakeService intake, HarkStore store, WorkspaceSnapshots snapshots, CaseWriter cases, TimeProvider time, ILogger<DemoLife> log) : BackgroundService
{
    /// <summary>Seconds between two signals.</summary>
    private const double Shortest = 2, Longest = 8;

    /// <summary>Signals for each step of somebody's work: slow enough to leave work for who looks around.</summary>
    private const double StepsASignal = .2;

    private readonly Dice _dice = new(time.Now().Millisecond);
    private (Guid WorkspaceId, DemoCompany Company, StaffPlan Plan)? _place;

    /// <summary>Sends one signal. False where there is no demo in the store.</summary>
    public async Task<bool> SpeakAsync(CancellationToken cancellation = default)
    {
        if (await PlaceAsync(cancellation) is not { } place) return false;
        var workspace = await snapshots.GetAsync(place.WorkspaceId, cancellation);
        var signal = place.Company.Next(time.Now());
        var result = await intake.SubmitAsync(workspace, workspace.SourceByName[signal.Source], signal.Draft);
        if (result.Error is { } error) log.LogWarning("A signal of the demo was not taken: {Reason}", error.Detail);
        return result.Ok;
    }

    /// <summary>One step on one of the cases that are due first. False when there was nothing to do.</summary>
    public async Task<bool> WorkAsync(CancellationToken cancellation = default)
    {
        if (await PlaceAsync(cancellation) is not { } place) return false;
        var workspace = await snapshots.GetAsync(place.WorkspaceId, cancellation);
        if (await CandidateAsync(place.WorkspaceId, cancellation) is not { } c) return false;
        var staff = new DemoStaff(store, cases, time, _dice);
        return await staff.TakeAsync(place.WorkspaceId, c.CaseId, staff.WorkerOf(workspace, c.TeamId, c.AssigneeId), place.Plan.Next(c, time.Now()), cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(_dice.Between(Shortest, Longest)), time, stoppingToken);
                await SpeakAsync(stoppingToken);
                if (_dice.Chance(StepsASignal)) await WorkAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(e, "The demo stumbled and goes on");
            }
            catch (OperationCanceledException)
            {
                // the clean end
            }
        }
    }

    private async Task<(Guid WorkspaceId, DemoCompany Company, StaffPlan Plan)?> PlaceAsync(CancellationToken cancellation)
    {
        if (_place is not null) return _place;
        if (await demo.FindAsync(cancellation) is not { } id) return null;
        var end = DemoStore.EndOfHistory((await snapshots.GetAsync(id, cancellation)).Workspace);
        return _place = (id, DemoCompany.Live(end, _dice.Between(0, int.MaxValue - 1)), new StaffPlan(_dice, end));
    }

    /// <summary>Mostly an open case due soon; now and then one whose customer was asked and answers.</summary>
    private async Task<Case?> CandidateAsync(Guid workspaceId, CancellationToken cancellation)
    {
        await using var db = store.Read();
        var asked = _dice.Chance(.25);
        var wanted = asked
            ? db.Cases.Where(c => c.WorkspaceId == workspaceId && c.State == CaseState.Resolved && c.Verification == VerificationState.Asked).OrderByDescending(c => c.CaseId)
            : db.Cases.Where(c => c.WorkspaceId == workspaceId && c.IsOpen && c.SnoozedUntil == null && c.DueAt != null).OrderBy(c => c.DueAt);
        var some = await wanted.Take(12).ToListAsync(cancellation);
        return some.Count == 0 ? null : _dice.Pick(some);
    }
}
