using System.Text.Json;
using Hark.Data.Intake;
using Hark.Data.Model;
using Hark.Data.Signals;
using Hark.Data.Store;
using Hark.Data.Work;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Understanding.Discovery;
using Hark.Domain.Understanding.Topics;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Understanding;

/// <summary>What a person makes of a proposal: a topic of its own, a part of what a topic means, or nothing.</summary>
/// <param name="Name">Of the new topic; null where it goes into another.</param>
/// <param name="Into">Key of that topic.</param>
public sealed record ProposalDecision(string? Name = null, string? Into = null)
{
    public static ProposalDecision Dismiss { get; } = new();
}

/// <summary>Looks for themes that nobody named yet, and keeps the queue of proposals. What a person decided is not proposed again.</summary>
public sealed class TopicDiscovery(HarkStore store, WorkspaceSnapshots snapshots, ConfigDocuments documents, TimeProvider time)
{
    /// <summary>What counts as lately, and what it is compared with.</summary>
    public const int RecentDays = 14, BeforeDays = 76;

    /// <summary>Newest texts that are looked at of each: bounds the cost to some seconds.</summary>
    private const int MostRecent = 5_000, MostBefore = 10_000;

    /// <summary>Looks anew. Open proposals that do not stand any more go.</summary>
    /// <returns>How many are open.</returns>
    public async Task<int> RunAsync(Guid workspaceId, CancellationToken cancellation = default)
    {
        var now = time.Now();
        var recent = await HeardAsync(workspaceId, now.AddDays(-RecentDays), now, MostRecent, cancellation);
        var before = recent.Count == 0 ? [] : await HeardAsync(workspaceId, now.AddDays(-RecentDays - BeforeDays), now.AddDays(-RecentDays), MostBefore, cancellation);
        var found = await SpareTime.RunAsync(() => EmergingThemes.Find(recent, before));
        await store.WriteAsync(db => SaveAsync(db, workspaceId, found, now, cancellation), cancellation);
        return found.Count;
    }

    /// <summary>Proposals in a state, the strongest first.</summary>
    public async Task<List<TopicProposal>> ListAsync(Guid workspaceId, ProposalState state, CancellationToken cancellation = default)
    {
        await using var db = store.Read();
        return await db.TopicProposals.Where(p => p.WorkspaceId == workspaceId && p.State == state).OrderByDescending(p => p.Strength).ThenBy(p => p.Term).Take(100).ToListAsync(cancellation);
    }

    /// <summary>A person decides. <c>not_found</c> for what is not open.</summary>
    /// <returns>Key of the topic that has it now; null for none.</returns>
    public async Task<Result<string?>> DecideAsync(Guid workspaceId, string term, string language, ProposalDecision decision, Actor actor, CancellationToken cancellation = default)
    {
        TopicProposal? proposal;
        await using (var db = store.Read())
            proposal = await db.TopicProposals.SingleOrDefaultAsync(p => p.WorkspaceId == workspaceId && p.Term == term && p.Language == language && p.State == ProposalState.Open, cancellation);
        if (proposal is null) return Error.NotFound("proposal");
        var topic = decision.Into;
        if (decision is not { Name: null, Into: null })
        {
            var snapshot = await snapshots.GetAsync(workspaceId, cancellation);
            var taxonomy = WorkspacePolicies.Of(snapshot).Topics;
            topic ??= taxonomy.FreeKey(decision.Name!);
            var changed = decision.Into is { } into ? taxonomy.Edit(into, t => With(t, proposal)) : taxonomy.Add(With(new Topic(topic, new Dictionary<string, string> { [Of(language)] = decision.Name!.Trim() }), proposal));
            if (changed.Error is { } wrong) return wrong;
            var version = snapshot.Documents.GetValueOrDefault(DocumentKind.Topics)?.Version ?? 0;
            if ((await documents.PutAsync(workspaceId, DocumentKind.Topics, changed.Value.ToJson(), version, actor, cancellation)).Error is { } refused) return refused;
        }
        await store.WriteAsync(async db =>
        {
            var row = await db.TopicProposals.SingleAsync(p => p.WorkspaceId == workspaceId && p.Term == term && p.Language == language, cancellation);
            (row.State, row.Topic, row.DecidedAt, row.DecidedBy) = (decision.Into is not null ? ProposalState.Merged : decision.Name is not null ? ProposalState.Accepted : ProposalState.Dismissed, topic, time.Now(), actor.Id);
            db.Audit(workspaceId, actor, time.Now(), "topic_proposal.decided", "topic_proposal", term, new { state = EnumNames<ProposalState>.Of(row.State), topic });
            await db.SaveChangesAsync(cancellation);
        }, cancellation);
        return topic;
    }

    /// <summary>The phrases of a proposal, as people write them.</summary>
    public static IReadOnlyList<string> Phrases(TopicProposal proposal) => SignalJson.Strings(proposal.Phrases);

    /// <summary>Signals that say it.</summary>
    public static IReadOnlyList<Guid> Examples(TopicProposal proposal) => [.. SignalJson.Strings(proposal.Examples).Select(Guid.Parse)];

    private static string Of(string language) => language == Examination.Undetermined ? "en" : language;

    private static Topic With(Topic topic, TopicProposal proposal)
    {
        var language = proposal.Language == Examination.Undetermined ? Taxonomy.AllLanguages : proposal.Language;
        var phrases = (topic.Phrases ?? new Dictionary<string, IReadOnlyList<string>>()).ToDictionary(StringComparer.Ordinal);
        phrases[language] = [.. (phrases.GetValueOrDefault(language) ?? []).Concat(Phrases(proposal)).Distinct(StringComparer.Ordinal).Take(Taxonomy.MostPhrases)];
        return topic with { Phrases = phrases };
    }

    private static async Task SaveAsync(HarkDbContext db, Guid workspaceId, IReadOnlyList<EmergingTheme> found, DateTimeOffset now, CancellationToken cancellation)
    {
        var known = await db.TopicProposals.Where(p => p.WorkspaceId == workspaceId).ToListAsync(cancellation);
        var still = found.Select(f => (f.Term, f.Language)).ToHashSet();
        db.TopicProposals.RemoveRange(known.Where(p => p.State == ProposalState.Open && !still.Contains((p.Term, p.Language))));
        foreach (var theme in found)
        {
            var row = known.Find(p => p.Term == theme.Term && p.Language == theme.Language);
            if (row is { State: not ProposalState.Open }) continue;
            if (row is null)
            {
                row = new TopicProposal { WorkspaceId = workspaceId, Term = theme.Term, Language = theme.Language, Phrases = "[]", Examples = "[]", FoundAt = now };
                db.TopicProposals.Add(row);
            }
            (row.Texts, row.TextsBefore, row.Strength) = (theme.Texts, theme.Before, theme.Strength);
            (row.Phrases, row.Examples) = (JsonSerializer.Serialize(theme.Phrases, HarkJson.Options), JsonSerializer.Serialize(theme.Examples, HarkJson.Options));
        }
        await db.SaveChangesAsync(cancellation);
    }

    private async Task<List<HeardText>> HeardAsync(Guid workspaceId, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation)
    {
        await using var db = store.Read();
        await using var command = await db.CommandAsync($"""
            SELECT {SignalColumns.Select}, v.text, v.answers FROM signals s JOIN verbatims v ON v.workspace_id = s.workspace_id AND v.signal_id = s.signal_id
            WHERE s.workspace_id = @workspace AND s.occurred_at >= @from AND s.occurred_at < @to AND v.text IS NOT NULL ORDER BY s.occurred_at DESC, s.signal_id DESC LIMIT @limit
            """, cancellation);
        store.Dialect.Add(command, "workspace", workspaceId);
        store.Dialect.Add(command, "from", from);
        store.Dialect.Add(command, "to", to);
        store.Dialect.Add(command, "limit", limit);
        var found = new List<HeardText>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var signal = SignalColumns.Read(reader, store.Dialect);
            found.Add(new(signal.SignalId, signal.ContactId, StoredSignals.WordsOf(reader, store.Dialect)!.Text!, signal.Language, signal.Topics is not null));
        }
        found.Reverse();
        return found;
    }
}
