namespace Hark.Domain.Workspaces;

/// <summary>What kind of hand made a change.</summary>
public enum ActorKind { System, Rule, Member, Customer, Source }

/// <summary>Who made a change, for timelines and the audit log.</summary>
/// <param name="Id">A member's, contact's or source's id in text, or a rule's or worker's name.</param>
public sealed record Actor(ActorKind Kind, string Id)
{
    public static Actor System(string worker) => new(ActorKind.System, worker);
    public static Actor Rule(string ruleId) => new(ActorKind.Rule, ruleId);
    public static Actor Member(Guid memberId) => new(ActorKind.Member, memberId.ToString());

    /// <summary>The customer, answering through a signed link.</summary>
    public static Actor Customer { get; } = new(ActorKind.Customer, "link");
}
