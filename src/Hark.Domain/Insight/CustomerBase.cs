using Hark.Domain.Common;

namespace Hark.Domain.Insight;

/// <summary>What the customers are like, by one dimension: what answers are weighted to.</summary>
/// <param name="Dimension">Such as cohort or channel.</param>
/// <param name="Strata">How many customers there are by value of it, in any unit.</param>
public sealed record CustomerBase(string Dimension, IReadOnlyDictionary<string, double> Strata)
{
    public const int MostStrata = 200;

    /// <summary>Nothing is known yet.</summary>
    public static CustomerBase None { get; } = new("", new Dictionary<string, double>());

    /// <param name="dimensions">Dimensions that there are.</param>
    public static Result<CustomerBase> Parse(string json, IReadOnlyCollection<string> dimensions) => InsightDocument.Parse<CustomerBase>(json, (document, errors) =>
    {
        if (document is { Dimension: "", Strata.Count: 0 }) return;
        if (document.Dimension is null || !dimensions.Contains(document.Dimension)) errors.Add("/dimension", $"must be one of {string.Join(", ", dimensions)}");
        if (document.Strata is null || document.Strata.Count is < 2 or > MostStrata)
        {
            errors.Add("/strata", $"needs 2 to {MostStrata} values with how many customers have each");
            return;
        }

        foreach (var (name, count) in document.Strata)
            if (!(count >= 0 && double.IsFinite(count))) errors.Add("/strata/" + name, "must be a number that is not negative");
        if (!(document.Strata.Values.Sum() > 0)) errors.Add("/strata", "has no customers");
    });

    public string ToJson() => InsightDocument.Write(this);
}
