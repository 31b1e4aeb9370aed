using Hark.Data.Cases;
using Hark.Web.Infrastructure.Auth;
using NodaTime;

namespace Hark.Web.Features.Inbox;

/// <summary>One of the fixed views at the side of the inbox.</summary>
/// <param name="Key">In the address, and in the texts as <c>inbox.view_{key}</c>.</param>
/// <param name="Waits">What waits for somebody else stands apart from what is to be done now.</param>
/// <param name="Filter">The cases of the view, for who asks and when.</param>
public sealed record InboxView(string Key, string Icon, bool Waits, Func<Caller, DateTimeOffset, CaseFilter> Filter)
{
    public static IReadOnlyList<InboxView> All { get; } =
    [
        new("mine", "user", false, (caller, _) => new() { Open = true, Snoozed = false, Waiting = false, AssigneeId = caller.Member?.MemberId }),
        new("unassigned", "user-question", false, (_, _) => new() { Open = true, Snoozed = false, Waiting = false, AssigneeId = Guid.Empty }),
        new("team", "users", false, (caller, _) => new() { Open = true, Snoozed = false, Waiting = false, TeamIds = TeamsOf(caller) }),
        new("breaching", "alarm", false, (_, now) => Breaching(now)),
        new("all", "inbox", false, (_, _) => new() { Open = true }),
        new("waiting", "hourglass", true, (_, _) => new() { Open = true, Waiting = true }),
        new("verify", "shield-check", true, (_, _) => new() { Open = false, Asked = true }),
        new("snoozed", "zzz", true, (_, _) => new() { Open = true, Snoozed = true }),
        new("calls", "phone", true, (caller, now) => new() { CallBefore = EndOfDay(caller, now) }),
    ];

    public static InboxView Usual => All[0];

    /// <summary>A clock has run out and the customer waits for us, whoever has the case and even while it is out of sight.</summary>
    public static CaseFilter Breaching(DateTimeOffset now) => new() { Open = true, Waiting = false, DueBefore = now };

    /// <summary>Whether there can be anything in it for this person.</summary>
    public bool IsFor(Caller caller) => Key != "team" || TeamsOf(caller).Count > 0;

    private static HashSet<Guid> TeamsOf(Caller caller) => caller.Member is { } member ? [.. caller.Workspace.TeamsOfMember[member.MemberId]] : [];

    /// <summary>Midnight in the workspace's zone.</summary>
    private static DateTimeOffset EndOfDay(Caller caller, DateTimeOffset now)
    {
        var zone = caller.Workspace.Zone;
        return Instant.FromDateTimeOffset(now).InZone(zone).Date.PlusDays(1).AtStartOfDayInZone(zone).ToDateTimeOffset().ToUniversalTime();
    }
}
