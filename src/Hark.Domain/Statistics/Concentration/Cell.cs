namespace Hark.Domain.Statistics.Concentration;

/// <summary>Sums over the rows of a segment.</summary>
internal struct Cell
{
    public int Count;

    /// <summary>Sum of the outcome.</summary>
    public double Sum;

    /// <summary>Sum of what is above the mean of the own stratum.</summary>
    public double Above;

    /// <summary>Sum of the variances of the own strata.</summary>
    public double Variance;

    public void Add(float outcome, Stratum stratum)
    {
        Count++;
        Sum += outcome;
        Above += outcome - stratum.Mean;
        Variance += stratum.Variance;
    }
}

/// <summary>Mean and variance of the outcome in a stratum.</summary>
internal readonly record struct Stratum(double Mean, double Variance);
