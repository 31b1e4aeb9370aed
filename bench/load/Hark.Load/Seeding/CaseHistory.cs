using Hark.Data.Cases;
using Hark.Data.Intake;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Cases;
using Hark.Domain.Common;
using Hark.Domain.Signals;

namespace Hark.Load.Seeding;

/// <summary>Cases as rows: closed ones without clocks (the inbox does not look at them), open ones as intake would have opened them within the last hour.</summary>
internal sealed class CaseHistory(WorkspaceSnapshot workspace, int contacts, DateTimeOffset now)
{
    /// <summary>Far above the numbers that Hark hands out while it is measured.</summary>
    private const long FirstNumber = 10_000_000;
    private readonly Random _random = new(7);

    /// <summary>The insert of intake with the columns of a case that is over.</summary>
    public static BulkInsert<Case> Closed { get; } = new("cases", [.. IntakeStatements.Cases.Columns.Select(c => c.Name switch
    {
        "state" => new Column<Case, string>(c.Name, c.Type, _ => EnumNames<CaseState>.Of(CaseState.Verified)),
        "is_open" => new Column<Case, bool>(c.Name, c.Type, _ => false),
        "due_at" => new Column<Case, DateTimeOffset?>(c.Name, c.Type, _ => null),
        "join_key" => new Column<Case, Guid?>(c.Name, c.Type, _ => null),
        _ => c,
    })]);

    public List<Case> Close(int from, int count) =>
        [.. Enumerable.Range(from, count).Select(i => New(i, now.AddDays(-365).AddSeconds(i * 30L % (360 * 86_400))))];

    public (List<Case> Cases, List<CaseClock> Clocks) Open(int from, int count)
    {
        var (cases, clocks) = (new List<Case>(count), new List<CaseClock>(count * 4));
        var policies = WorkspacePolicies.Of(workspace);
        for (var i = from; i < from + count; i++)
        {
            var opened = New(i, now.AddSeconds(-_random.Next(3600)));
            var own = CaseClocks.Start(policies, opened, [], null, opened.OpenedAt);
            var (due, breached) = CaseClocks.RollUp(own, opened.Round);
            opened.FollowClocks(due, breached);
            cases.Add(opened);
            clocks.AddRange(own);
        }
        return (cases, clocks);
    }

    private Case New(int number, DateTimeOffset at)
    {
        var members = workspace.MembersOfTeam[workspace.Teams[0].TeamId].ToList();
        var opened = at.Trim();
        return Case.Open(new Case.Opening
        {
            WorkspaceId = workspace.WorkspaceId,
            CaseId = SeedId.Of(opened, number),
            Number = FirstNumber + number,
            Severity = number % 20 == 0 ? Severity.Critical : Severity.Routine,
            OpenedAt = opened,
            FirstSignalId = SeedId.Of(opened, number),
            SignalAt = opened,
            SourceId = workspace.Sources[0].SourceId,
            Channel = Channel.Web,
            Title = "Late delivery",
            JoinKey = SeedId.Of(opened, -number),
            ContactId = StoreSeed.ContactId(_random.Next(contacts)),
            Touchpoint = "delivery",
            Language = "en",
            TeamId = workspace.Teams[0].TeamId,
            AssigneeId = members.Count > 0 ? members[number % members.Count].MemberId : null,
            OpenedBy = "detractors@1",
        });
    }
}
