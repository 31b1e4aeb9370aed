using Hark.Data.Cases;
using Hark.Data.Model;
using Hark.Data.Signals;
using Hark.Data.Understanding;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Domain.Understanding.Topics;
using Hark.Domain.Workspaces;
using Hark.Web.Infrastructure.Auth;

namespace Hark.Web.Features.LanguageModels.Uses;

/// <summary>A text that a model wrote for a person to look at and change.</summary>
/// <param name="Model">Which one.</param>
public sealed record ModelText(string Text, string Model);

/// <summary>A summary that is borne out by quotes.</summary>
/// <param name="Of">Ids of the texts that were read, in the order of their numbers; null for what is no signal.</param>
public sealed record ModelSummary(IReadOnlyList<SummaryPoint> Points, IReadOnlyList<Guid?> Of, string Model);

/// <summary>What people let a language model do: name, draft, sum up, translate. Each reads only what the person may read; nothing is stored, sent or decided by it.</summary>
internal sealed class ModelUses(AskModel ask, SignalReader signals, CaseReader cases, TopicDiscovery discovery, CauseEvidenceReader texts, TimeProvider time)
{
    /// <summary>Newest texts of a theme that are read for its summary.</summary>
    private const int MostTexts = 40;

    private const int ThemeDays = 91;

    private static readonly Error Unproven = new(ErrorKind.Unavailable, ErrorCodes.Unavailable, "Nothing of what the language model said could be found in the texts.");

    private static readonly Error Wordless = new(ErrorKind.NotFound, ErrorCodes.NotFound, "There are no words that you may read.");

    /// <summary>A name for what was discovered, in the language of the person.</summary>
    public async Task<Result<ModelText>> NameAsync(Caller caller, string term, string language, string inLanguage, CancellationToken cancellation)
    {
        var open = await discovery.ListAsync(caller.WorkspaceId, ProposalState.Open, cancellation);
        if (open.Find(p => p.Term == term && p.Language == language) is not { } proposal) return Error.NotFound("proposal");
        var said = await texts.ReadAsync(caller.WorkspaceId, TopicDiscovery.Examples(proposal).Select(e => new Domain.Understanding.Causes.CauseEvidence(Domain.Understanding.Causes.EvidenceKind.Signal, e)), new EvidenceScope(caller.Words, caller.Cases), cancellation);
        var material = $"Words that stand out: {string.Join(", ", TopicDiscovery.Phrases(proposal))}\n\n{QuotedSummary.Number([.. said.Signals.Values.OfType<string>()])}";
        var instructions = $"Name the theme of the texts in {LanguageNames.English(inLanguage)}, in one to four words, as a heading. Answer with the name only.";
        var answer = await ask.RunAsync(caller, new(LanguageModelUse.NameThemes, instructions, material, [], 40, (SentWords.OfProposal, term)), cancellation);
        if (answer.Error is { } error) return error;
        var name = answer.Value.Text.Trim().Split('\n')[0].Trim().Trim('"', '“', '”', '„', '«', '»', '.', '*', '#', ' ');
        return new ModelText(name.Length <= Taxonomy.LongestName ? name : name[..Taxonomy.LongestName], answer.Value.Model);
    }

    /// <summary>A draft of a reply, in the customer's language. It goes to nobody before a person sends it.</summary>
    public async Task<Result<ModelText>> DraftAsync(Caller caller, Guid caseId, CancellationToken cancellation)
    {
        var found = await cases.FindAsync(caller.WorkspaceId, caseId, caller.Cases, caller.Actor, cancellation);
        if (found.Error is { } missing) return missing;
        if (Told(found.Value) is not { Count: > 0 } told) return Wordless;
        var language = found.Value.Signals.Select(s => s.Signal.Language).LastOrDefault(l => l is not null) ?? caller.Workspace.Workspace.DefaultLanguage;
        var instructions = $"Draft a reply to the customer of the conversation, in {LanguageNames.English(language)}: warm, plain, at most 120 words, answering what was last asked. Where a fact is missing, leave a gap in square brackets for a colleague to fill. "
            + "No subject line, no signature. Answer with the text only.";
        var answer = await ask.RunAsync(caller, new(LanguageModelUse.DraftReplies, instructions, string.Join("\n\n", told.Select(t => t.Said)), Hidden(found.Value.Contact), 500, ("case", caseId.ToString())), cancellation);
        if (answer.Error is { } error) return error;
        var text = answer.Value.Text.Trim();
        return new ModelText(found.Value.Contact is { ErasedAt: null, Name: { } name } ? text.Replace(AskModel.Name, name, StringComparison.Ordinal) : text, answer.Value.Model);
    }

    /// <summary>What a case is about and where it stands.</summary>
    public async Task<Result<ModelSummary>> SummariseCaseAsync(Caller caller, Guid caseId, string inLanguage, CancellationToken cancellation)
    {
        var found = await cases.FindAsync(caller.WorkspaceId, caseId, caller.Cases, caller.Actor, cancellation);
        return found.Error is { } missing ? missing
            : await SummariseAsync(caller, "what the customer wants, what was done and what is still open", [.. Told(found.Value)], Hidden(found.Value.Contact), inLanguage, ("case", caseId.ToString()), cancellation);
    }

    /// <summary>What people say about a theme, of the newest texts that the person may read.</summary>
    public async Task<Result<ModelSummary>> SummariseThemeAsync(Caller caller, string topic, string inLanguage, CancellationToken cancellation)
    {
        var now = time.Now();
        var filter = new SignalFilter
        {
            Values = new Dictionary<string, IReadOnlyList<string>> { [Data.Aggregates.Dimensions.Topic] = [topic] },
            Scope = caller.Words,
        };
        var read = caller.Role.ReadsWords() ? await signals.ListAsync(new SignalListQuery(caller.WorkspaceId, now.AddDays(-ThemeDays), now.AddHours(1), filter, null, 2 * MostTexts), cancellation) : [];
        var said = read.Where(s => s.Words?.Text is { Length: > 0 }).DistinctBy(s => s.Signal.ContactId ?? s.Signal.SignalId).Take(MostTexts).ToList();
        return await SummariseAsync(caller, "what people say about it, the most frequent first, and what they ask for", [.. said.Select(s => (s.Words!.Text!, (Guid?)s.Signal.SignalId))], [.. said.SelectMany(s => Hidden(s.Contact))], inLanguage, (SentWords.OfTopic, topic), cancellation);
    }

    /// <summary>A signal's words in the language of the person.</summary>
    public async Task<Result<ModelText>> TranslateAsync(Caller caller, Guid signalId, string inLanguage, CancellationToken cancellation)
    {
        var found = await signals.GetAsync(caller.WorkspaceId, signalId, caller.Words, caller.Actor, cancellation);
        if (found.Error is { } missing) return missing;
        if (!caller.Role.ReadsWords() || found.Value.Words?.Text is not { Length: > 0 } text) return Wordless;
        var instructions = $"Translate the text into {LanguageNames.English(inLanguage)}, keeping its tone. Answer with the translation only.";
        var answer = await ask.RunAsync(caller, new(LanguageModelUse.Translate, instructions, text, Hidden(found.Value.Contact), Math.Clamp(text.Length, 100, 4_000), ("signal", signalId.ToString())), cancellation);
        return answer.Error is { } error ? error : new ModelText(answer.Value.Text.Trim(), answer.Value.Model);
    }

    private async Task<Result<ModelSummary>> SummariseAsync(Caller caller, string what, IReadOnlyList<(string Said, Guid? Of)> told, IReadOnlyCollection<string> hidden, string inLanguage, (string, string?) target, CancellationToken cancellation)
    {
        if (told.Count == 0) return Wordless;
        var instructions = $"Sum up in {LanguageNames.English(inLanguage)} {what}. {QuotedSummary.Form}";
        var answer = await ask.RunAsync(caller, new(LanguageModelUse.Summarise, instructions, QuotedSummary.Number([.. told.Select(t => t.Said)]), hidden, 900, target), cancellation);
        if (answer.Error is { } error) return error;
        var points = QuotedSummary.Read(answer.Value.Text, [.. told.Select(t => AskModel.Masked(t.Said, hidden))]);
        return points.Count == 0 ? Unproven : new ModelSummary(points, [.. told.Select(t => t.Of)], answer.Value.Model);
    }

    /// <summary>The conversation of a case in the order of time, with who spoke; notes among colleagues stay inside.</summary>
    private static List<(string Said, Guid? Of)> Told(CaseDetails details)
    {
        var said = details.Signals.Where(s => s.Words?.Text is { Length: > 0 }).Select(s => (At: s.Signal.OccurredAt, Said: "Customer: " + s.Words!.Text, Of: (Guid?)s.Signal.SignalId));
        var written = details.Timeline.Where(e => e is { Text.Length: > 0, Kind: CaseEventKind.Replied or CaseEventKind.CustomerReplied }).Select(e => (At: e.At, Said: (e.Kind == CaseEventKind.Replied ? "We: " : "Customer: ") + e.Text, Of: (Guid?)null));
        return [.. said.Concat(written).OrderBy(t => t.At).Select(t => (t.Said, t.Of))];
    }

    private static IReadOnlyCollection<string> Hidden(Contact? contact) => contact is null ? []
        : [.. new[] { contact.Name, contact.Email, contact.Phone }.OfType<string>().Concat(contact.Name?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? []).Distinct(StringComparer.OrdinalIgnoreCase)];
}
