using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Domain.Common;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Understanding;

/// <summary>What a language model may be asked for.</summary>
public enum LanguageModelUse { NameThemes, DraftReplies, Summarise, Translate }

/// <summary>How a workspace wants its language model.</summary>
/// <param name="Key">Protected; null keeps what is there, empty takes it away.</param>
public sealed record LanguageModelChange(string Endpoint, string Model, string? Key, IReadOnlyCollection<LanguageModelUse> Uses, long MonthlyTokens);

/// <summary>The language model that a workspace plugged in, and what it has cost this month.</summary>
public sealed class LanguageModelBook(HarkStore store, TimeProvider time)
{
    public const int LongestEndpoint = 500, LongestModel = 200;
    public const long MostMonthlyTokens = 1_000_000_000_000;

    /// <summary>Null while none was plugged in. One key look-up.</summary>
    public async Task<LanguageModel?> FindAsync(Guid workspaceId, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        return await db.LanguageModels.SingleOrDefaultAsync(m => m.WorkspaceId == workspaceId, cancellation);
    }

    public static IReadOnlySet<LanguageModelUse> Uses(LanguageModel model) => model.Uses.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(EnumNames<LanguageModelUse>.Parse).ToHashSet();

    /// <param name="ifMatch">The version that the person saw (0: there was none); null asks nothing.</param>
    /// <returns>The settings as they are now, or <c>version_conflict</c>.</returns>
    public Task<Result<LanguageModel>> SaveAsync(Guid workspaceId, LanguageModelChange change, long? ifMatch, Actor actor, CancellationToken cancellation = default) => store.WriteAsync<Result<LanguageModel>>(async db =>
    {
        var row = await db.LanguageModels.SingleOrDefaultAsync(m => m.WorkspaceId == workspaceId, cancellation);
        if (ifMatch is { } seen && seen != (row?.Version ?? 0)) return new Error(ErrorKind.Conflict, ErrorCodes.VersionConflict, "Somebody else changed the language model meanwhile; read it again and repeat your change.");
        if (row is null) db.LanguageModels.Add(row = new LanguageModel { WorkspaceId = workspaceId, Endpoint = "", Model = "" });
        // A key belongs to where it was made for: it is never sent to another address.
        var kept = row.Endpoint == change.Endpoint ? row.Key : null;
        (row.Endpoint, row.Model, row.MonthlyTokens) = (change.Endpoint, change.Model, change.MonthlyTokens);
        row.Key = change.Key switch { null => kept, "" => null, var made => made };
        row.Uses = string.Join(',', change.Uses.Distinct().Order().Select(EnumNames<LanguageModelUse>.Of));
        (row.Version, row.ChangedAt) = (row.Version + 1, time.Now());
        db.Audit(workspaceId, actor, row.ChangedAt, "language_model.changed", "language_model", null, new { endpoint = row.Endpoint, model = row.Model, uses = row.Uses, monthly_tokens = row.MonthlyTokens, key = row.Key is not null });
        await db.SaveChangesAsync(cancellation);
        return row;
    }, cancellation);

    /// <summary>What this month has cost so far.</summary>
    public async Task<LanguageModelMonth> MonthAsync(Guid workspaceId, CancellationToken cancellation = default)
    {
        var month = Month(time.Now());
        await using var db = store.Read();
        return await db.LanguageModelMonths.SingleOrDefaultAsync(m => m.WorkspaceId == workspaceId && m.MonthAt == month, cancellation) ?? new LanguageModelMonth { WorkspaceId = workspaceId, MonthAt = month };
    }

    /// <summary>
    /// Holds tokens of this month's budget before a call, in one statement, so that calls at once cannot together exceed it. A call that is never settled, for its node
    /// died, stays counted: the provider may have.
    /// </summary>
    /// <returns>The month to settle in; null where the budget does not have so many left.</returns>
    public async Task<DateTimeOffset?> HoldAsync(LanguageModel model, long tokens, CancellationToken cancellation = default)
    {
        var month = Month(time.Now());
        try
        {
            return await store.WriteAsync(db => HoldAsync(db, model, month, tokens, cancellation), cancellation);
        }
        catch (DbUpdateException e) when (store.Dialect.IsUniqueViolation(e))
        {
            return await store.WriteAsync(db => HoldAsync(db, model, month, tokens, cancellation), cancellation); // another began the month meanwhile
        }
    }

    /// <summary>Puts what a call really cost in place of what was held, and writes down what was sent.</summary>
    /// <param name="difference">Tokens used less tokens held.</param>
    /// <param name="entry">For the audit log; without personal data that could be taken out.</param>
    public Task SettleAsync(Guid workspaceId, DateTimeOffset month, long difference, bool failed, Actor actor, (string Kind, string? Id) target, object entry, CancellationToken cancellation = default) => store.WriteAsync(async db =>
    {
        var failures = failed ? 1 : 0;
        await db.LanguageModelMonths.Where(m => m.WorkspaceId == workspaceId && m.MonthAt == month)
            .ExecuteUpdateAsync(s => s.SetProperty(m => m.Tokens, m => m.Tokens + difference).SetProperty(m => m.Failures, m => m.Failures + failures), cancellation);
        db.Audit(workspaceId, actor, time.Now(), SentWords.Asked, target.Kind, target.Id, entry);
        await db.SaveChangesAsync(cancellation);
    }, cancellation);

    private static async Task<DateTimeOffset?> HoldAsync(HarkDbContext db, LanguageModel model, DateTimeOffset month, long tokens, CancellationToken cancellation)
    {
        var months = db.LanguageModelMonths.Where(m => m.WorkspaceId == model.WorkspaceId && m.MonthAt == month);
        var held = await months.Where(m => m.Tokens + tokens <= model.MonthlyTokens)
            .ExecuteUpdateAsync(s => s.SetProperty(m => m.Tokens, m => m.Tokens + tokens).SetProperty(m => m.Calls, m => m.Calls + 1), cancellation);
        if (held > 0) return month;
        if (tokens > model.MonthlyTokens || await months.AnyAsync(cancellation)) return null;
        db.LanguageModelMonths.Add(new LanguageModelMonth { WorkspaceId = model.WorkspaceId, MonthAt = month, Calls = 1, Tokens = tokens });
        await db.SaveChangesAsync(cancellation);
        return month;
    }

    private static DateTimeOffset Month(DateTimeOffset now) => new(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
}
