using Hark.Domain.Common;
using Hark.Domain.Workspaces;

namespace Hark.Domain.Cases;

// What is written down beside the work: links to other cases, steps of a playbook.
public sealed partial class Case
{
    /// <summary>Says on both cases that they belong together; nothing else of them changes. Allowed in every state. Invalid for the case itself.</summary>
    /// <param name="linked">False takes the link away.</param>
    /// <returns>The change of this case and of the other; both versions rise.</returns>
    public Result<(CaseChange Own, CaseChange Other)> Link(Case other, bool linked, Actor actor, DateTimeOffset now)
    {
        if (other.CaseId == CaseId) return Error.Invalid("/to", "must be another case");
        var kind = linked ? CaseEventKind.Linked : CaseEventKind.Unlinked;
        var (own, theirs) = (Begin(actor, now), other.Begin(actor, now));
        own.Add(kind, detail: new() { CaseId = other.CaseId, Number = other.Number });
        theirs.Add(kind, detail: new() { CaseId = CaseId, Number = Number });
        return (own.Done(), theirs.Done());
    }

    /// <summary>A step of a playbook was done, or was not after all. A conflict unless open.</summary>
    public Result<CaseChange> Tick(string playbook, string step, bool done, Actor actor, DateTimeOffset now)
    {
        if (!IsOpen) return Wrong("worked on by a playbook");
        var change = Begin(actor, now);
        change.Add(done ? CaseEventKind.StepDone : CaseEventKind.StepUndone, detail: new() { Playbook = playbook, StepKey = step });
        return change.Done();
    }
}
