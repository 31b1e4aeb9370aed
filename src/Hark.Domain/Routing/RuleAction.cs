using Hark.Domain.Signals;

namespace Hark.Domain.Routing;

/// <summary>How the person for a case is chosen among a team's members.</summary>
public enum AssignmentStrategy
{
    /// <summary>Nobody: the case waits in the team's queue.</summary>
    Team,
    RoundRobin,
    LeastOpenWork,

    /// <summary>Somebody who speaks the signal's language, the least busy of them.</summary>
    LanguageSkill,
}

/// <summary>Whether a signal joins an open case instead of opening a second one.</summary>
public enum JoinMode
{
    /// <summary>An open case of the same contact about the same subject takes the signal.</summary>
    ContactAndSubject,
    Never,
}

/// <summary>What a rule does when it matches.</summary>
public abstract record RuleAction
{
    private protected RuleAction() { }
}

/// <param name="Severity">Null: the signal's own.</param>
/// <param name="Team">Null: the team that owns the source or touchpoint.</param>
/// <param name="Assignee">A member's key; then <paramref name="Assign"/> plays no part.</param>
/// <param name="Title">Null: made from the signal.</param>
/// <param name="Policy">Key of an SLA policy; null: chosen by channel, severity and segment.</param>
public sealed record OpenCase(
    Severity? Severity = null,
    string? Team = null,
    string? Assignee = null,
    AssignmentStrategy Assign = AssignmentStrategy.Team,
    string? Title = null,
    JoinMode Join = JoinMode.ContactAndSubject,
    string? Policy = null) : RuleAction;

public sealed record AddTags(IReadOnlyList<string> Tags) : RuleAction
{
    public bool Equals(AddTags? other) => other is not null && Tags.SequenceEqual(other.Tags);
    public override int GetHashCode() => Tags.Aggregate(0, HashCode.Combine);
}

/// <summary>Tells our own people.</summary>
/// <param name="Template">Null: the standard message.</param>
public sealed record Notify(Recipient To, string? Template = null) : RuleAction;

/// <summary>Offers the customer a call with a time slot.</summary>
public sealed record AskCallBack : RuleAction;

/// <param name="Endpoint">Key of a webhook endpoint.</param>
public sealed record CallWebhook(string Endpoint) : RuleAction;

/// <summary>Answers the customer on their channel by a template.</summary>
public sealed record AutoReply(string Template) : RuleAction;

public enum RecipientKind { Team, Member, Email }

/// <summary>Who is told: written <c>team:support</c>, <c>member:eva</c> or <c>eva@example.com</c>.</summary>
/// <param name="Key">The team's or member's key, or the address.</param>
public readonly record struct Recipient(RecipientKind Kind, string Key)
{
    public override string ToString() => Kind switch
    {
        RecipientKind.Team => "team:" + Key,
        RecipientKind.Member => "member:" + Key,
        RecipientKind.Email => Key,
    };
}
