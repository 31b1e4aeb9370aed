using Hark.Data.Cases;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Cases.Desk;
using Hark.Web.Infrastructure.Auth;

namespace Hark.Web.Features.Inbox;

/// <summary>What is at hand for a person on a case: snippets, macros, the playbook. What belongs to a team is for its members, and for those who see all teams.</summary>
internal static class Desk
{
    public static IReadOnlyList<Macro> Macros(Caller caller) => [.. WorkspacePolicies.Of(caller.Workspace).Macros.Macros.Where(m => IsFor(caller, m.Team))];

    /// <summary>A macro by its key; null for those of other teams too.</summary>
    public static Macro? Macro(Caller caller, string? key) => Macros(caller).FirstOrDefault(m => m.Key == key);

    /// <summary>Snippets that fit the words, those of the case's language first.</summary>
    public static IReadOnlyList<Snippet> Snippets(Caller caller, string? language, string words, int most) =>
    [
        .. WorkspacePolicies.Of(caller.Workspace).Snippets.Snippets.Where(s => IsFor(caller, s.Team) && (words.Length == 0 || Fits(s, words)))
            .OrderByDescending(s => s.Language == language).ThenByDescending(s => s.Language is null).ThenBy(s => s.Name, StringComparer.CurrentCultureIgnoreCase).Take(most),
    ];

    public static Playbook? PlaybookOf(WorkspaceSnapshot workspace, CaseDetails details)
    {
        var first = details.Signals.FirstOrDefault(s => s.Signal.SignalId == details.Case.FirstSignalId).Signal;
        var team = details.Case.TeamId is { } id ? workspace.TeamById.GetValueOrDefault(id)?.Key : null;
        return WorkspacePolicies.Of(workspace).Playbooks.Of(details.Case, team, [.. SignalJson.TopicKeys(first?.Topics)]);
    }

    private static bool IsFor(Caller caller, string? team) => team is null || (caller.Workspace.TeamByKey.GetValueOrDefault(team) is { } known && caller.SeesTeam(known.TeamId));

    private static bool Fits(Snippet snippet, string words) => snippet.Name.Contains(words, StringComparison.CurrentCultureIgnoreCase) || snippet.Key.StartsWith(words, StringComparison.OrdinalIgnoreCase)
        || snippet.Text.Contains(words, StringComparison.CurrentCultureIgnoreCase);
}
