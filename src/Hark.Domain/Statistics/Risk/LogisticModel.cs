using Hark.Domain.Statistics.Numerics;

namespace Hark.Domain.Statistics.Risk;

/// <summary>
/// A logistic regression of an outcome on a few features, with a ridge so that features that go together share the credit and no coefficient runs away (S. le Cessie
/// and J. C. van Houwelingen, Applied Statistics 41 (1992) 191-201). Features are standardised inside.
/// </summary>
public sealed class LogisticModel
{
    private readonly double[] _means, _deviations, _coefficients;
    private readonly double _intercept;

    private LogisticModel(double[] means, double[] deviations, double[] coefficients, double intercept) =>
        (_means, _deviations, _coefficients, _intercept) = (means, deviations, coefficients, intercept);

    /// <summary>Fits by Newton's method. Both outcomes must occur.</summary>
    /// <param name="rows">Features by row, all of one length; finite.</param>
    public static LogisticModel Fit(IReadOnlyList<double[]> rows, IReadOnlyList<bool> outcomes, double ridge = 1)
    {
        var width = rows[0].Length;
        var (means, deviations) = Standardise(rows, width);
        var beta = new double[width + 1];
        for (var step = 0; step < 50; step++)
        {
            if (Step(rows, outcomes, means, deviations, beta, ridge) is not { } change) break;
            for (var i = 0; i <= width; i++) beta[i] += change[i];
            if (change.Max(Math.Abs) < 1e-10) break;
        }

        return new(means, deviations, beta[..width], beta[width]);
    }

    /// <summary>Log-odds of the outcome.</summary>
    public double LogOdds(ReadOnlySpan<double> row)
    {
        var sum = _intercept;
        for (var i = 0; i < _coefficients.Length; i++) sum += Part(i, row[i]);
        return sum;
    }

    /// <summary>What each feature adds to the log-odds beside an average row: the reasons.</summary>
    public double[] Reasons(double[] row) => [.. row.Select((value, i) => Part(i, value))];

    private double Part(int feature, double value) => _coefficients[feature] * (value - _means[feature]) / _deviations[feature];

    private static (double[] Means, double[] Deviations) Standardise(IReadOnlyList<double[]> rows, int width)
    {
        var (means, deviations) = (new double[width], new double[width]);
        for (var i = 0; i < width; i++)
        {
            var sample = Sample.Of(rows.Select(r => r[i]).ToArray());
            means[i] = sample.Mean;
            deviations[i] = sample.Variance is > 0 and var variance ? Math.Sqrt(variance) : 1;
        }

        return (means, deviations);
    }

    private static double[]? Step(IReadOnlyList<double[]> rows, IReadOnlyList<bool> outcomes, double[] means, double[] deviations, double[] beta, double ridge)
    {
        var width = beta.Length;
        var (information, score, x) = (new double[width, width], new double[width], new double[width]);
        x[^1] = 1;
        for (var r = 0; r < rows.Count; r++)
        {
            var odds = beta[^1];
            for (var i = 0; i < width - 1; i++)
            {
                x[i] = (rows[r][i] - means[i]) / deviations[i];
                odds += beta[i] * x[i];
            }

            var p = 1 / (1 + Math.Exp(-odds));
            for (var i = 0; i < width; i++)
            {
                score[i] += x[i] * ((outcomes[r] ? 1 : 0) - p);
                for (var j = 0; j <= i; j++) information[i, j] += p * (1 - p) * x[i] * x[j];
            }
        }

        for (var i = 0; i < width - 1; i++)
        {
            score[i] -= ridge * beta[i];
            information[i, i] += ridge;
        }

        return SymmetricMatrix.Solve(information, score);
    }
}
