namespace Hark.Domain.Workspaces;

/// <summary>What a member may do, widest first. Team scope narrows it further: see <see cref="RoleRights"/>.</summary>
public enum Role { Administrator, ProgrammeOwner, Analyst, TeamLead, Agent, Viewer }

/// <summary>What a key may do. Source keys may only <see cref="Send"/>; personal tokens have one of the others, and never more than their member's role.</summary>
public enum KeyScope { Send, Read, Write, Admin }

/// <summary>The rights behind each role, in one place; queries and endpoints ask here.</summary>
public static class RoleRights
{
    /// <summary>Sees every team's cases and words. The others see their own teams' words, and everywhere only numbers.</summary>
    public static bool SeesAllTeams(this Role role) => role is Role.Administrator or Role.ProgrammeOwner or Role.Analyst;

    /// <summary>Reads customers' words and personal data, as far as <see cref="SeesAllTeams"/> and their teams reach. A viewer sees numbers.</summary>
    public static bool ReadsWords(this Role role) => role is not Role.Viewer;

    /// <summary>Works on cases: acknowledge, reply, resolve.</summary>
    public static bool WorksOnCases(this Role role) => role is Role.Administrator or Role.ProgrammeOwner or Role.TeamLead or Role.Agent;

    /// <summary>Changes rules, clocks, sources and the other settings of the workspace.</summary>
    public static bool Configures(this Role role) => role is Role.Administrator or Role.ProgrammeOwner;

    /// <summary>Manages members, keys and the audit log.</summary>
    public static bool Administers(this Role role) => role is Role.Administrator;

    /// <summary>May correct facts and merge contacts.</summary>
    public static bool Curates(this Role role) => role is not (Role.Agent or Role.Viewer);

    /// <summary>The widest scope that a token of this role can have; what the role may do within it is asked above.</summary>
    public static KeyScope WidestScope(this Role role) => role switch
    {
        Role.Administrator or Role.ProgrammeOwner => KeyScope.Admin,
        Role.Analyst or Role.TeamLead or Role.Agent => KeyScope.Write,
        Role.Viewer => KeyScope.Read,
    };
}
