namespace Hark.Domain.Understanding.Learning;

/// <summary>How often each class was told for each true class.</summary>
public sealed class Confusion(int classes)
{
    private readonly int[,] _counts = new int[classes, classes];

    public int Total { get; private set; }

    public void Add(int truth, int told)
    {
        _counts[truth, told]++;
        Total++;
    }

    /// <summary>The share that was right; NaN of nothing.</summary>
    public double Accuracy => Enumerable.Range(0, classes).Sum(c => _counts[c, c]) / (double)Total;

    /// <summary>The mean of the classes' F1, over the classes that occur or were told: rare ones count as much as frequent ones.</summary>
    public double MacroF1 => Enumerable.Range(0, classes).Select(F1).Where(f => !double.IsNaN(f)).DefaultIfEmpty(double.NaN).Average();

    /// <summary>The harmonic mean of precision and recall; NaN of a class that neither occurs nor was told.</summary>
    public double F1(int c)
    {
        int truth = 0, told = 0;
        for (var other = 0; other < classes; other++)
        {
            truth += _counts[c, other];
            told += _counts[other, c];
        }
        return truth + told == 0 ? double.NaN : 2.0 * _counts[c, c] / (truth + told);
    }
}
