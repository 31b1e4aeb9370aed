namespace Hark.Domain.Statistics;

/// <summary>The standard normal distribution.</summary>
public static class Normal
{
    /// <summary>z of a two-sided 95 % interval, 1.959964.</summary>
    public const double Z95 = 1.959963984540054;

    /// <summary>P(Z &lt;= z).</summary>
    public static double Cumulative(double z) => z < 0 ? UpperTail(-z) : 1 - UpperTail(z);

    /// <summary>P(|Z| &gt;= |z|), the p-value of a two-sided test.</summary>
    public static double TwoSidedP(double z) => 2 * UpperTail(Math.Abs(z));

    /// <summary>
    /// The z below which a share <paramref name="p"/> lies, 0 &lt; p &lt; 1: algorithm AS 241 PPND16, M. J. Wichura, Applied Statistics
    /// 37 (1988) 477-484; about 16 digits.
    /// </summary>
    public static double Quantile(double p)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(p is > 0 and < 1, true, nameof(p));
        var q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            var central = 0.180625 - (q * q);
            return q * Polynomial(A, central) / Polynomial(B, central);
        }

        var r = Math.Sqrt(-Math.Log(q < 0 ? p : 1 - p));
        var z = r <= 5 ? Polynomial(C, r - 1.6) / Polynomial(D, r - 1.6) : Polynomial(E, r - 5) / Polynomial(F, r - 5);
        return q < 0 ? -z : z;
    }

    /// <summary>The z of a two-sided interval: 0.95 gives 1.959964.</summary>
    internal static double TwoSided(double confidence) => confidence == 0.95 ? Z95 : Quantile(0.5 + (confidence / 2));

    // erfc(x) = Q(1/2, x^2), NIST DLMF 7.11.2.
    private static double UpperTail(double z) => 0.5 * SpecialFunctions.UpperGamma(0.5, z * z / 2);

    private static double Polynomial(double[] coefficients, double x)
    {
        var sum = 0.0;
        for (var i = coefficients.Length - 1; i >= 0; i--) sum = (sum * x) + coefficients[i];
        return sum;
    }

    private static readonly double[] A =
    [
        3.3871328727963666080, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
        4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
    ];

    private static readonly double[] B =
    [
        1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
        2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3,
    ];

    private static readonly double[] C =
    [
        1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
        1.27045825245236838258, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
    ];

    private static readonly double[] D =
    [
        1, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1,
        1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
    ];

    private static readonly double[] E =
    [
        6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 2.96560571828504891230e-1,
        2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
    ];

    private static readonly double[] F =
    [
        1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
        7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
    ];
}

/// <summary>Student's t distribution with any positive, also fractional, degrees of freedom.</summary>
public static class StudentT
{
    // From here on the expansion below is exact to the last digits and the beta function needlessly slow.
    private const double ExpansionFrom = 1000;

    /// <summary>P(|T| &gt;= |t|) = I_{df/(df+t^2)}(df/2, 1/2), Abramowitz and Stegun 26.7.1 and 26.5.27.</summary>
    public static double TwoSidedP(double t, double degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degreesOfFreedom);
        return SpecialFunctions.Beta(degreesOfFreedom / 2, 0.5, degreesOfFreedom / (degreesOfFreedom + (t * t)));
    }

    /// <summary>The t of a two-sided interval: 0.95 with 10 degrees of freedom gives 2.228139.</summary>
    public static double TwoSided(double confidence, double degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degreesOfFreedom);
        var z = Normal.TwoSided(confidence);
        if (degreesOfFreedom >= ExpansionFrom) return Expansion(z, degreesOfFreedom);
        var alpha = 1 - confidence;
        double low = 0, high = Math.Max(2, 2 * Expansion(z, Math.Max(1, degreesOfFreedom)));
        while (TwoSidedP(high, degreesOfFreedom) > alpha) (low, high) = (high, high * 4);
        var t = Math.Clamp(Expansion(z, degreesOfFreedom), low, high);
        for (var i = 0; i < 200; i++)
        {
            var error = TwoSidedP(t, degreesOfFreedom) - alpha;
            if (error > 0) low = t;
            else high = t;
            var next = t + (error / (2 * Density(t, degreesOfFreedom)));
            if (!(next > low && next < high)) next = 0.5 * (low + high);
            if (Math.Abs(next - t) <= 1e-14 * t) return next;
            t = next;
        }

        return t;
    }

    /// <summary>Cornish-Fisher expansion of the quantile in 1/df, Abramowitz and Stegun 26.7.5.</summary>
    private static double Expansion(double z, double df)
    {
        var z2 = z * z;
        var g1 = (z2 + 1) * z / 4;
        var g2 = ((((5 * z2) + 16) * z2) + 3) * z / 96;
        var g3 = ((((((3 * z2) + 19) * z2) + 17) * z2) - 15) * z / 384;
        var g4 = ((((((((79 * z2) + 776) * z2) + 1482) * z2) - 1920) * z2) - 945) * z / 92160;
        return z + ((g1 + ((g2 + ((g3 + (g4 / df)) / df)) / df)) / df);
    }

    private static double Density(double t, double df) =>
        Math.Exp(SpecialFunctions.LogGamma((df + 1) / 2) - SpecialFunctions.LogGamma(df / 2)
            - ((df + 1) / 2 * double.LogP1(t * t / df))) / Math.Sqrt(df * Math.PI);
}

/// <summary>The chi-squared distribution.</summary>
public static class ChiSquared
{
    /// <summary>P(X &gt;= x) = Q(df/2, x/2), Abramowitz and Stegun 26.4.19.</summary>
    public static double UpperTail(double x, double degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degreesOfFreedom);
        return SpecialFunctions.UpperGamma(degreesOfFreedom / 2, x / 2);
    }
}
