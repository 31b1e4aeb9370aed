using Hark.Domain.Common;

namespace Hark.Data.Cases;

/// <summary>Work begins, or goes on after waiting.</summary>
public sealed class StartCase(CaseWriter cases)
{
    public Task<Result<CaseOutcomeOf>> RunAsync(CaseCommand command, CancellationToken cancellation = default) => cases.ChangeAsync(command,
        file => file.ApplyAsync(file.Case.Start(command.Actor, file.Now), cancellation), cancellation);
}
