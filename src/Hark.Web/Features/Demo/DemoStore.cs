using Hark.Data.Cases;
using Hark.Data.Intake;
using Hark.Data.Model;
using Hark.Data.Outcomes;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Targets;
using Hark.Domain.Workspaces;
using Hark.Web.Features.Demo.Company;
using Hark.Web.Features.Outbox.Webhooks;
using Hark.Web.Infrastructure.Hosting;
using Hark.Web.Infrastructure.Settings;
using Microsoft.EntityFrameworkCore;

namespace Hark.Web.Features.Demo;

/// <summary>What is in the demo store.</summary>
/// <param name="Made">False when it was there already.</param>
internal sealed record DemoSummary(Guid WorkspaceId, bool Made, long Signals, long Cases, long OpenCases);

/// <summary>The store of the sample company: made whole in one transaction, or used as it is.</summary>
internal sealed class DemoStore(HarkStore store, StorePreparation preparation, WorkspaceSnapshots snapshots, SignalPreparer preparer, IntakeMessages messages, CaseMessages mail,
    HarkOptions options, WebhookSecrets secrets, TimeProvider time)
{
    /// <exception cref="StoreNotReadyException">The store cannot be opened, or it holds somebody's own workspace.</exception>
    public async Task<DemoSummary> EnsureAsync(CancellationToken cancellation = default)
    {
        await preparation.MigrateAsync(cancellation);
        if (await FindAsync(cancellation) is { } there) return await SummaryAsync(there, made: false, cancellation);
        await using (var db = store.Read())
            if (await db.Workspaces.AnyAsync(cancellation))
                throw new StoreNotReadyException("The store of ConnectionStrings:Hark is in use and is no demo; name another, or leave the setting out.");
        // The keys of data protection are made at first use, in a transaction of their own, for which there is no room inside ours.
        secrets.Protect([""]);
        var id = await MakeAsync(time.Now(), cancellation);
        await snapshots.RefreshAsync(cancellation);
        return await SummaryAsync(id, made: true, cancellation);
    }

    /// <summary>Where the made-up history of a demo workspace ends.</summary>
    public static DateTimeOffset EndOfHistory(Workspace workspace) => workspace.CreatedAt.AddDays(Story.Days + 1);

    /// <summary>The demo's workspace: the one with the demo's administrator.</summary>
    public async Task<Guid?> FindAsync(CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        return await db.Members.Where(m => m.Email == Staff.DemoEmail).Select(m => (Guid?)m.WorkspaceId).FirstOrDefaultAsync(cancellation);
    }

    private async Task<Guid> MakeAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var making = Task.Run(() => DemoCompany.Make(now), cancellation);
        await using var replay = await IntakeReplay.BeginAsync(store, messages, now.AddDays(-Story.Days - 1), cancellation);
        using var within = new WorkspaceSnapshots(replay.Store, replay.Time);
        var workspace = await new DemoSetup(replay.Store, within, options, secrets, replay.Time).RunAsync(cancellation);
        var company = await making;
        await new DemoHistory(replay, workspace, within, preparer, mail, now).RunAsync(company.History, cancellation);
        await ReportAsync(replay, workspace, now, cancellation);
        await replay.CommitAsync(cancellation);
        return workspace.WorkspaceId;
    }

    private static async Task ReportAsync(IntakeReplay replay, WorkspaceSnapshot workspace, DateTimeOffset now, CancellationToken cancellation)
    {
        var (days, dice) = (new OutcomeDays(replay.Store, replay.Time), new Dice(DemoCompany.UsualSeed + 4));
        foreach (var kind in Enum.GetValues<OutcomeKind>())
            await days.ReportAsync(workspace.WorkspaceId, kind, OutcomeNumbers.Of(kind, DateOnly.FromDateTime(now.UtcDateTime), dice), Actor.System("demo"), cancellation);
    }

    private async Task<DemoSummary> SummaryAsync(Guid id, bool made, CancellationToken cancellation)
    {
        await using var db = store.Read();
        return new DemoSummary(id, made, await db.Signals.LongCountAsync(s => s.WorkspaceId == id, cancellation), await db.Cases.LongCountAsync(c => c.WorkspaceId == id, cancellation),
            await db.Cases.LongCountAsync(c => c.WorkspaceId == id && c.IsOpen, cancellation));
    }
}
