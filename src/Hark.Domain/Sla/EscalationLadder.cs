using System.Collections.Immutable;
using Hark.Domain.Common;

namespace Hark.Domain.Sla;

/// <summary>Who is told.</summary>
public enum NoticeTo { Assignee, Team, TeamLead, Member, Role }

/// <summary>A receiver of an escalation: <c>assignee</c>, <c>team</c>, <c>team_lead</c>, <c>member:ID</c> or <c>role:NAME</c>.</summary>
/// <param name="Id">The member's id or the role's name; null for the others.</param>
public sealed record Recipient(NoticeTo To, string? Id = null)
{
    internal const string Form = "must be assignee, team, team_lead, member:ID or role:NAME";

    public static bool TryParse(string text, out Recipient recipient)
    {
        var (name, id) = text.Split(':', 2) is [var n, var i] ? (n, i) : (text, null);
        var known = EnumNames<NoticeTo>.TryParse(name, out var to);
        recipient = new(to, id);
        return known && (to switch
        {
            NoticeTo.Member => Guid.TryParse(id, out _),
            NoticeTo.Role => !string.IsNullOrWhiteSpace(id) && id.Length <= 64,
            _ => id is null,
        });
    }

    public override string ToString() => Id is null ? EnumNames<NoticeTo>.Of(To) : $"{EnumNames<NoticeTo>.Of(To)}:{Id}";
}

/// <summary>One rung.</summary>
/// <param name="After">Working time of the clock's calendar from the due time; negative is before it.</param>
/// <param name="Notify">Who is told.</param>
/// <param name="Reassign">Who gets the case (member, team lead or team), or null to leave it.</param>
/// <param name="RaiseSeverity">Whether the case becomes critical.</param>
public sealed record EscalationStep(TimeSpan After, ImmutableArray<Recipient> Notify, Recipient? Reassign = null, bool RaiseSeverity = false);

/// <summary>
/// What happens, step by step, around and after a due time that is not met. Steps are in order of <see cref="EscalationStep.After"/>. Their times count in the
/// clock's own calendar and stand still while it is paused, so nobody is woken for a clock that sleeps.
/// </summary>
public sealed record EscalationLadder(string Key, ImmutableArray<EscalationStep> Steps)
{
    /// <summary>More rungs than any organisation has levels.</summary>
    public const int MostSteps = 20;

    /// <summary>For ordinary clocks: the assignee and the lead at the due time, the team lead takes over after four hours more.</summary>
    public static EscalationLadder Default { get; } = new(
        "default",
        [
            new(TimeSpan.Zero, [new(NoticeTo.Assignee), new(NoticeTo.TeamLead)]),
            new(TimeSpan.FromHours(4), [new(NoticeTo.TeamLead)], Reassign: new(NoticeTo.TeamLead)),
        ]);

    /// <summary>For critical cases: the team at the due time, the lead after half an hour; whoever runs the programme is alerted within 24 hours of the opening
    /// (acknowledge target 30 minutes and 23½ hours more).</summary>
    public static EscalationLadder Critical { get; } = new(
        "critical",
        [
            new(TimeSpan.Zero, [new(NoticeTo.Assignee), new(NoticeTo.Team)]),
            new(TimeSpan.FromMinutes(30), [new(NoticeTo.TeamLead)], Reassign: new(NoticeTo.TeamLead)),
            new(TimeSpan.FromHours(23.5), [new(NoticeTo.TeamLead), new(NoticeTo.Role, "programme_owner")]),
        ]);

    /// <summary>The rung after those already taken, or null at the top.</summary>
    public EscalationStep? NextStep(int taken) => taken < Steps.Length ? Steps[taken] : null;

    internal static EscalationLadder Read(JsonFields fields, InputErrors errors)
    {
        var steps = new List<(EscalationStep Step, string Pointer)>();
        if (fields.Get("steps", required: true) is not null)
        {
            foreach (var (item, pointer) in fields.List("steps", MostSteps))
                JsonFields.Read(item, pointer, errors, step => steps.Add((ReadStep(step, errors), pointer)));
        }
        for (var i = 1; i < steps.Count; i++)
            if (steps[i].Step.After <= steps[i - 1].Step.After) errors.Add(steps[i].Pointer + "/after", "must be later than the step before");
        return new(fields.Key("key") ?? "", [.. steps.Select(s => s.Step)]);
    }

    private static EscalationStep ReadStep(JsonFields fields, InputErrors errors)
    {
        var notify = new List<Recipient>();
        var named = fields.Get("reassign") is not null;
        foreach (var (text, pointer) in fields.Texts("notify", 20))
        {
            named = true;
            if (Recipient.TryParse(text, out var recipient)) notify.Add(recipient);
            else errors.Add(pointer, Recipient.Form);
        }
        Recipient? reassign = null;
        if (fields.Text("reassign") is { } owner)
        {
            if (Recipient.TryParse(owner, out var to) && to.To is NoticeTo.Member or NoticeTo.TeamLead or NoticeTo.Team) reassign = to;
            else fields.Error("reassign", "must be team, team_lead or member:ID");
        }
        var step = new EscalationStep(fields.Duration("after", required: true) ?? default, [.. notify], reassign, fields.Flag("raise_severity") ?? false);
        if (!named && !step.RaiseSeverity) errors.Add(fields.Pointer, "does nothing: name somebody to notify, reassign, or raise the severity");
        return step;
    }
}
