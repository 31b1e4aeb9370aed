using Hark.Domain.Common;

namespace Hark.Data.Cases;

/// <summary>Brings a snoozed case back before its time.</summary>
public sealed class WakeCase(CaseWriter cases)
{
    public Task<Result<CaseOutcomeOf>> RunAsync(CaseCommand command, CancellationToken cancellation = default) => cases.ChangeAsync(command,
        file => file.ApplyAsync(file.Case.Wake(command.Actor, file.Now), cancellation), cancellation);
}
