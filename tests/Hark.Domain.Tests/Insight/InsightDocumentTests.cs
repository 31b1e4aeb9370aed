using Hark.Domain.Insight;
using Xunit;

namespace Hark.Domain.Tests.Insight;

public sealed class InsightDocumentTests
{
    [Fact]
    public void A_customer_base_comes_back_as_it_was_written()
    {
        var read = CustomerBase.Parse("""{"dimension":"channel","strata":{"web":8000,"store":2000}}""", ["channel"]).Value;
        Assert.Equal(8000, CustomerBase.Parse(read.ToJson(), ["channel"]).Value.Strata["web"]);
    }

    [Theory]
    [InlineData("""{"dimension":"colour","strata":{"web":1,"store":2}}""")]
    [InlineData("""{"dimension":"channel","strata":{"web":1}}""")]
    [InlineData("""{"dimension":"channel","strata":{"web":-1,"store":2}}""")]
    [InlineData("""{"dimension":"channel","strata":{"web":0,"store":0}}""")]
    [InlineData("""{"dimension":"channel"}""")]
    [InlineData("[]")]
    public void A_customer_base_that_makes_no_sense_is_refused(string json) => Assert.NotNull(CustomerBase.Parse(json, ["channel"]).Error);

    [Theory]
    [InlineData("""{"direct":0,"indirect":0,"inferred":0}""")]
    [InlineData("""{"direct":-1,"indirect":1,"inferred":1}""")]
    [InlineData("""{"direct":1}""")]
    public void Weights_that_weigh_nothing_are_refused(string json) => Assert.NotNull(QualityWeights.Parse(json).Error);

    [Fact]
    public void Benchmarks_are_read_from_rows_in_any_order_of_columns()
    {
        var set = BenchmarkSet.FromRows([["Value", "metric", "competitor", "date", "note"], ["41", "nps", "Other, Ltd", "2026-01-31", "annual report"]]).Value;
        Assert.Equal(new Benchmark("Other, Ltd", "nps", new(2026, 1, 31), 41, null, null, "annual report"), Assert.Single(set.Benchmarks));
        Assert.Equal(set.Benchmarks, BenchmarkSet.Parse(set.ToJson()).Value.Benchmarks);
    }

    [Theory]
    [InlineData("nps", "2026-01-31", "400")]
    [InlineData("csat", "2026-01-31", "41")]
    [InlineData("mood", "2026-01-31", "41")]
    [InlineData("nps", "31.1.2026", "41")]
    [InlineData("nps", "2026-01-31", "much")]
    public void A_wrong_benchmark_is_told_by_its_line(string metric, string date, string value)
    {
        var error = BenchmarkSet.FromRows([["competitor", "metric", "date", "value"], ["Other", "nps", "2026-01-31", "1"], ["Other", metric, date, value]]).Error;
        Assert.Contains("line 3", error!.Fields!.Keys);
    }

    [Fact]
    public void A_file_without_its_columns_is_refused() => Assert.Equal(2, BenchmarkSet.FromRows([["competitor", "value"]]).Error!.Fields!["line 1"].Length);
}
