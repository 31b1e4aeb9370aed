namespace Hark.Train.Report;

/// <summary>Expected calibration error: how far confidence and the share that was right lie apart, over ten bins of confidence, weighted by how much is in them.</summary>
internal sealed class Calibration
{
    private const int Bins = 10;
    private readonly double[] _confidence = new double[Bins], _right = new double[Bins];
    private readonly int[] _count = new int[Bins];

    public void Add(double confidence, bool isRight)
    {
        var bin = Math.Clamp((int)(confidence * Bins), 0, Bins - 1);
        _confidence[bin] += confidence;
        _right[bin] += isRight ? 1 : 0;
        _count[bin]++;
    }

    public double Error => Enumerable.Range(0, Bins).Sum(b => Math.Abs(_confidence[b] - _right[b])) / Math.Max(1, _count.Sum());
}
