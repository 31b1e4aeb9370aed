using Hark.Domain.Statistics.Numerics;

namespace Hark.Domain.Statistics.Drivers;

/// <summary>
/// Sums of products of columns about fixed centres, which add up over parts of the rows. The last column is the target.
/// </summary>
internal sealed class CrossProducts(int columns)
{
    private readonly double[] _sums = new double[columns];
    private readonly double[] _products = new double[columns * columns];

    public int Columns => columns;
    public double Count { get; private set; }

    public void Add(ReadOnlySpan<double> centred)
    {
        Count++;
        for (var i = 0; i < columns; i++)
        {
            var value = centred[i];
            if (value == 0) continue;
            _sums[i] += value;
            for (var j = i; j < columns; j++) _products[(i * columns) + j] += value * centred[j];
        }
    }

    public void Add(CrossProducts other, double times)
    {
        Count += times * other.Count;
        for (var i = 0; i < _sums.Length; i++) _sums[i] += times * other._sums[i];
        for (var i = 0; i < _products.Length; i++) _products[i] += times * other._products[i];
    }

    public void Clear()
    {
        Count = 0;
        Array.Clear(_sums);
        Array.Clear(_products);
    }

    /// <summary>Mean about the centre that was subtracted.</summary>
    public double Mean(int column) => _sums[column] / Count;

    /// <summary>Covariance of two columns, divided by n.</summary>
    public double Covariance(int a, int b)
    {
        var product = a <= b ? _products[(a * columns) + b] : _products[(b * columns) + a];
        return (product / Count) - (Mean(a) * Mean(b));
    }

    /// <summary>Correlations of the chosen columns and of each with the target; a column that does not vary has none.</summary>
    public (double[,] Predictors, double[] Target) Correlations(ReadOnlySpan<int> chosen)
    {
        var deviations = new double[columns];
        for (var i = 0; i < columns; i++) deviations[i] = Math.Sqrt(Math.Max(0, Covariance(i, i)));
        var (predictors, target) = (new double[chosen.Length, chosen.Length], new double[chosen.Length]);
        for (var i = 0; i < chosen.Length; i++)
        {
            target[i] = Correlation(chosen[i], columns - 1);
            for (var j = 0; j < chosen.Length; j++) predictors[i, j] = i == j ? 1 : Correlation(chosen[i], chosen[j]);
        }

        return (predictors, target);

        double Correlation(int a, int b)
        {
            var scale = deviations[a] * deviations[b];
            return scale > 0 ? Covariance(a, b) / scale : 0;
        }
    }

    /// <summary>Coefficients of the least-squares fit in the units of the columns; null when the chosen columns are collinear here.</summary>
    public double[]? Coefficients(ReadOnlySpan<int> chosen)
    {
        var (predictors, target) = Correlations(chosen);
        if (SymmetricMatrix.Solve(predictors, target) is not { } beta) return null;
        var spread = Math.Sqrt(Math.Max(0, Covariance(columns - 1, columns - 1)));
        for (var i = 0; i < beta.Length; i++)
        {
            var own = Math.Sqrt(Math.Max(0, Covariance(chosen[i], chosen[i])));
            beta[i] = own > 0 ? beta[i] * spread / own : 0;
        }

        return beta;
    }
}
