using Hark.Data.Aggregates;
using Hark.Data.Queries;
using Hark.Data.Workspaces;
using Hark.Domain.Common;

namespace Hark.Data.Insight;

/// <summary>The score to be explained.</summary>
public enum DriverTarget
{
    /// <summary>-100, 0 or 100 an answer, so that the mean is the NPS.</summary>
    Nps,

    /// <summary>100 for a satisfied answer, else 0: the mean is the share in percent.</summary>
    Csat,

    /// <summary>1 to 7.</summary>
    Ces,

    /// <summary>0 to 100.</summary>
    Score,
}

/// <summary>What may drive it.</summary>
public enum DriverGroup
{
    /// <summary>Topics of comments that are negative.</summary>
    Topic,

    /// <summary>What was reported as gone wrong.</summary>
    Issue,

    /// <summary>Numbers and truths that the sources send along.</summary>
    Attribute,
}

/// <summary>A checked question: what goes with the score?</summary>
/// <param name="Unit">The dimension whose values are compared for the best quartile; null takes the first that most answers have.</param>
public sealed record DriverQuestion(InsightPeriod Period, DriverTarget Target, IReadOnlyList<DriverGroup> By, string? Unit, int MinimumCount)
{
    /// <summary>Units, in the order in which they are tried; weeks are always there.</summary>
    public static IReadOnlyList<string> Units { get; } = [Dimensions.Location, Dimensions.Touchpoint, Dimensions.Source, Week];

    public const string Week = "week";

    public static Result<DriverQuestion> Read(QueryParameters query, WorkspaceSnapshot workspace, IReadOnlySet<Guid>? teams, DateTimeOffset now)
    {
        var name = query.One("target") ?? EnumNames<DriverTarget>.Of(DriverTarget.Nps);
        if (!EnumNames<DriverTarget>.TryParse(name, out var target))
            query.Errors.Add("target", $"must be {EnumNames<DriverTarget>.Choices}{Suggestion.Hint(name, EnumNames<DriverTarget>.All)}");
        var by = new List<DriverGroup>();
        foreach (var group in query.Many("by", split: true))
        {
            if (EnumNames<DriverGroup>.TryParse(group, out var known)) by.Add(known);
            else query.Errors.Add("by", $"must be {EnumNames<DriverGroup>.Choices}");
        }

        var unit = query.One("unit");
        if (unit is not null && !Units.Contains(unit)) query.Errors.Add("unit", $"must be one of {string.Join(", ", Units)}");
        var period = InsightPeriod.Read(query, workspace, teams, now);
        query.RefuseUnknown();
        if (query.Error is { } error) return error;
        return new DriverQuestion(period, target, by.Count > 0 ? by : [DriverGroup.Topic, DriverGroup.Attribute], unit, workspace.Workspace.MinimumCount);
    }
}
