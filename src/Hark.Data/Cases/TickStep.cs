using Hark.Domain.Common;

namespace Hark.Data.Cases;

/// <summary>Ticks a step of a playbook off, or on again.</summary>
public sealed class TickStep(CaseWriter cases)
{
    public Task<Result<CaseOutcomeOf>> RunAsync(CaseCommand command, string playbook, string step, bool done, CancellationToken cancellation = default) => cases.ChangeAsync(command,
        file => file.ApplyAsync(file.Case.Tick(playbook, step, done, command.Actor, file.Now), cancellation), cancellation);
}
