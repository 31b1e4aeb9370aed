using Hark.Domain.Routing;
using Xunit;

namespace Hark.Domain.Tests.Routing;

public sealed class ConditionErrorTests
{
    [Theory]
    [InlineData("""{"field":"scor","lt":40}""", "/field", 1, 10, "did you mean 'score'")]
    [InlineData("""{"field":"score","ltt":40}""", "/ltt", 1, 18, "did you mean 'lt'")]
    [InlineData("""{"field":"score","<":40}""", "/<", 1, 18, "did you mean 'lt'")]
    [InlineData("""{"field":"score","lt":"low"}""", "/lt", 1, 23, "compared with a number, not with text")]
    [InlineData("""{"field":"score","contains":"4"}""", "/contains", 1, 18, "does not suit")]
    [InlineData("""{"field":"score","eq":null}""", "/eq", 1, 23, "\"exists\": false")]
    [InlineData("""{"field":"score"}""", "", 1, 1, "needs a comparison")]
    [InlineData("""{"field":7,"lt":1}""", "/field", 1, 10, "must be the name of a field")]
    [InlineData("""{"lt":40}""", "/lt", 1, 2, "needs a \"field\"")]
    [InlineData("""{"al":[]}""", "/al", 1, 2, "did you mean 'all'")]
    [InlineData("""{}""", "", 1, 1, "is empty")]
    [InlineData("""[]""", "", 1, 1, "must be a condition")]
    [InlineData("""{"all":{}}""", "/all", 1, 8, "takes a list")]
    [InlineData("""{"any":[]}""", "/any", 1, 8, "never holds")]
    [InlineData("""{"all":[],"any":[]}""", "/any", 1, 11, "cannot stand beside")]
    [InlineData("""{"field":"channel","eq":"chatt"}""", "/eq", 1, 25, "did you mean 'chat'")]
    [InlineData("""{"field":"channel","in":["sms",3]}""", "/in/1", 1, 32, "not with a number")]
    [InlineData("""{"field":"channel","in":[]}""", "/in", 1, 25, "1 to 1000")]
    [InlineData("""{"field":"tags","eq":"a"}""", "/eq", 1, 17, "use in, not_in, contains, exists")]
    [InlineData("""{"field":"text","contains":" "}""", "/contains", 1, 28, "must not be empty")]
    [InlineData("""{"field":"occurred_at","gt":"yesterday"}""", "/gt", 1, 29, "a time with its offset")]
    [InlineData("""{"field":"occurred_at","gt":"2026-11-22T06:14:00"}""", "/gt", 1, 29, "a time with its offset")]
    [InlineData("""{"field":"account.renews_on","gt":"31.1.2027"}""", "/gt", 1, 35, "a date such as")]
    [InlineData("""{"field":"occurred_at","within_days":0}""", "/within_days", 1, 38, "whole number of days")]
    [InlineData("""{"field":"consent.research","eq":"yes"}""", "/eq", 1, 34, "true or false")]
    [InlineData("""{"field":"text","exists":"yes"}""", "/exists", 1, 26, "true or false")]
    [InlineData("""{"field":"attributes.a","lt":"3"}""", "/lt", 1, 30, "a number")]
    [InlineData("""{"segment":3}""", "/segment", 1, 12, "key of a segment")]
    [InlineData("""{"signals_by_contact":{"within_days":90}}""", "/signals_by_contact", 1, 23, "at_least")]
    [InlineData("""{"signals_by_contact":{"within_day":90,"at_least":2.5}}""", "/signals_by_contact/within_day", 1, 24, "did you mean 'within_days'")]
    [InlineData("""{"field":"score","lt":1,"lt":2}""", "/lt", 1, 25, "given twice")]
    [InlineData("""{"field":"score","lt":1e999}""", "/lt", 1, 23, "too large")]
    [InlineData("""{"field":"a\ud800","lt":1}""", "/field", 1, 10, "surrogate")]
    public void Names_pointer_line_and_column(string json, string pointer, int line, int column, string reason)
    {
        Assert.Null(Condition.Parse(json, out var errors));
        var error = errors.All[0];
        Assert.Equal((pointer, line, column), (error.Pointer, error.Line, error.Column));
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_lines_and_characters_not_bytes()
    {
        const string Json = "\uFEFF{\r\n  \"all\": [\r\n    {\"field\": \"text\", \"contains\": \"žluť 🙂\", \"lt\": 3}\r\n  ]\r\n}";
        Assert.Null(Condition.Parse(Json, out var errors));
        var error = Assert.Single(errors.All);
        Assert.Equal(("/all/0/lt", 3, 46), (error.Pointer, error.Line, error.Column));
        Assert.Equal("line 3, column 46: " + error.Reason, errors.ToInputErrors().ToDictionary()["/all/0/lt"][0]);
    }

    [Fact]
    public void Collects_every_error()
    {
        Assert.Null(Condition.Parse("""{"all":[{"field":"x","lt":1},{"field":"score","lt":"a","gt":"b"},{"nott":{}}]}""", out var errors));
        Assert.Equal(["/all/0/field", "/all/1/lt", "/all/1/gt", "/all/2/nott"], errors.All.Select(e => e.Pointer));
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("{\"all\": [}", 1, 10)]
    [InlineData("{\n \"all\": [],\n}", 3, 1)]
    [InlineData("{\"all\":[]} x", 1, 12)]
    public void Places_malformed_json(string json, int line, int column)
    {
        Assert.Null(Condition.Parse(json, out var errors));
        var error = Assert.Single(errors.All);
        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.StartsWith("is not well-formed JSON", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_nesting_that_nobody_can_read()
    {
        var json = string.Concat(Enumerable.Repeat("{\"not\":", ConditionParser.MaxDepth)) + "{\"all\":[]}" + new string('}', ConditionParser.MaxDepth);
        Assert.Null(Condition.Parse(json, out var errors));
        Assert.Contains("nested", Assert.Single(errors.All).Reason, StringComparison.Ordinal);
        Assert.Null(Condition.Parse(new string('[', 100_000), out errors));
        Assert.Single(errors.All);
    }
}
