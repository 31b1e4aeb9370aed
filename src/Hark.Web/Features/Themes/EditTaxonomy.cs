using System.Globalization;
using Hark.Data.Model;
using Hark.Data.Understanding;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Understanding.Topics;
using Hark.Web.Infrastructure.Auth;

namespace Hark.Web.Features.Themes;

/// <summary>What came of an edit.</summary>
/// <param name="Key">The topic to look at now; null for the list.</param>
/// <param name="Undo">The version to bring back to take the edit back; null where there is nothing to take back.</param>
internal sealed record TaxonomyEdited(string? Key, long? Undo);

/// <summary>Changes the taxonomy by one step of a form, on the version that the form was made from. Texts are understood anew in the background.</summary>
internal sealed class EditTaxonomy(ConfigDocuments documents, TopicDiscovery discovery)
{
    /// <param name="field">The fields of the form; empty where one is missing.</param>
    /// <param name="language">Of the person: names are given in it.</param>
    public async Task<Result<TaxonomyEdited>> RunAsync(Caller caller, Func<string, string> field, string language, CancellationToken cancellation)
    {
        if (field("what") is "accept" or "into" or "dismiss") return await DecideAsync(caller, field, cancellation);
        if (!long.TryParse(field("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version)) return Error.Invalid("/version", "is required");
        if (field("what") == "undo") return await UndoAsync(caller, field, version, cancellation);
        var taxonomy = WorkspacePolicies.Of(caller.Workspace).Topics;
        var changed = Change(taxonomy, field, language);
        if (changed.Error is { } error) return error;
        var checkedAnew = Taxonomy.Parse(changed.Value.ToJson());
        if (checkedAnew.Error is { } refused) return refused;
        if ((await documents.PutAsync(caller.WorkspaceId, DocumentKind.Topics, checkedAnew.Value.ToJson(), version, caller.Actor, cancellation)).Error is { } failed) return failed;
        var key = field("what") switch { "merge" => field("into"), "split" or "add" => checkedAnew.Value.Topics[^1].Key, "starter" => null, _ => field("key") };
        return new TaxonomyEdited(key, version > 0 ? version : null);
    }

    private async Task<Result<TaxonomyEdited>> DecideAsync(Caller caller, Func<string, string> field, CancellationToken cancellation)
    {
        if (field("what") == "accept" && string.IsNullOrWhiteSpace(field("name"))) return Error.Invalid("/name", "is required");
        var decision = field("what") switch { "accept" => new ProposalDecision(Name: field("name")), "into" => new ProposalDecision(Into: field("into")), _ => ProposalDecision.Dismiss };
        var decided = await discovery.DecideAsync(caller.WorkspaceId, field("term"), field("language"), decision, caller.Actor, cancellation);
        return decided.Error is { } error ? error : new TaxonomyEdited(decided.Value, null);
    }

    private async Task<Result<TaxonomyEdited>> UndoAsync(Caller caller, Func<string, string> field, long version, CancellationToken cancellation)
    {
        if (!long.TryParse(field("to"), NumberStyles.None, CultureInfo.InvariantCulture, out var to)) return Error.Invalid("/to", "is required");
        var undone = await documents.RollBackAsync(caller.WorkspaceId, DocumentKind.Topics, to, version, caller.Actor, cancellation);
        return undone.Error is { } error ? error : new TaxonomyEdited(field("key") is { Length: > 0 } key ? key : null, null);
    }

    private static Result<Taxonomy> Change(Taxonomy taxonomy, Func<string, string> field, string language)
    {
        var key = field("key");
        return field("what") switch
        {
            "starter" => StarterTaxonomies.Find(field("name")) is { } starter ? starter : Error.NotFound("taxonomy"),
            "add" => taxonomy.Add(new Topic(taxonomy.FreeKey(field("name")), Named(field("name"), language), field("parent") is { Length: > 0 } parent ? parent : null)),
            "rename" => taxonomy.Find(key) is null ? taxonomy.Add(new Topic(key, Named(field("name"), language)))
                : taxonomy.Edit(key, t => t with { Names = new Dictionary<string, string>(t.Names ?? new Dictionary<string, string>(), StringComparer.Ordinal) { [language] = field("name").Trim() } }),
            "merge" => (taxonomy.Find(key) is null ? taxonomy.Add(new Topic(key)) : taxonomy) is var known && known.Error is { } error ? error : known.Value.Merge(key, field("into")),
            "hide" => taxonomy.Find(key) is null ? taxonomy.Add(new Topic(key, Hidden: true)) : taxonomy.Edit(key, t => t with { Hidden = true }),
            "show" => taxonomy.Edit(key, t => t with { Hidden = false, MergedInto = null }),
            "phrases" => taxonomy.Edit(key, t => t with { Phrases = With(t.Phrases, field("language"), Lines(field("phrases"))) }),
            "split" => Split(taxonomy, key, field, language),
            _ => Error.Invalid("/what", "is no change of topics"),
        };
    }

    /// <summary>Phrases of a topic become those of a part of it.</summary>
    private static Result<Taxonomy> Split(Taxonomy taxonomy, string key, Func<string, string> field, string language)
    {
        if (taxonomy.Find(key) is not { } whole) return Error.NotFound("topic");
        var (of, moved) = (field("language"), Lines(field("phrases")));
        if (moved.Count == 0) return Error.Invalid("/phrases", "are needed to tell the part from the rest");
        var rest = taxonomy.Edit(key, t => t with { Phrases = With(t.Phrases, of, [.. (t.Phrases?.GetValueOrDefault(of) ?? []).Except(moved, StringComparer.OrdinalIgnoreCase)]) });
        if (rest.Error is { } error) return error;
        return rest.Value.Add(new Topic(taxonomy.FreeKey(field("name")), Named(field("name"), language), whole.Parent ?? key, new Dictionary<string, IReadOnlyList<string>> { [of] = moved }));
    }

    private static Dictionary<string, string> Named(string name, string language) => new(StringComparer.Ordinal) { [language] = name.Trim() };

    private static Dictionary<string, IReadOnlyList<string>> With(IReadOnlyDictionary<string, IReadOnlyList<string>>? phrases, string language, IReadOnlyList<string> lines)
    {
        var all = (phrases ?? new Dictionary<string, IReadOnlyList<string>>()).ToDictionary(StringComparer.Ordinal);
        if (lines.Count == 0) all.Remove(language);
        else all[language] = lines;
        return all;
    }

    private static List<string> Lines(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];
}
