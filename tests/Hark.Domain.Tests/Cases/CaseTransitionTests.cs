using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Sla;
using Hark.Domain.Workspaces;
using Xunit;

namespace Hark.Domain.Tests.Cases;

public sealed class CaseTransitionTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = Start.AddMinutes(10);
    private static readonly Guid Eva = Guid.CreateVersion7(Start);
    private static readonly Actor ByEva = Actor.Member(Eva);

    /// <summary>Every transition against every state: whether it is allowed.</summary>
    public static TheoryData<string, string> Table => new()
    {
        { "acknowledge", "new" },
        { "assign", "new acknowledged in_progress waiting" },
        { "start", "new acknowledged waiting" },
        { "reply", "new acknowledged in_progress waiting" },
        { "wait", "new acknowledged in_progress" },
        { "customer", "new acknowledged in_progress waiting resolved" },
        { "join", "new acknowledged in_progress waiting" },
        { "note", "new acknowledged in_progress waiting resolved verified merged" },
        { "snooze", "new acknowledged in_progress waiting" },
        { "severity", "new acknowledged in_progress waiting" },
        { "resolve", "new acknowledged in_progress waiting" },
        { "ask", "resolved" },
        { "yes", "resolved" },
        { "no", "resolved" },
        { "silence", "resolved" },
        { "reopen", "resolved verified" },
        { "merge", "new acknowledged in_progress waiting" },
        { "undo", "merged" },
        { "call", "new acknowledged in_progress waiting" },
        { "called", "new acknowledged in_progress waiting resolved verified merged" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void A_transition_is_allowed_in_these_states_and_a_conflict_in_all_others(string act, string allowed)
    {
        foreach (var state in Enum.GetValues<CaseState>())
        {
            var c = In(state);
            var version = c.Version;
            var error = Do(c, act);
            if (allowed.Split(' ').Contains(EnumNames<CaseState>.Of(state)))
            {
                Assert.True(error is null, $"{act} in {state}: {error?.Detail}");
                Assert.Equal(version + 1, c.Version);
            }
            else
            {
                Assert.True(error is { Kind: ErrorKind.Conflict, Code: ErrorCodes.CaseState }, $"{act} in {state} was allowed");
                Assert.Equal((state, version), (c.State, c.Version));
            }
        }
    }

    [Fact]
    public void The_first_act_acknowledges_and_takes_the_case()
    {
        var c = Open();
        var change = c.Reply("We are on it", wait: true, ByEva, Later).Value;
        Assert.Equal((CaseState.Waiting, Later, Later, Eva), (c.State, c.AcknowledgedAt!.Value, c.RespondedAt!.Value, c.AssigneeId!.Value));
        Assert.Equal([CaseEventKind.Acknowledged, CaseEventKind.Assigned, CaseEventKind.Replied, CaseEventKind.WaitingForCustomer], change.Facts.Select(f => f.Kind));
        Assert.Equal(
            [new ClockOrder(ClockKind.Acknowledge, ClockAct.Meet), new(ClockKind.Respond, ClockAct.Meet), new(ClockKind.Resolve, ClockAct.Pause, "waiting_for_customer")],
            change.Orders);
    }

    [Fact]
    public void Assigning_does_not_acknowledge()
    {
        var c = Open();
        var change = c.Assign(null, Eva, ByEva, Later).Value;
        Assert.Equal((CaseState.New, (DateTimeOffset?)null), (c.State, c.AcknowledgedAt));
        Assert.Empty(change.Orders);
    }

    [Fact]
    public void Assigning_to_who_has_it_changes_nothing()
    {
        var c = Open();
        c.Assign(null, Eva, ByEva, Later);
        var version = c.Version;
        Assert.Same(CaseChange.None, c.Assign(null, Eva, ByEva, Later).Value);
        Assert.Equal(version, c.Version);
    }

    [Theory]
    [InlineData(CaseOutcome.Fixed, true, VerificationState.Asked)]
    [InlineData(CaseOutcome.Declined, true, VerificationState.Asked)]
    [InlineData(CaseOutcome.Fixed, false, VerificationState.NotAsked)]
    [InlineData(CaseOutcome.Duplicate, true, VerificationState.NotAsked)]
    [InlineData(CaseOutcome.NoActionNeeded, true, VerificationState.NotAsked)]
    public void Resolving_asks_who_can_be_asked_about_what_was_solved(CaseOutcome outcome, bool canAsk, VerificationState expected)
    {
        var c = Open();
        var change = c.Resolve("courier", outcome, canAsk, ByEva, Later).Value;
        Assert.Equal((expected, false, null), (c.Verification, c.IsOpen, c.JoinKey));
        Assert.Equal(expected != VerificationState.Asked, change.Orders.Contains(new(ClockKind.Verify, ClockAct.Cancel)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void Resolving_needs_a_root_cause(string rootCause) =>
        Assert.Contains("/root_cause", Open().Resolve(rootCause, CaseOutcome.Fixed, true, ByEva, Later).Error!.Fields!.Keys);

    [Fact]
    public void A_no_opens_a_fresh_round_with_fresh_clocks_and_the_key_back()
    {
        var c = Open();
        var key = c.JoinKey;
        c.Resolve("courier", CaseOutcome.Fixed, true, ByEva, Later);
        var change = c.Verify(false, "still broken", key, Actor.Customer, Later.AddHours(1)).Value;
        Assert.Equal((CaseState.InProgress, true, 2, key, VerificationState.Denied), (c.State, c.IsOpen, c.Round, c.JoinKey, c.Verification));
        Assert.Equal((null, null, null), (c.RootCause, c.Outcome, c.ResolvedAt));
        Assert.Equal([ClockKind.Respond, ClockKind.Resolve, ClockKind.Verify], change.Orders.Where(o => o.Act == ClockAct.Restart).Select(o => o.Kind));
        Assert.Equal([CaseEventKind.Denied, CaseEventKind.Reopened], change.Facts.Select(f => f.Kind));
    }

    [Fact]
    public void Merging_and_undoing_restores_both_cases()
    {
        var (a, b) = (Open(), Open());
        a.Snooze(Start.AddDays(2), ByEva, Later);
        var before = (a.State, a.IsOpen, a.JoinKey, a.SnoozedUntil, a.SignalCount);
        var (merged, _) = a.MergeInto(b, ByEva, Later).Value;
        Assert.Equal((CaseState.Merged, b.CaseId, null, 2), (a.State, a.MergedInto!.Value, a.JoinKey, b.SignalCount));
        var detail = merged.Facts[0].Detail!;
        Assert.True(a.UndoMerge(detail, detail.JoinKey, [b], ByEva, Later.AddHours(1)).Ok);
        Assert.Equal(before, (a.State, a.IsOpen, a.JoinKey, a.SnoozedUntil, a.SignalCount));
        Assert.Equal((1, (Guid?)null), (b.SignalCount, a.MergedInto));
    }

    [Fact]
    public void A_case_cannot_be_merged_into_itself_or_a_closed_one()
    {
        var (a, b) = (Open(), In(CaseState.Resolved));
        Assert.Equal(ErrorKind.Invalid, a.MergeInto(a, ByEva, Later).Error!.Kind);
        Assert.Equal(ErrorCodes.CaseState, a.MergeInto(b, ByEva, Later).Error!.Code);
    }

    [Fact]
    public void A_joined_signal_raises_the_severity_and_continues_a_waiting_case()
    {
        var c = In(CaseState.Waiting);
        var change = c.Join(Eva, Severity.Critical, Actor.Rule("r"), Later).Value;
        Assert.Equal((CaseState.InProgress, Severity.Critical, 2), (c.State, c.Severity, c.SignalCount));
        Assert.Contains(new(ClockKind.Resolve, ClockAct.Resume), change.Orders);
        Assert.Contains(new(ClockKind.Respond, ClockAct.Retarget), change.Orders);
    }

    [Fact]
    public void A_clock_that_went_backwards_does_not_take_the_last_change_back()
    {
        var c = In(CaseState.InProgress);
        var updated = c.UpdatedAt;
        c.AddNote("hm", [], ByEva, Start.AddHours(-5));
        Assert.Equal(updated, c.UpdatedAt);
    }

    [Fact]
    public void Slots_and_snoozes_out_of_range_are_refused()
    {
        var c = Open();
        Assert.Contains("/until", c.Snooze(Start, ByEva, Start).Error!.Fields!.Keys);
        Assert.Contains("/until", c.Snooze(Start.AddDays(400), ByEva, Start).Error!.Fields!.Keys);
        Assert.Contains("/slot_end", c.RequestCallBack(Eva, Later, Later, ByEva, Start).Error!.Fields!.Keys);
        Assert.Contains("/slot_end", c.RequestCallBack(Eva, Later, Later.AddHours(13), ByEva, Start).Error!.Fields!.Keys);
        Assert.Contains("/slot_end", c.RequestCallBack(Eva, Start.AddHours(-3), Start.AddHours(-2), ByEva, Start).Error!.Fields!.Keys);
        Assert.Contains("/slot_start", c.RequestCallBack(Eva, Start.AddDays(400), Start.AddDays(400).AddHours(1), ByEva, Start).Error!.Fields!.Keys);
    }

    internal static Case Open() => Case.Open(new()
    {
        WorkspaceId = Guid.CreateVersion7(Start),
        CaseId = Guid.CreateVersion7(Start),
        Number = 1,
        Severity = Severity.Routine,
        OpenedAt = Start,
        FirstSignalId = Guid.CreateVersion7(Start),
        SignalAt = Start,
        SourceId = Guid.CreateVersion7(Start),
        Channel = Channel.Web,
        JoinKey = Guid.CreateVersion7(Start),
    });

    private static Case In(CaseState state)
    {
        var c = Open();
        switch (state)
        {
            case CaseState.New: break;
            case CaseState.Acknowledged: c.Acknowledge(ByEva, Start); break;
            case CaseState.InProgress: c.Start(ByEva, Start); break;
            case CaseState.Waiting: c.Wait(ByEva, Start); break;
            case CaseState.Resolved: c.Resolve("x", CaseOutcome.Fixed, true, ByEva, Start); break;
            case CaseState.Verified: c.Resolve("x", CaseOutcome.Fixed, true, ByEva, Start); c.Verify(true, null, null, Actor.Customer, Start); break;
            case CaseState.Merged: c.MergeInto(Open(), ByEva, Start); break;
        }
        Assert.Equal(state, c.State);
        return c;
    }

    private static Error? Do(Case c, string act) => act switch
    {
        "acknowledge" => c.Acknowledge(ByEva, Later).Error,
        "assign" => c.Assign(Guid.CreateVersion7(Later), null, ByEva, Later).Error,
        "start" => c.Start(ByEva, Later).Error,
        "reply" => c.Reply("text", false, ByEva, Later).Error,
        "wait" => c.Wait(ByEva, Later).Error,
        "customer" => c.CustomerReplied("text", null, Later).Error,
        "join" => c.Join(Eva, Severity.Routine, ByEva, Later).Error,
        "note" => c.AddNote("text", [], ByEva, Later).Error,
        "snooze" => c.Snooze(Later.AddDays(1), ByEva, Later).Error,
        "severity" => c.ChangeSeverity(Severity.Critical, ByEva, Later).Error,
        "resolve" => c.Resolve("x", CaseOutcome.Fixed, true, ByEva, Later).Error,
        "ask" => c.AskVerification(ByEva, Later).Error,
        "yes" => c.Verify(true, null, null, Actor.Customer, Later).Error,
        "no" => c.Verify(false, null, null, Actor.Customer, Later).Error,
        "silence" => c.CloseUnverified(ByEva, Later).Error,
        "reopen" => c.Reopen(null, null, ByEva, Later).Error,
        "merge" => c.MergeInto(Open(), ByEva, Later).Error,
        "undo" => c.UndoMerge(new CaseDetail { From = CaseState.New }, null, [Open()], ByEva, Later).Error,
        "call" => c.RequestCallBack(Eva, Later, Later.AddHours(1), ByEva, Later).Error,
        "called" => c.CallBackDone(Eva, null, ByEva, Later).Error,
        _ => throw new ArgumentOutOfRangeException(nameof(act)),
    };
}
