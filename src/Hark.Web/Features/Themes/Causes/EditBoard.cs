using System.Globalization;
using Hark.Data.Cases;
using Hark.Data.Model;
using Hark.Data.Understanding;
using Hark.Domain.Common;
using Hark.Domain.Understanding.Causes;
using Hark.Domain.Workspaces;
using Hark.Web.Infrastructure.Auth;

namespace Hark.Web.Features.Themes.Causes;

/// <summary>Changes a topic's board by one step of a form, on the version that the form was made from.</summary>
internal sealed class EditBoard(CauseBoards boards, BoardDesk desk, CaseReader cases, TimeProvider time)
{
    /// <param name="field">The fields of the form; empty where one is missing.</param>
    /// <returns>The chain as it is now; <c>forbidden</c>, <c>not_found</c>, <c>invalid_input</c>, <c>version_conflict</c>.</returns>
    public async Task<Result<CauseChain>> RunAsync(Caller caller, string topic, Func<string, string> field, CancellationToken cancellation)
    {
        var what = field("what");
        if (!(what is "agree" or "reopen" ? caller.Role.Curates() : caller.Role.ReadsWords())) return CauseEndpoints.MayNot;
        if (what == "begin") return await desk.SaveAsync(caller, new CauseChange(topic, null, [Answer(field)], CauseState.Draft, 0), cancellation);
        var chains = await boards.ReadAsync(caller.WorkspaceId, [topic], cancellation);
        if (what == "link") return await LinkAsync(caller, chains, field, cancellation);
        if (!Guid.TryParse(field("chain"), out var chainId)) return Error.NotFound("chain of causes");
        if (!long.TryParse(field("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version)) return Error.Invalid("/version", "is required");
        if (what == "undo") return await desk.RestoreAsync(caller, topic, chainId, version - 1, version, cancellation);
        if (chains.FirstOrDefault(c => c.Chain.ChainId == chainId) is not { } read) return Error.NotFound("chain of causes");
        var change = Step(read, what, field);
        if (change.Error is { } error) return error;
        return await desk.SaveAsync(caller, change.Value with { IfMatch = version }, cancellation);
    }

    /// <summary>What a step makes of a chain. Other words are another chain than the one that was agreed on.</summary>
    private Result<CauseChange> Step(CauseRead read, string what, Func<string, string> field)
    {
        var now = new CauseChange(read.Chain.Topic, read.Chain.ChainId, read.Whys, read.Chain.State, null);
        var at = Guid.TryParse(field("why"), out var id) ? id : Guid.Empty;
        return what switch
        {
            "agree" => now with { State = CauseState.Agreed },
            "reopen" => now with { State = CauseState.Draft },
            "remove" => now with { IsRemoved = true },
            "why" => now with { Whys = [.. read.Whys, Answer(field)], State = CauseState.Draft },
            "edit" => now with { Whys = [.. read.Whys.Select(w => w.WhyId == at ? w with { Text = field("text").Trim() } : w)], State = CauseState.Draft },
            "drop" when read.Whys.Count == 1 => now with { IsRemoved = true },
            "drop" => now with { Whys = [.. read.Whys.Where(w => w.WhyId != at)], State = CauseState.Draft },
            "unlink" => now with { Whys = [.. read.Whys.Select(w => w.WhyId == at ? w with { Evidence = [.. w.Evidence.Where(e => e.Id.ToString() != field("evidence"))] } : w)] },
            _ => Error.Invalid("/what", "is no change of causes"),
        };
    }

    /// <summary>Links evidence to an answer: no version is asked, for nobody's words change.</summary>
    private async Task<Result<CauseChain>> LinkAsync(Caller caller, IReadOnlyList<CauseRead> chains, Func<string, string> field, CancellationToken cancellation)
    {
        if (!Guid.TryParse(field("why"), out var at) || chains.FirstOrDefault(c => c.Whys.Any(w => w.WhyId == at)) is not { } read) return Error.NotFound("cause");
        if (await EvidenceAsync(caller, field("evidence"), cancellation) is not { } found) return Error.Invalid("/evidence", "is the number of a case or the address of a signal");
        var whys = read.Whys.Select(w => w.WhyId == at ? w with { Evidence = [.. w.Evidence.Append(found).Distinct()] } : w);
        return await desk.SaveAsync(caller, new CauseChange(read.Chain.Topic, read.Chain.ChainId, [.. whys], read.Chain.State, read.Chain.Version), cancellation);
    }

    /// <summary>A case by its number, a signal by its id; either also by its address. Null for what is neither.</summary>
    private async Task<CauseEvidence?> EvidenceAsync(Caller caller, string text, CancellationToken cancellation)
    {
        var last = text.Trim().TrimEnd('/').Split('/')[^1].TrimStart('#');
        if (Guid.TryParse(last, out var signal)) return new(EvidenceKind.Signal, signal);
        if (!long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        return await cases.IdOfAsync(caller.WorkspaceId, number, cancellation) is { } id ? new(EvidenceKind.Case, id) : null;
    }

    private Why Answer(Func<string, string> field) => new(time.NewId(), field("text").Trim(), []);
}
