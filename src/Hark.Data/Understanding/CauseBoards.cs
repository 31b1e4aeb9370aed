using System.Text.Json;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Domain.Common;
using Hark.Domain.Understanding.Causes;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Understanding;

/// <summary>A chain as it is now.</summary>
/// <param name="People">Who worked on it, in the order of their ids.</param>
public sealed record CauseRead(CauseChain Chain, IReadOnlyList<Why> Whys, IReadOnlyList<string> People);

/// <summary>What a person makes of a chain.</summary>
/// <param name="ChainId">Null begins one.</param>
/// <param name="IfMatch">The version that the person saw; null changes whatever it is now.</param>
public sealed record CauseChange(string Topic, Guid? ChainId, IReadOnlyList<Why> Whys, CauseState State, long? IfMatch, bool IsRemoved = false);

/// <summary>
/// The root-cause boards of topics. Several people may work on one at once: each change is the next version of one chain, and whoever saw an older one is told so.
/// </summary>
public sealed class CauseBoards(HarkStore store, CauseEvidenceReader evidence, TimeProvider time)
{
    public const int MostChains = 12;

    /// <summary>The chains on the boards of these topics, the oldest first.</summary>
    public async Task<IReadOnlyList<CauseRead>> ReadAsync(Guid workspaceId, IReadOnlyCollection<string> topics, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        var all = db.CauseChains.Where(c => c.WorkspaceId == workspaceId && topics.Contains(c.Topic));
        var chains = await Latest(db, all).Where(c => !c.IsRemoved).OrderBy(c => c.ChainId).ToListAsync(cancellation);
        var people = await all.Select(c => new { c.ChainId, c.ChangedBy }).Distinct().ToListAsync(cancellation);
        var of = people.ToLookup(p => p.ChainId, p => p.ChangedBy);
        return [.. chains.Select(c => new CauseRead(c, Whys(c), [.. of[c.ChainId].Order(StringComparer.Ordinal)]))];
    }

    /// <summary>All versions of a chain, newest first, at most <paramref name="limit"/>.</summary>
    public async Task<IReadOnlyList<CauseChain>> VersionsAsync(Guid workspaceId, string topic, Guid chainId, int limit, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        return await db.CauseChains.Where(c => c.WorkspaceId == workspaceId && c.Topic == topic && c.ChainId == chainId).OrderByDescending(c => c.Version).Take(limit).ToListAsync(cancellation);
    }

    /// <summary>Writes the next version.</summary>
    /// <param name="scope">Evidence must be within it. What others linked and this person may not see stays linked.</param>
    /// <returns>The chain as it is now; <c>not_found</c>, <c>invalid_input</c>, or <c>version_conflict</c> when somebody was faster.</returns>
    public async Task<Result<CauseChain>> SaveAsync(Guid workspaceId, CauseChange change, EvidenceScope scope, Actor actor, CancellationToken cancellation = default)
    {
        if (Why.Check(change.Whys) is { } wrong) return wrong;
        var before = change.ChainId is { } chainId && await VersionsAsync(workspaceId, change.Topic, chainId, 1, cancellation) is [var newest] ? newest : null;
        if (change.ChainId is not null && before is null) return Error.NotFound("chain of causes");
        var told = before is null ? [] : Whys(before);
        var seen = await evidence.ReadAsync(workspaceId, change.Whys.Concat(told).SelectMany(w => w.Evidence), scope, cancellation);
        var kept = told.ToDictionary(w => w.WhyId, w => w.Evidence.Where(e => !seen.Has(e)).ToList());
        if (Unknown(change.Whys, e => seen.Has(e.Evidence) || kept.GetValueOrDefault(e.WhyId, []).Contains(e.Evidence)) is { } at) return Error.Invalid(at, "is no signal or case that you may see");
        IReadOnlyList<Why> whys = [.. change.Whys.Select(w => w with { Evidence = [.. w.Evidence.Concat(kept.GetValueOrDefault(w.WhyId, [])).Distinct()] })];
        return await WriteAsync(workspaceId, change, before, whys, actor, "changed", cancellation);
    }

    /// <summary>Brings an earlier version back, as a new version with the same content.</summary>
    /// <returns>The chain as it is now; <c>not_found</c>; <c>version_conflict</c>.</returns>
    public async Task<Result<CauseChain>> RestoreAsync(Guid workspaceId, string topic, Guid chainId, long version, long? ifMatch, Actor actor, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        var of = db.CauseChains.Where(c => c.WorkspaceId == workspaceId && c.Topic == topic && c.ChainId == chainId);
        var old = await of.SingleOrDefaultAsync(c => c.Version == version, cancellation);
        if (old is null) return Error.NotFound("version");
        var now = await of.OrderByDescending(c => c.Version).FirstAsync(cancellation);
        return await WriteAsync(workspaceId, new CauseChange(topic, chainId, Whys(old), old.State, ifMatch, old.IsRemoved), now, Whys(old), actor, "rolled_back", cancellation);
    }

    /// <summary>The answers of a chain, the first first.</summary>
    public static IReadOnlyList<Why> Whys(CauseChain chain) => JsonSerializer.Deserialize<List<Why>>(chain.Whys, HarkJson.Options)!;

    /// <summary>The place of the first evidence that is not known; null where all is.</summary>
    private static string? Unknown(IReadOnlyList<Why> whys, Func<(Guid WhyId, CauseEvidence Evidence), bool> known) =>
        whys.SelectMany((w, i) => w.Evidence.Where(e => !known((w.WhyId, e))).Select(_ => FormattableString.Invariant($"/whys/{i}/evidence"))).FirstOrDefault();

    private static IQueryable<CauseChain> Latest(HarkDbContext db, IQueryable<CauseChain> chains) =>
        chains.Where(c => !db.CauseChains.Any(n => n.WorkspaceId == c.WorkspaceId && n.Topic == c.Topic && n.ChainId == c.ChainId && n.Version > c.Version));

    private async Task<Result<CauseChain>> WriteAsync(Guid workspaceId, CauseChange change, CauseChain? before, IReadOnlyList<Why> whys, Actor actor, string verb, CancellationToken cancellation)
    {
        if (change.IfMatch is { } seen && seen != (before?.Version ?? 0)) return Conflict;
        var next = new CauseChain
        {
            WorkspaceId = workspaceId,
            Topic = change.Topic,
            ChainId = change.ChainId ?? time.NewId(),
            Version = (before?.Version ?? 0) + 1,
            State = change.State,
            Whys = HarkJson.Write(whys),
            IsRemoved = change.IsRemoved,
            ChangedAt = time.Now(),
            ChangedBy = actor.Id,
        };
        try
        {
            if (!await store.WriteAsync(db => AddAsync(db, next, actor, verb, cancellation), cancellation)) return Error.Invalid("", $"a topic has up to {MostChains} chains of causes");
        }
        catch (DbUpdateException e) when (store.Dialect.IsUniqueViolation(e))
        {
            return Conflict; // both read the same version, and the other wrote first
        }

        return next;
    }

    private static async Task<bool> AddAsync(HarkDbContext db, CauseChain next, Actor actor, string verb, CancellationToken cancellation)
    {
        var others = db.CauseChains.Where(c => c.WorkspaceId == next.WorkspaceId && c.Topic == next.Topic && c.ChainId != next.ChainId);
        if (!next.IsRemoved && await Latest(db, others).CountAsync(c => !c.IsRemoved, cancellation) >= MostChains) return false;
        db.CauseChains.Add(next);
        var what = next.IsRemoved ? "removed" : next.Version == 1 ? "begun" : verb;
        db.Audit(next.WorkspaceId, actor, next.ChangedAt, $"cause_chain.{what}", "cause_chain", next.ChainId.ToString(), new { topic = next.Topic, version = next.Version, state = EnumNames<CauseState>.Of(next.State) });
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    private static Error Conflict { get; } = new(ErrorKind.Conflict, ErrorCodes.VersionConflict, "Somebody else changed this chain of causes meanwhile; read it again and repeat your change.");
}
