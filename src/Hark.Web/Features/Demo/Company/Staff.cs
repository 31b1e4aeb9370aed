using Hark.Domain.Workspaces;

namespace Hark.Web.Features.Demo.Company;

/// <param name="Team">Null for those who see all teams.</param>
internal sealed record Colleague(string Email, string Name, Role Role, string? Team, string[] Languages);

/// <summary>Who works at Vesna Outdoor.</summary>
internal static class Staff
{
    /// <summary>Who signs in to look around. The password is no secret: everything in the store is made up, and both are printed at every start.</summary>
    public const string DemoEmail = "demo@hark.example", DemoPassword = "hark-demo-2026";

    /// <summary>Who leads the support team.</summary>
    public const string LeadEmail = "eva@vesna.example";

    public static Colleague[] All { get; } =
    [
        new(DemoEmail, "Demo Administrator", Role.Administrator, null, ["en"]),
        new("barbora@vesna.example", "Barbora Říhová", Role.ProgrammeOwner, null, ["cs", "en"]),
        new("filip@vesna.example", "Filip Novotný", Role.Analyst, null, ["cs", "en"]),
        new("director@vesna.example", "Vesna Horáková", Role.Viewer, null, ["cs", "en"]),
        new(LeadEmail, "Eva Malá", Role.TeamLead, Sources.Support, ["cs", "en"]),
        new("tomas@vesna.example", "Tomáš Krejčí", Role.Agent, Sources.Support, ["cs", "sk", "en"]),
        new("irina@vesna.example", "Irina Volkova", Role.Agent, Sources.Support, ["ru", "bg", "en"]),
        new("nasrin@vesna.example", "Nasrin Karimi", Role.Agent, Sources.Support, ["fa", "en"]),
        new("daniela@vesna.example", "Daniela Petrova", Role.Agent, Sources.Support, ["bg", "en"]),
        new("zuzana@vesna.example", "Zuzana Kováčová", Role.Agent, Sources.Support, ["sk", "cs"]),
        new("karel@vesna.example", "Karel Dostál", Role.TeamLead, Sources.Logistics, ["cs", "sk", "en"]),
        new("stoyan@vesna.example", "Stoyan Kolev", Role.Agent, Sources.Logistics, ["bg", "ru", "en"]),
        new("leila@vesna.example", "Leila Ahmadi", Role.Agent, Sources.Logistics, ["fa", "en", "cs"]),
        new("helena@vesna.example", "Helena Šimková", Role.TeamLead, Sources.Shops, ["cs", "sk"]),
        new("georgi@vesna.example", "Georgi Angelov", Role.Agent, Sources.Shops, ["bg", "en"]),
        new("ondrej@vesna.example", "Ondřej Veselý", Role.TeamLead, Sources.Product, ["cs", "en"]),
        new("anna@vesna.example", "Anna Fischer", Role.Agent, Sources.Product, ["en", "ru", "bg"]),
        new("jakub@vesna.example", "Jakub Hájek", Role.TeamLead, Sources.Success, ["cs", "en"]),
        new("sofia@vesna.example", "Sofia Marinova", Role.Agent, Sources.Success, ["bg", "en", "sk"]),
    ];

    /// <summary>Names by which customers thank the support team.</summary>
    public static string[] FirstNames { get; } = [.. All.Where(c => c.Team == Sources.Support).Select(c => c.Name.Split(' ')[0])];

    public static (string Key, string Name)[] Teams { get; } =
        [(Sources.Support, "Support"), (Sources.Logistics, "Logistics"), (Sources.Shops, "Stores"), (Sources.Product, "Product"), (Sources.Success, "Customer success")];
}
