namespace Hark.Web.Features.Demo.Company;

/// <summary>Chance with a seed: the same seed and the same calls give the same company.</summary>
internal sealed class Dice(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>0 to 1, without 1.</summary>
    public double Next() => _random.NextDouble();

    public bool Chance(double probability) => _random.NextDouble() < probability;

    /// <summary>Both ends included.</summary>
    public int Between(int low, int high) => _random.Next(low, high + 1);

    public double Between(double low, double high) => low + (high - low) * _random.NextDouble();

    public T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    public T Pick<T>(IReadOnlyList<T> items, Func<T, double> weight)
    {
        var left = _random.NextDouble() * items.Sum(weight);
        foreach (var item in items)
            if ((left -= weight(item)) < 0) return item;
        return items[^1];
    }

    /// <summary>Box and Muller.</summary>
    public double Normal(double mean, double deviation) =>
        mean + deviation * Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    public double Exponential(double mean) => -mean * Math.Log(1 - _random.NextDouble());

    /// <summary>Knuth's product of uniforms: fit for means below a hundred.</summary>
    public int Poisson(double mean)
    {
        var (count, product, limit) = (0, _random.NextDouble(), Math.Exp(-mean));
        for (; product > limit; count++) product *= _random.NextDouble();
        return count;
    }
}
