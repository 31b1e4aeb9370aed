using Hark.Domain.Statistics.Numerics;

namespace Hark.Domain.Statistics.Drivers;

/// <summary>
/// Johnson's relative weights: each predictor's part of R squared, by way of the orthogonal variables nearest to the predictors (J. W. Johnson, Multivariate
/// Behavioral Research 35 (2000) 1-19). Close to Shapley shares at a cost that does not grow exponentially.
/// </summary>
public static class RelativeWeights
{
    /// <summary>
    /// The weights from the correlations among predictors and those with the target. They add up to R squared. Predictors may be collinear: a direction without
    /// variance carries nothing.
    /// </summary>
    public static double[] Of(double[,] predictors, ReadOnlySpan<double> target)
    {
        var n = target.Length;
        var (values, vectors) = SymmetricMatrix.Eigen(predictors);
        var (root, inverse) = (new double[n], new double[n]);
        for (var k = 0; k < n; k++)
        {
            root[k] = Math.Sqrt(Math.Max(0, values[k]));
            inverse[k] = root[k] > SymmetricMatrix.Singular ? 1 / root[k] : 0;
        }

        // beta = Q D^-1/2 Q' r: the regression of the target on the orthogonal variables.
        var rotated = new double[n];
        for (var k = 0; k < n; k++)
        {
            for (var i = 0; i < n; i++) rotated[k] += vectors[i, k] * target[i] * inverse[k];
        }

        var weights = new double[n];
        for (var j = 0; j < n; j++)
        {
            var (beta, loading) = (0.0, new double[n]);
            for (var k = 0; k < n; k++) beta += vectors[j, k] * rotated[k];
            for (var i = 0; i < n; i++)
            {
                for (var k = 0; k < n; k++) loading[i] += vectors[i, k] * root[k] * vectors[j, k];
                weights[i] += loading[i] * loading[i] * beta * beta;
            }
        }

        return weights;
    }
}
