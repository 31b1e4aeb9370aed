namespace Hark.Domain.Statistics.Numerics;

/// <summary>The least value of a function of a few variables without derivatives (J. A. Nelder and R. Mead, The Computer Journal 7 (1965) 308-313).</summary>
internal static class NelderMead
{
    /// <summary>
    /// The point with the least value near <paramref name="start"/>. Restarts from what it found until that no longer helps, which cures the simplex that
    /// has collapsed on the way. Never fails; a function that is not finite somewhere is avoided there.
    /// </summary>
    /// <param name="step">First size of the simplex, in every coordinate.</param>
    public static double[] Minimise(Func<double[], double> function, double[] start, double step = 0.5, double tolerance = 1e-10)
    {
        var best = start;
        for (var round = 0; round < 5; round++)
        {
            var found = Once(function, best, step, tolerance);
            var gain = Value(function, best) - Value(function, found);
            best = found;
            if (!(gain > tolerance * (1 + Math.Abs(Value(function, best)))) && round > 0) break;
        }

        return best;
    }

    private static double[] Once(Func<double[], double> function, double[] start, double step, double tolerance)
    {
        var n = start.Length;
        var simplex = new (double[] X, double F)[n + 1];
        simplex[0] = (start, Value(function, start));
        for (var i = 0; i < n; i++)
        {
            var x = (double[])start.Clone();
            x[i] += step;
            simplex[i + 1] = (x, Value(function, x));
        }

        for (var i = 0; i < 1000; i++)
        {
            Array.Sort(simplex, (a, b) => a.F.CompareTo(b.F));
            if (simplex[n].F - simplex[0].F <= tolerance * (1 + Math.Abs(simplex[0].F))) break;
            Improve(function, simplex);
        }

        Array.Sort(simplex, (a, b) => a.F.CompareTo(b.F));
        return simplex[0].X;
    }

    private static void Improve(Func<double[], double> function, (double[] X, double F)[] simplex)
    {
        var n = simplex.Length - 1;
        var centre = new double[n];
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < n; k++) centre[k] += simplex[i].X[k] / n;
        }

        var reflected = At(1);
        if (reflected.F < simplex[0].F)
        {
            var expanded = At(2);
            simplex[n] = expanded.F < reflected.F ? expanded : reflected;
        }
        else if (reflected.F < simplex[n - 1].F) simplex[n] = reflected;
        else
        {
            var contracted = At(reflected.F < simplex[n].F ? 0.5 : -0.5);
            if (contracted.F < Math.Min(reflected.F, simplex[n].F)) simplex[n] = contracted;
            else Shrink(function, simplex);
        }

        (double[] X, double F) At(double t)
        {
            var x = new double[n];
            for (var k = 0; k < n; k++) x[k] = centre[k] + (t * (centre[k] - simplex[n].X[k]));
            return (x, Value(function, x));
        }
    }

    private static void Shrink(Func<double[], double> function, (double[] X, double F)[] simplex)
    {
        for (var i = 1; i < simplex.Length; i++)
        {
            var x = simplex[i].X.Select((v, k) => simplex[0].X[k] + (0.5 * (v - simplex[0].X[k]))).ToArray();
            simplex[i] = (x, Value(function, x));
        }
    }

    private static double Value(Func<double[], double> function, double[] x)
    {
        var value = function(x);
        return double.IsFinite(value) ? value : double.MaxValue;
    }
}
