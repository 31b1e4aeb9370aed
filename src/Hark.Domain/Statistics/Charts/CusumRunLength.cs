namespace Hark.Domain.Statistics.Charts;

/// <summary>
/// How many values of a normal process a CUSUM takes on average until it signals: how often it cries wolf, how soon it sees a shift. By the Markov chain of D. Brook
/// and D. A. Evans, Biometrika 59 (1972) 539-549; the two-sided figures by Lucas and Crosier 1982.
/// </summary>
public static class CusumRunLength
{
    private const int States = 161;

    /// <summary>Average run length of the two-sided chart.</summary>
    /// <param name="allowance">k in standard deviations.</param>
    /// <param name="interval">h in standard deviations.</param>
    /// <param name="shift">How far the mean lies from the target, in standard deviations.</param>
    /// <param name="headStart">In standard deviations.</param>
    public static double TwoSided(double allowance, double interval, double shift, double headStart = 0)
    {
        var (up, down) = (OneSided(allowance, interval, shift), OneSided(allowance, interval, -shift));
        var (high, low) = (At(up, interval, headStart), At(down, interval, headStart));
        // Lucas and Crosier 1982: with head starts the sides are no longer independent of the start.
        return ((high * down[0]) + (up[0] * low) - (up[0] * down[0])) / (up[0] + down[0]);
    }

    // Expected run length from every state; state i stands for sums about i * width, the first one for zero and what rounds to it.
    private static double[] OneSided(double allowance, double interval, double shift)
    {
        var width = Width(interval);
        var system = new double[States, States + 1];
        for (var i = 0; i < States; i++)
        {
            for (var j = 0; j < States; j++) system[i, j] = (i == j ? 1 : 0) - Step(i, j);
            system[i, States] = 1;
        }

        return Eliminate(system);

        double Step(int from, int to)
        {
            var mean = (from * width) - allowance + shift;
            var below = Normal.Cumulative(((to + 0.5) * width) - mean);
            return to == 0 ? below : below - Normal.Cumulative(((to - 0.5) * width) - mean);
        }
    }

    private static double Width(double interval) => interval / (States - 0.5);

    private static double At(double[] lengths, double interval, double sum)
    {
        var place = Math.Min(sum / Width(interval), States - 1);
        var floor = Math.Min((int)place, States - 2);
        return lengths[floor] + ((place - floor) * (lengths[floor + 1] - lengths[floor]));
    }

    private static double[] Eliminate(double[,] system)
    {
        var n = system.GetLength(0);
        for (var p = 0; p < n; p++)
        {
            // I minus a substochastic matrix is diagonally dominant: no exchange of rows is needed.
            for (var i = p + 1; i < n; i++)
            {
                var factor = system[i, p] / system[p, p];
                for (var j = p; j <= n; j++) system[i, j] -= factor * system[p, j];
            }
        }

        var x = new double[n];
        for (var i = n - 1; i >= 0; i--)
        {
            x[i] = system[i, n];
            for (var j = i + 1; j < n; j++) x[i] -= system[i, j] * x[j];
            x[i] /= system[i, i];
        }

        return x;
    }
}
