namespace Hark.Domain.Statistics.Numerics;

/// <summary>The few operations on small symmetric matrices that the regressions here need. Matrices are full and square; only the sizes of drivers (tens) are meant.</summary>
internal static class SymmetricMatrix
{
    /// <summary>A pivot this small beside its diagonal says that the column is a sum of the others, to rounding.</summary>
    public const double Singular = 1e-9;

    /// <summary>
    /// Eigenvalues and, as columns, eigenvectors, by cyclic Jacobi rotations (G. H. Golub and C. F. Van Loan, Matrix Computations, 8.5): exact to rounding also for
    /// eigenvalues that are equal or zero. Cost: some tens of n^3.
    /// </summary>
    public static (double[] Values, double[,] Vectors) Eigen(double[,] symmetric)
    {
        var n = symmetric.GetLength(0);
        var a = (double[,])symmetric.Clone();
        var vectors = new double[n, n];
        for (var i = 0; i < n; i++) vectors[i, i] = 1;
        for (var sweep = 0; sweep < 60 && OffDiagonal(a) > 1e-28; sweep++)
        {
            for (var p = 0; p < n - 1; p++)
            {
                for (var q = p + 1; q < n; q++) Rotate(a, vectors, p, q);
            }
        }

        var values = new double[n];
        for (var i = 0; i < n; i++) values[i] = a[i, i];
        return (values, vectors);
    }

    /// <summary>
    /// The x with A x = b for a positive definite A, by Cholesky; null when A is singular to <see cref="Singular"/>.
    /// </summary>
    public static double[]? Solve(double[,] a, ReadOnlySpan<double> b)
    {
        var n = b.Length;
        var l = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = a[i, j];
                for (var k = 0; k < j; k++) sum -= l[i, k] * l[j, k];
                if (i != j) l[i, j] = sum / l[j, j];
                else if (!(sum > Singular * a[i, i])) return null;
                else l[i, i] = Math.Sqrt(sum);
            }
        }

        var x = b.ToArray();
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < i; k++) x[i] -= l[i, k] * x[k];
            x[i] /= l[i, i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++) x[i] -= l[k, i] * x[k];
            x[i] /= l[i, i];
        }

        return x;
    }

    private static double OffDiagonal(double[,] a)
    {
        var sum = 0.0;
        for (var i = 0; i < a.GetLength(0); i++)
        {
            for (var j = 0; j < i; j++) sum += a[i, j] * a[i, j];
        }

        return sum;
    }

    private static void Rotate(double[,] a, double[,] vectors, int p, int q)
    {
        if (a[p, q] == 0) return;
        var theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        var t = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        var c = 1 / Math.Sqrt((t * t) + 1);
        var s = t * c;
        for (var k = 0; k < a.GetLength(0); k++) (a[k, p], a[k, q]) = ((c * a[k, p]) - (s * a[k, q]), (s * a[k, p]) + (c * a[k, q]));
        for (var k = 0; k < a.GetLength(0); k++)
        {
            (a[p, k], a[q, k]) = ((c * a[p, k]) - (s * a[q, k]), (s * a[p, k]) + (c * a[q, k]));
            (vectors[k, p], vectors[k, q]) = ((c * vectors[k, p]) - (s * vectors[k, q]), (s * vectors[k, p]) + (c * vectors[k, q]));
        }
    }
}
