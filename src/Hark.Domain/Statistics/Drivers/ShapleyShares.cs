namespace Hark.Domain.Statistics.Drivers;

/// <summary>
/// Each predictor's part of R squared as the mean of what it adds over all orders of entering (R. H. Lindeman, P. F. Merenda and R. Z. Gold, 1980; U. Groemping,
/// Journal of Statistical Software 17(1) (2006)), which is the Shapley value of the game R squared.
/// </summary>
public sealed class ShapleyShares
{
    /// <summary>Above this many predictors 2^p subsets are no longer worth their time; <see cref="RelativeWeights"/> come close.</summary>
    public const int MostPredictors = 15;

    private const double Pivot = 1e-10;
    private readonly int _p;
    private readonly double[] _fits;
    private readonly double[][] _swept;
    private readonly double[] _orders;

    /// <summary>A reusable work space for <paramref name="predictors"/> predictors, 1 to <see cref="MostPredictors"/>; not for two threads at once.</summary>
    public ShapleyShares(int predictors)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(predictors is >= 1 and <= MostPredictors, true, nameof(predictors));
        _p = predictors;
        _fits = new double[1 << predictors];
        _swept = [.. Enumerable.Range(0, predictors + 1).Select(_ => new double[(predictors + 1) * (predictors + 1)])];
        _orders = OrderWeights(predictors);
    }

    /// <summary>
    /// The shares from the correlations among predictors and those with the target. They add up to R squared. Exact: every subset is fitted, each from the one
    /// before it by one sweep of what is left, which costs about 3 * 2^p multiplications in all (0.5 ms for 15).
    /// </summary>
    public double[] Of(double[,] predictors, ReadOnlySpan<double> target)
    {
        var width = _p + 1;
        for (var i = 0; i < _p; i++)
        {
            for (var j = i; j < _p; j++) _swept[0][(i * width) + j] = predictors[i, j];
            _swept[0][(i * width) + _p] = target[i];
        }

        _swept[0][(_p * width) + _p] = 1;
        Visit(0, 0, 0);
        return Shares();
    }

    private void Visit(int next, int depth, int subset)
    {
        var from = _swept[depth];
        if (next == _p)
        {
            _fits[subset] = 1 - from[^1];
            return;
        }

        Visit(next + 1, depth, subset);
        Sweep(from, _swept[depth + 1], next);
        Visit(next + 1, depth + 1, subset | (1 << next));
    }

    // Takes one predictor out of the later ones and the target. One that has nothing of its own left changes nothing.
    private void Sweep(double[] from, double[] to, int pivot)
    {
        var width = _p + 1;
        var row = pivot * width;
        var scale = from[row + pivot] > Pivot ? 1 / from[row + pivot] : 0;
        for (var a = pivot + 1; a < width; a++)
        {
            var factor = from[row + a] * scale;
            for (var b = a; b < width; b++) to[(a * width) + b] = from[(a * width) + b] - (factor * from[row + b]);
        }
    }

    // The share of j is the sum of w(|T| - 1) R2(T) over the sets T with j, less that of w(|T|) R2(T) over those without. With c = both weights together
    // it is sum of c over the sets with j, less a sum over all: the sums of c by predictor come from halving the table once for each.
    private double[] Shares()
    {
        var all = 0.0;
        for (var subset = 0; subset < _fits.Length; subset++)
        {
            var size = int.PopCount(subset);
            var without = size < _p ? _orders[size] * _fits[subset] : 0;
            var with = size > 0 ? _orders[size - 1] * _fits[subset] : 0;
            all += without;
            _fits[subset] = with + without;
        }

        var shares = new double[_p];
        for (var j = _p - 1; j >= 0; j--)
        {
            var half = 1 << j;
            var sum = 0.0;
            for (var i = 0; i < half; i++)
            {
                sum += _fits[half + i];
                _fits[i] += _fits[half + i];
            }

            shares[j] = sum - all;
        }

        return shares;
    }

    // The share of the orders in which exactly a given set of so many comes first: s! (p - s - 1)! / p!.
    private static double[] OrderWeights(int p)
    {
        var weights = new double[p];
        weights[0] = 1.0 / p;
        for (var s = 1; s < p; s++) weights[s] = weights[s - 1] * s / (p - s);
        return weights;
    }
}
