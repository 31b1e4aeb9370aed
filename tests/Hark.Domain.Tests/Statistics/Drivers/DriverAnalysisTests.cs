using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Hark.Domain.Statistics.Drivers;
using Xunit;

namespace Hark.Domain.Tests.Statistics.Drivers;

public sealed class DriverAnalysisTests
{
    [Fact]
    public void Mtcars_as_the_R_packages_rwa_and_relaimpo()
    {
        // Four predictors of 32 cars are under ten answers a driver: the weights themselves, without the analysis.
        var (predictors, target) = Correlations(PublishedData.Cars);
        Close([.2284797, .2221469, .2321744, .0963886], RelativeWeights.Of(predictors, target), 5e-7);
        var shares = new ShapleyShares(4).Of(predictors, target);
        Close([.2470520, .2434996, .2109129, .0777251], shares, 5e-7);
        Assert.Equal(.7791896, shares.Sum(), 5e-7);
    }

    [Fact]
    public void Swiss_as_relaimpo()
    {
        var (predictors, target) = Correlations(PublishedData.Swiss);
        Close([.05709122, .17117303, .26013468, .10557015, .11276592], new ShapleyShares(5).Of(predictors, target), 5e-8);
        Close([.0484169, .1547083, .2719641, .1146800, .1169657], RelativeWeights.Of(predictors, target), 5e-7);
    }

    [Fact]
    public void Attitude_as_published()
    {
        var rows = SharedFiles.Rows("stat_reference/datasets__attitude.csv").Select(r => r[1..].Select(v => float.Parse(v, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        var (predictors, target) = Correlations(rows);
        var shares = new ShapleyShares(6).Of(predictors, target);
        Close([.37081619, .05090379, .15576599, .12034508, .00658872, .02818221], shares, 5e-8);
        Close([.36276, .05600, .16361, .12178, .00826, .02019], RelativeWeights.Of(predictors, target), 5e-6);
        Assert.Equal(.7326, shares.Sum(), 5e-5);
    }

    [Fact]
    public void The_example_of_iopsych()
    {
        var predictors = new[,] { { 1, .2, .3, .4 }, { .2, 1, .5, .1 }, { .3, .5, 1, .2 }, { .4, .1, .2, 1 } };
        var weights = RelativeWeights.Of(predictors, [-.4, .1, -.3, .4]);
        Close([.240661194, .054926637, .121434762, .281581894], weights, 5e-10);
        Assert.Equal(.69860449, weights.Sum(), 5e-9);
    }

    [Fact]
    public void Shares_of_uncorrelated_predictors_are_their_squared_correlations()
    {
        var predictors = new double[15, 15];
        for (var i = 0; i < 15; i++) predictors[i, i] = 1;
        var target = Enumerable.Range(1, 15).Select(i => i / 50.0).ToArray();
        Close([.. target.Select(r => r * r)], new ShapleyShares(15).Of(predictors, target), 1e-12);
    }

    [Fact]
    public void Both_methods_share_out_the_whole_fit() => Prop.ForAll(
        Gen.Choose(1, 1_000_000).ToArbitrary(),
        seed =>
        {
            var (predictors, target) = Correlations(Answers(seed, 60, 6));
            var (shapley, johnson) = (new ShapleyShares(6).Of(predictors, target), RelativeWeights.Of(predictors, target));
            return Math.Abs(shapley.Sum() - johnson.Sum()) < 1e-9 && shapley.All(s => s > -1e-9) && johnson.All(w => w >= 0);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_predictor_twice_shares_its_part_evenly_and_is_told_as_collinear()
    {
        var rows = Answers(7, 200, 3).Select(r => new[] { r[0], r[1], r[2], r[3], r[2] }).ToArray();
        var (predictors, target) = Correlations(rows);
        var shares = new ShapleyShares(4).Of(predictors, target);
        Assert.Equal(shares[1], shares[3], 1e-9);
        var result = DriverAnalysis.Analyse(Data(rows));
        Assert.Equal(new LeftOutColumn("3", LeftOutReason.Collinear), Assert.Single(result.LeftOut));
        Assert.Equal(3, result.Drivers.Count);
    }

    [Fact]
    public void A_constant_column_is_left_out_and_said()
    {
        var result = DriverAnalysis.Analyse(Data([.. Answers(8, 200, 2).Select(r => new[] { r[0], r[1], 4f, r[2] })]));
        Assert.Equal(new LeftOutColumn("1", LeftOutReason.Constant), Assert.Single(result.LeftOut));
        Assert.Equal(["0", "2"], result.Drivers.Select(d => d.Name).Order());
    }

    [Fact]
    public void Three_answers_are_refused_with_the_number_needed()
    {
        var result = DriverAnalysis.Analyse(Data([[1, 0, 1], [5, 1, 0], [3, 1, 1]]));
        Assert.Empty(result.Drivers);
        Assert.Equal(20, result.Needed);
    }

    [Fact]
    public void Nobody_answers_nothing() => Assert.Null(DriverAnalysis.Analyse(Data([])).Mean);

    [Fact]
    public void A_target_that_never_varies_has_no_drivers() =>
        Assert.Empty(DriverAnalysis.Analyse(Data([.. Answers(3, 100, 2).Select(r => new[] { 5f, r[1], r[2] })])).Drivers);

    [Fact]
    public void The_same_answers_give_the_same_intervals()
    {
        var rows = Answers(11, 3_000, 4);
        Assert.Equal(DriverAnalysis.Analyse(Data(rows)).Drivers, DriverAnalysis.Analyse(Data(rows)).Drivers);
    }

    /// <summary>The coefficient of a known line lies in its 95 % interval about as often as it says; in 60 runs 52 to 60 is within chance.</summary>
    [Fact]
    public void Bootstrap_intervals_hold_what_they_promise()
    {
        var held = 0;
        for (var seed = 1; seed <= 60; seed++)
        {
            var driver = DriverAnalysis.Analyse(Data(Line(seed, 300))).Drivers.Single(d => d.Name == "0");
            if (driver.Coefficient.Low <= -4 && driver.Coefficient.High >= -4) held++;
        }

        Assert.InRange(held, 52, 60);
    }

    [Fact]
    public void Gain_is_what_the_best_quarter_of_units_has_already()
    {
        // Eight units mention the trouble in 40 % of answers, four in 10 %; each mention costs 30 points.
        var random = new Random(5);
        var (target, trouble, groups) = (new float[24_000], new float[24_000], new int[24_000]);
        for (var i = 0; i < target.Length; i++)
        {
            groups[i] = i % 12;
            trouble[i] = random.NextDouble() < (groups[i] < 8 ? .4 : .1) ? 1 : 0;
            target[i] = (float)(80 - (30 * trouble[i]) + (random.NextDouble() * 20) - 10);
        }

        var driver = Assert.Single(DriverAnalysis.Analyse(new(target, [new("trouble", DriverKind.Mention, trouble)], groups, 12)).Drivers);
        Assert.Equal(.1, driver.BestQuartile!.Value, .01);
        Assert.Equal(30 * (.3 - .1), driver.Gain!.Value.Value, .3);
        Assert.InRange(driver.Gain.Value.High!.Value - driver.Gain.Value.Low!.Value, .1, 1);
        Assert.Equal(50, driver.TargetWith!.Value, .5);
    }

    [Fact]
    public void Units_that_differ_by_chance_alone_promise_no_gain()
    {
        var random = new Random(6);
        var (target, trouble, groups) = (new float[2_000], new float[2_000], new int[2_000]);
        for (var i = 0; i < target.Length; i++)
        {
            (groups[i], trouble[i]) = (random.Next(40), random.NextDouble() < .3 ? 1 : 0);
            target[i] = 80 - (30 * trouble[i]);
        }

        var driver = Assert.Single(DriverAnalysis.Analyse(new(target, [new("trouble", DriverKind.Mention, trouble)], groups, 40)).Drivers);
        Assert.InRange(driver.Gain!.Value.Value, 0, 1.5);
    }

    [Fact]
    public void More_than_fifteen_columns_are_shared_out_by_Johnson()
    {
        var result = DriverAnalysis.Analyse(Data(Answers(12, 400, 18)));
        Assert.Equal(DriverMethod.Johnson, result.Method);
        Assert.Equal(18, result.Drivers.Count);
    }

    private static void Close(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], tolerance);
    }

    // Rows have the target first.
    private static (double[,] Predictors, double[] Target) Correlations(float[][] rows)
    {
        var columns = Enumerable.Range(0, rows[0].Length).Select(c => rows.Select(r => (double)r[c]).ToArray()).ToArray();
        var (predictors, target) = (new double[columns.Length - 1, columns.Length - 1], new double[columns.Length - 1]);
        for (var i = 1; i < columns.Length; i++)
        {
            target[i - 1] = Correlation(columns[i], columns[0]);
            for (var j = 1; j < columns.Length; j++) predictors[i - 1, j - 1] = i == j ? 1 : Correlation(columns[i], columns[j]);
        }

        return (predictors, target);
    }

    private static double Correlation(double[] a, double[] b)
    {
        var (x, y) = (a.Average(), b.Average());
        return a.Zip(b, (p, q) => (p - x) * (q - y)).Sum() / Math.Sqrt(a.Sum(p => (p - x) * (p - x)) * b.Sum(q => (q - y) * (q - y)));
    }

    private static DriverData Data(float[][] rows) => new(
        [.. rows.Select(r => r[0])],
        [.. Enumerable.Range(1, rows.Length == 0 ? 1 : rows[0].Length - 1).Select(c => new DriverColumn($"{c - 1}", DriverKind.Level, [.. rows.Select(r => r[c])]))],
        [.. rows.Select(_ => -1)],
        0);

    private static float[][] Answers(int seed, int count, int columns)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var mood = random.NextDouble();
            var row = new float[columns + 1];
            for (var c = 1; c <= columns; c++) row[c] = (float)((mood * (c % 3)) + random.NextDouble());
            row[0] = (float)(row.Skip(1).Select((v, i) => v * (i + 1)).Sum() + (random.NextDouble() * 10));
            return row;
        })];
    }

    private static float[][] Line(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var (x, z) = (random.NextDouble(), random.NextDouble());
            return new[] { (float)((-4 * x) + (2 * z) + (random.NextDouble() * 6)), (float)x, (float)z };
        })];
    }
}
