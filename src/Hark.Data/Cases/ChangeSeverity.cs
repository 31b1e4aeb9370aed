using Hark.Domain.Common;
using Hark.Domain.Signals;

namespace Hark.Data.Cases;

/// <summary>Live clocks go on under the policies of the new severity.</summary>
public sealed class ChangeSeverity(CaseWriter cases)
{
    public Task<Result<CaseOutcomeOf>> RunAsync(CaseCommand command, Severity severity, CancellationToken cancellation = default) => cases.ChangeAsync(command,
        file => file.ApplyAsync(file.Case.ChangeSeverity(severity, command.Actor, file.Now), cancellation), cancellation);
}
