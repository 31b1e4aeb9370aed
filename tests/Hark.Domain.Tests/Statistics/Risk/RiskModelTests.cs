using System.Globalization;
using Hark.Domain.Statistics.Risk;
using Xunit;

namespace Hark.Domain.Tests.Statistics.Risk;

public sealed class RiskModelTests
{
    [Fact]
    public void Chances_are_those_that_were_planted()
    {
        var (rows, outcomes) = Customers(1, 6_000);
        var model = RiskModel.Fit(rows, outcomes)!;
        Assert.Equal(True(.9), model.Chance([.9, .2]), .05);
        Assert.Equal(True(.1), model.Chance([.1, .8]), .03);
        Assert.InRange(model.Accuracy.CalibrationError, 0, .03);
        Assert.InRange(model.Accuracy.Auc, .75, .9);
    }

    [Fact]
    public void The_reason_is_the_feature_that_matters()
    {
        var (rows, outcomes) = Customers(2, 3_000);
        var reasons = RiskModel.Fit(rows, outcomes)!.Reasons([.95, .9]);
        Assert.True(reasons[0] > 1);
        Assert.InRange(Math.Abs(reasons[1]), 0, .3);
    }

    [Fact]
    public void A_feature_that_is_noise_ranks_nobody()
    {
        var random = new Random(3);
        var rows = Enumerable.Range(0, 2_000).Select(_ => new[] { random.NextDouble() }).ToArray();
        var model = RiskModel.Fit(rows, [.. rows.Select(_ => random.NextDouble() < .3)])!;
        Assert.InRange(model.Accuracy.Auc, .42, .58);
        Assert.Equal(.3, model.Chance([.9]), .06);
    }

    [Fact]
    public void Few_known_outcomes_make_no_model()
    {
        var rows = Enumerable.Range(0, 100).Select(i => new[] { (double)i }).ToArray();
        Assert.Null(RiskModel.Fit(rows, [.. rows.Select((_, i) => i < RiskModel.FewestOfEach - 1)]));
    }

    [Fact]
    public void Collinear_and_constant_features_do_no_harm()
    {
        var (rows, outcomes) = Customers(4, 2_000);
        var model = RiskModel.Fit([.. rows.Select(r => new[] { r[0], r[0], 7 })], outcomes)!;
        Assert.Equal(True(.9), model.Chance([.9, .9, 7]), .06);
    }

    /// <summary>Telecom customers by tenure, calls to support and charges: who left.</summary>
    [Fact]
    public void Real_churn_is_ranked_and_calibrated()
    {
        var rows = SharedFiles.Rows("churn/mlc_churn.csv");
        var features = rows.Select(r => new[] { Number(r, 6), Number(r, 19), Number(r, 7) }).ToArray();
        var outcomes = rows.Select(r => r[^1] is "yes" or "True" or "True.").ToArray();
        var model = RiskModel.Fit(features, outcomes)!;
        Assert.InRange(model.Accuracy.CalibrationError, 0, .05);
        Assert.InRange(model.Accuracy.Auc, .6, 1);
    }

    private static double Number(string[] row, int field) => double.Parse(row[field], CultureInfo.InvariantCulture);

    private static double True(double x) => 1 / (1 + Math.Exp(-((5 * x) - 3)));

    private static (double[][] Rows, bool[] Outcomes) Customers(int seed, int count)
    {
        var random = new Random(seed);
        var rows = Enumerable.Range(0, count).Select(_ => new[] { random.NextDouble(), random.NextDouble() }).ToArray();
        return (rows, [.. rows.Select(r => random.NextDouble() < True(r[0]))]);
    }
}
