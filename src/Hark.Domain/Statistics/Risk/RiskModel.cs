namespace Hark.Domain.Statistics.Risk;

/// <summary>How good a model is on those it was not fitted to.</summary>
/// <param name="Count">Known outcomes, and how many of them happened.</param>
/// <param name="Auc">Chance that one to whom it happened is ranked above one to whom it did not; 0.5 is guessing.</param>
/// <param name="CalibrationError">Mean distance between what was said and what happened, over tenths of the rows, 0 to 1.</param>
public readonly record struct RiskAccuracy(int Count, int Events, double Auc, double CalibrationError);

/// <summary>
/// The chance of an outcome (leaving, not buying again) by a linear model, calibrated on rows that it was not fitted to: five folds, then Platt's scaling (J. Platt, 1999)
/// of what the folds said about the rest.
/// </summary>
public sealed class RiskModel
{
    /// <summary>Fewer of either outcome than this say nothing; use a rule of thumb and say so.</summary>
    public const int FewestOfEach = 20;

    private const int Folds = 5;
    private readonly LogisticModel _model, _scale;

    private RiskModel(LogisticModel model, LogisticModel scale, RiskAccuracy accuracy) => (_model, _scale, Accuracy) = (model, scale, accuracy);

    public RiskAccuracy Accuracy { get; }

    /// <summary>Null when fewer than <see cref="FewestOfEach"/> of either outcome are known. Rows should come in no meaningful order; every fifth is a fold.</summary>
    public static RiskModel? Fit(IReadOnlyList<double[]> rows, IReadOnlyList<bool> outcomes)
    {
        var events = outcomes.Count(o => o);
        if (events < FewestOfEach || rows.Count - events < FewestOfEach) return null;
        var said = new double[rows.Count][];
        for (var fold = 0; fold < Folds; fold++)
        {
            var others = Enumerable.Range(0, rows.Count).Where(i => i % Folds != fold).ToArray();
            var model = LogisticModel.Fit([.. others.Select(i => rows[i])], [.. others.Select(i => outcomes[i])]);
            for (var i = fold; i < rows.Count; i += Folds) said[i] = [model.LogOdds(rows[i])];
        }

        var scale = LogisticModel.Fit(said, outcomes, 1e-6);
        var chances = said.Select(s => Chance(scale.LogOdds(s))).ToArray();
        return new(LogisticModel.Fit(rows, outcomes), scale, new(rows.Count, events, Auc(chances, outcomes), CalibrationError(chances, outcomes)));
    }

    /// <summary>The chance of the outcome, 0 to 1.</summary>
    public double Chance(double[] row) => Chance(_scale.LogOdds([_model.LogOdds(row)]));

    /// <summary>What each feature adds to the log-odds, beside the average.</summary>
    public double[] Reasons(double[] row) => _model.Reasons(row);

    private static double Chance(double logOdds) => 1 / (1 + Math.Exp(-logOdds));

    // By ranks, the middle one for ties (H. B. Mann and D. R. Whitney 1947).
    private static double Auc(double[] chances, IReadOnlyList<bool> outcomes)
    {
        var order = Enumerable.Range(0, chances.Length).OrderBy(i => chances[i]).ToArray();
        var (sum, events) = (0.0, 0);
        for (var i = 0; i < order.Length;)
        {
            var end = i;
            while (end < order.Length && chances[order[end]] == chances[order[i]]) end++;
            for (var j = i; j < end; j++)
            {
                if (!outcomes[order[j]]) continue;
                events++;
                sum += (i + end + 1) / 2.0;
            }

            i = end;
        }

        return (sum - (events * (events + 1) / 2.0)) / events / (order.Length - events);
    }

    private static double CalibrationError(double[] chances, IReadOnlyList<bool> outcomes)
    {
        var order = Enumerable.Range(0, chances.Length).OrderBy(i => chances[i]).ToArray();
        var sum = 0.0;
        foreach (var tenth in order.Chunk(Math.Max(1, (order.Length + 9) / 10)))
            sum += Math.Abs(tenth.Sum(i => chances[i]) - tenth.Count(i => outcomes[i]));
        return sum / order.Length;
    }
}
