using Hark.Domain.Common;

namespace Hark.Data.Cases;

/// <summary>Says on two cases that they belong together, or that they do not after all.</summary>
public sealed class LinkCase(CaseWriter cases)
{
    /// <param name="to">The other case; <c>not_found</c> when the actor may not see it.</param>
    public Task<Result<CaseOutcomeOf>> RunAsync(CaseCommand command, Guid to, bool linked, CancellationToken cancellation = default) => cases.ChangeAsync(
        command, (_, _) => Task.FromResult<IReadOnlyCollection<Guid>>([to]), async (file, visible) =>
        {
            if (!visible.TryGetValue(to, out var other)) return Error.NotFound("case to link to");
            var link = file.Case.Link(other.Case, linked, command.Actor, file.Now);
            if (link.Error is { } error) return error;
            await file.ApplyAsync(link.Value.Own, cancellation);
            return await other.ApplyAsync(link.Value.Other, cancellation);
        }, cancellation);
}
