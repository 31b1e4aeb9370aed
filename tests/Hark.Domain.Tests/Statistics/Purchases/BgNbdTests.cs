using System.Globalization;
using Hark.Domain.Statistics.Purchases;
using Xunit;

namespace Hark.Domain.Tests.Statistics.Purchases;

public sealed class BgNbdTests
{
    private static readonly BgNbd Published = new(.2426, 4.4135, .7929, 2.4258);

    /// <summary>Fader, Hardie and Lee 2005 on the CDNOW sample of 2,357 customers.</summary>
    [Fact]
    public void Fit_of_CDNOW_as_published()
    {
        var customers = SharedFiles.Rows("cdnow/cdnow_customers_summary.csv")
            .Select(r => new PurchaseHistory(int.Parse(r[1], CultureInfo.InvariantCulture), double.Parse(r[2], CultureInfo.InvariantCulture), double.Parse(r[3], CultureInfo.InvariantCulture)))
            .ToArray();
        Assert.Equal(2357, customers.Length);
        var model = BgNbd.Fit(customers)!.Value;
        Assert.Equal(Published.R, model.R, 1e-4);
        Assert.Equal(Published.Alpha, model.Alpha, 1e-3);
        Assert.Equal(Published.A, model.A, 1e-3);
        Assert.Equal(Published.B, model.B, 3e-3);
        Assert.Equal(-9582.4, model.LogLikelihood(customers), .05);
    }

    /// <summary>The customer of Hardie's note on the model in a spreadsheet: two repeats, the last in week 30.43 of 38.86; 1.226 more within 39 weeks.</summary>
    [Fact]
    public void Expected_purchases_as_published() => Assert.Equal(1.226, Published.Expected(new(2, 30.43, 38.86), 39), .0005);

    [Fact]
    public void Who_bought_once_cannot_be_told_from_gone_and_who_stopped_long_ago_is_likely_gone()
    {
        Assert.Equal(1, Published.Alive(new(0, 0, 39)));
        Assert.True(Published.Alive(new(10, 38, 39)) > .9);
        Assert.True(Published.Alive(new(10, 12, 39)) < .05);
    }

    [Fact]
    public void Weeks_and_days_give_the_same_model()
    {
        var random = new Random(3);
        var weeks = Enumerable.Range(0, 300).Select(_ =>
        {
            // Rates and chances of staying away differ from customer to customer, as the model has it.
            var (rate, away, last, repeats) = (-Math.Log(random.NextDouble()) * .05, Math.Pow(random.NextDouble(), 2), 0.0, 0);
            for (var next = 0.0; ; repeats++)
            {
                next += -Math.Log(random.NextDouble()) / rate;
                if (next > 40 || (repeats > 0 && random.NextDouble() < away)) break;
                last = next;
            }

            return new PurchaseHistory(repeats, last, 40);
        }).ToArray();
        var (a, b) = (BgNbd.Fit(weeks)!.Value, BgNbd.Fit([.. weeks.Select(w => new PurchaseHistory(w.Repeats, w.Last * 7, w.Watched * 7))])!.Value);
        Assert.Equal(a.R, b.R, .01 * a.R);
        Assert.Equal(a.Alpha * 7, b.Alpha, .01 * b.Alpha);
    }

    [Fact]
    public void Nobody_who_came_again_and_too_few_have_no_model()
    {
        Assert.Null(BgNbd.Fit([.. Enumerable.Repeat(new PurchaseHistory(0, 0, 10), 50)]));
        Assert.Null(BgNbd.Fit([new(2, 3, 10)]));
    }
}
