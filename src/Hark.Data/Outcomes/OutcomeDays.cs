using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Domain.Common;
using Hark.Domain.Targets;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Outcomes;

/// <summary>The numbers of the three outcomes, as the workspace reports them day by day.</summary>
public sealed class OutcomeDays(HarkStore store, TimeProvider time)
{
    /// <summary>Days in one report: more than thirteen years.</summary>
    public const int MostAtOnce = 5_000;

    /// <summary>Days of an outcome, the oldest first. One range of the key.</summary>
    /// <param name="to">Exclusive.</param>
    public async Task<IReadOnlyList<OutcomeDay>> ReadAsync(Guid workspaceId, OutcomeKind outcome, DateOnly from, DateOnly to, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        return await db.OutcomeDays.Where(d => d.WorkspaceId == workspaceId && d.Outcome == outcome && d.Day >= from && d.Day < to).OrderBy(d => d.Day).ToListAsync(cancellation);
    }

    /// <summary>How many days of an outcome are known, and the last of them.</summary>
    public async Task<(int Days, DateOnly? Last)> KnownAsync(Guid workspaceId, OutcomeKind outcome, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        var known = db.OutcomeDays.Where(d => d.WorkspaceId == workspaceId && d.Outcome == outcome);
        return (await known.CountAsync(cancellation), await known.MaxAsync(d => (DateOnly?)d.Day, cancellation));
    }

    /// <summary>Puts reported days in the place of what was known of them; a day on which nobody was counted is forgotten. The same report twice changes nothing.</summary>
    /// <param name="days">Of one outcome.</param>
    /// <returns>How many days were reported; every error by its index.</returns>
    public async Task<Result<int>> ReportAsync(Guid workspaceId, OutcomeKind outcome, IReadOnlyList<ReportedDay> days, Actor actor, CancellationToken cancellation = default)
    {
        if (Check(outcome, days) is { Any: true } errors) return Error.Invalid(errors);
        await store.WriteAsync(async db =>
        {
            var (from, to) = (days.Min(d => d.Day), days.Max(d => d.Day));
            var known = await db.OutcomeDays.AsTracking().Where(d => d.WorkspaceId == workspaceId && d.Outcome == outcome && d.Day >= from && d.Day <= to).ToDictionaryAsync(d => d.Day, cancellation);
            foreach (var day in days) Put(db, known, workspaceId, outcome, day);
            db.Audit(workspaceId, actor, time.Now(), "outcome.reported", "outcome", EnumNames<OutcomeKind>.Of(outcome), new { from, to, days = days.Count });
            return await db.SaveChangesAsync(cancellation);
        }, cancellation);
        return days.Count;
    }

    private static void Put(HarkDbContext db, Dictionary<DateOnly, OutcomeDay> known, Guid workspaceId, OutcomeKind outcome, ReportedDay day)
    {
        if (known.TryGetValue(day.Day, out var row))
        {
            if (day.Count == 0) db.OutcomeDays.Remove(row);
            else (row.Sum, row.Count) = (day.Sum, day.Count);
        }
        else if (day.Count > 0)
        {
            db.OutcomeDays.Add(new OutcomeDay
            {
                WorkspaceId = workspaceId,
                Outcome = outcome,
                Day = day.Day,
                Sum = day.Sum,
                Count = day.Count,
            });
        }
    }

    private static InputErrors Check(OutcomeKind outcome, IReadOnlyList<ReportedDay> days)
    {
        var errors = new InputErrors();
        if (days.Count is 0 or > MostAtOnce) errors.Add("/days", $"must have 1 to {MostAtOnce} days");
        var seen = new HashSet<DateOnly>();
        foreach (var (i, day) in days.Take(MostAtOnce).Index())
        {
            if (!seen.Add(day.Day)) errors.Add($"/days/{i}/day", "is there twice");
            if (day.Day.Year is < 2000 or > 2200) errors.Add($"/days/{i}/day", "must be a day from 2000 to 2200");
            if (day.Count is < 0 or > 1_000_000_000_000) errors.Add($"/days/{i}/count", "must be a whole number from 0 to 10^12");
            if (!(day.Sum is >= 0 and <= 1e15)) errors.Add($"/days/{i}/sum", "must be a number from 0 to 10^15");
            else if (outcome != OutcomeKind.CostToServe && day.Sum > day.Count) errors.Add($"/days/{i}/sum", "is more than count: of a share, sum is a part of those counted");
        }
        return errors;
    }
}

/// <summary>A day as it is reported.</summary>
/// <param name="Sum">How many of those counted did it; of cost the money spent.</param>
/// <param name="Count">Those counted; 0 forgets the day.</param>
public sealed record ReportedDay(DateOnly Day, double Sum, long Count);
