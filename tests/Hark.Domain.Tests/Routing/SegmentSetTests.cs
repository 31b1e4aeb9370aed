using Hark.Domain.Routing;
using Xunit;

namespace Hark.Domain.Tests.Routing;

public sealed class SegmentSetTests
{
    [Fact]
    public void Evaluates_in_order_and_sees_earlier_ones()
    {
        var set = Parse("""
            {"segments":[{"key":"big","name":"Big","owner":"support","when":{"field":"account.annual_value","gte":10000}},
            {"key":"small","name":"Small","owner":"eva","when":{"not":{"segment":"big"}}},
            {"key":"angry","name":"Angry and big","owner":"eva","when":{"all":[{"field":"segments","contains":"big"},{"field":"score","lt":40}]}}]}
            """);
        Assert.Equal(["big", "angry"], set.Evaluate(Sample.Context()));
        Assert.Equal(["small"], set.Evaluate(Sample.Context() with { Account = null }));
        Assert.Equal(set.Segments, Parse(set.ToJson()).Segments);
    }

    [Fact]
    public void Ignores_segments_that_the_context_names_already() =>
        Assert.Empty(Parse("""{"segments":[{"key":"vip","owner":"eva","when":{"field":"segments","exists":true}}]}""").Evaluate(Sample.Context()));

    [Theory]
    [InlineData("""{"key":"a","owner":"eva","when":{"segment":"a"}}""", "/segments/0/when/segment", "cannot refer to itself")]
    [InlineData("""{"key":"a","owner":"eva","when":{"segment":"b"}},{"key":"b","owner":"eva","when":{"segment":"a"}}""", "/segments/0/when/segment", "stands further down")]
    [InlineData("""{"key":"a","owner":"eva","when":{"field":"segments","in":["zz"]}}""", "/segments/0/when/in/0", "there is no segment 'zz'")]
    [InlineData("""{"key":"a","owner":"evva","when":{"all":[]}}""", "/segments/0/owner", "did you mean 'eva'")]
    [InlineData("""{"key":"a","when":{"all":[]}}""", "/segments/0", "needs \"owner\"")]
    [InlineData("""{"key":"a","owner":"eva"}""", "/segments/0", "needs \"when\"")]
    [InlineData("""{"key":"a b","owner":"eva","when":{"all":[]}}""", "/segments/0/key", "must be a key")]
    [InlineData("""{"key":"a","owner":"eva","when":{"all":[]}},{"key":"a","owner":"eva","when":{"all":[]}}""", "/segments/1/key", "earlier segment")]
    public void Refuses(string segments, string pointer, string reason)
    {
        Assert.Null(SegmentSet.Parse($$"""{"segments":[{{segments}}]}""", Sample.Names, out var errors));
        Assert.Equal(pointer, errors.All[0].Pointer);
        Assert.Contains(reason, errors.All[0].Reason, StringComparison.Ordinal);
    }

    private static SegmentSet Parse(string json)
    {
        var set = SegmentSet.Parse(json, Sample.Names, out var errors);
        Assert.Empty(errors.All);
        return set!;
    }
}
