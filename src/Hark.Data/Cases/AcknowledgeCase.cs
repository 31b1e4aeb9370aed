using Hark.Domain.Common;

namespace Hark.Data.Cases;

/// <summary>Says that a person has the case.</summary>
public sealed class AcknowledgeCase(CaseWriter cases)
{
    public Task<Result<CaseOutcomeOf>> RunAsync(CaseCommand command, CancellationToken cancellation = default) => cases.ChangeAsync(command,
        file => file.ApplyAsync(file.Case.Acknowledge(command.Actor, file.Now), cancellation), cancellation);
}
