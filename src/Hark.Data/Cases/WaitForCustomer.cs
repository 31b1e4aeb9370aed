using Hark.Domain.Common;

namespace Hark.Data.Cases;

/// <summary>The next word is the customer's; the resolve clock stands still.</summary>
public sealed class WaitForCustomer(CaseWriter cases)
{
    public Task<Result<CaseOutcomeOf>> RunAsync(CaseCommand command, CancellationToken cancellation = default) => cases.ChangeAsync(command,
        file => file.ApplyAsync(file.Case.Wait(command.Actor, file.Now), cancellation), cancellation);
}
