using Hark.Data.Cases;
using Hark.Data.Intake;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Workspaces;
using Hark.Web.Features.Demo.Company;
using Microsoft.EntityFrameworkCore;

namespace Hark.Web.Features.Demo;

/// <summary>What lies on the desk of who looks around: some cases of their own, some of nobody, one put aside, a call promised, a word from a colleague, a filter kept.</summary>
internal sealed class DemoDesk(IntakeReplay replay, CaseWriter cases, WorkspaceSnapshot workspace, DateTimeOffset now)
{
    private readonly Member _me = Known(workspace, Staff.DemoEmail);
    private readonly Member _lead = Known(workspace, Staff.LeadEmail);

    public async Task LayAsync(CancellationToken cancellation)
    {
        var newest = await NewestAsync(cancellation);
        var assign = new AssignCase(cases);
        foreach (var (i, id) in newest.Index())
        {
            var mine = i % 4 != 3;
            await assign.RunAsync(Command(id), null, mine ? _me.MemberId.ToString() : "", cancellation);
            if (i == 0) await new AddNote(cases).RunAsync(Command(id), $"@{_me.Email} the warehouse has one left; tell them today and it leaves tonight.", cancellation);
            if (i == 1) await new RequestCallBack(cases, replay.Time).RunAsync(Command(id), new CallBackRequest(StaffPlan.Slot(now), StaffPlan.Slot(now).AddHours(1), null, null), cancellation);
            if (i == 2) await new SnoozeCase(cases).RunAsync(Command(id), now.AddHours(15), cancellation);
        }
        await new SavedFilters(replay.Store, replay.Time).CreateAsync(workspace.WorkspaceId, new CaseScope(_me.MemberId, null), null, "Help desk, late parcels", "channel=ticket&q=Delivery", cancellation);
    }

    private async Task<IReadOnlyList<Guid>> NewestAsync(CancellationToken cancellation)
    {
        await using var db = replay.Store.Read();
        return await db.Cases.Where(c => c.WorkspaceId == workspace.WorkspaceId && c.IsOpen && c.SnoozedUntil == null).OrderByDescending(c => c.OpenedAt).Select(c => c.CaseId).Take(8).ToListAsync(cancellation);
    }

    private CaseCommand Command(Guid caseId) => new(workspace.WorkspaceId, caseId, CaseScope.All, Actor.Member(_lead.MemberId));

    private static Member Known(WorkspaceSnapshot workspace, string email) => workspace.MemberByEmail[email];
}
