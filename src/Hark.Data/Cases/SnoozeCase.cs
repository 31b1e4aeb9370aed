using Hark.Domain.Common;

namespace Hark.Data.Cases;

/// <summary>Puts the case out of sight until a time; the clocks go on.</summary>
public sealed class SnoozeCase(CaseWriter cases)
{
    public Task<Result<CaseOutcomeOf>> RunAsync(CaseCommand command, DateTimeOffset until, CancellationToken cancellation = default) => cases.ChangeAsync(command,
        file => file.ApplyAsync(file.Case.Snooze(until, command.Actor, file.Now), cancellation), cancellation);
}
