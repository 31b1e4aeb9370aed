using Hark.Domain.Signals.Mapping;
using Xunit;

namespace Hark.Domain.Tests.Signals.Mapping;

public sealed class SignalMappingTests
{
    [Theory]
    [InlineData("""{ "fields": { "txt": "a" } }""", "/fields/txt", "line 1, column 15: a signal has no field 'txt'; did you mean 'text'?")]
    [InlineData("""{ "fields": { "attribute.x": "a" } }""", "/fields/attribute.x", "did you mean 'attributes.x'?")]
    [InlineData("""{ "fields": { "contact.mail": "a" } }""", "/fields/contact.mail", "did you mean 'contact.email'?")]
    [InlineData("""{ "fields": { "text": { "colum": "a" } } }""", "/fields/text/colum", "did you mean 'column'?")]
    [InlineData("""{ "fields": { "text": { "column": "a", "constant": 1 } } }""", "/fields/text", "exactly one of")]
    [InlineData("""{ "fields": { "text": { "column": "a", "regex": "(" } } }""", "/fields/text/regex", "no regular expression")]
    [InlineData("""{ "fields": { "text": { "template": "{a" } } }""", "/fields/text/template", "brace")]
    [InlineData("""{ "zone": "Europe/Praque", "fields": { "text": "a" } }""", "/zone", "did you mean 'Europe/Prague'?")]
    [InlineData("""{ "encoding": "windows-125", "fields": { "text": "a" } }""", "/encoding", "there is no encoding")]
    [InlineData("""{ "delimiter": ";;", "fields": { "text": "a" } }""", "/delimiter", "one ASCII character")]
    [InlineData("""{ "fields": { } }""", "/fields", "at least one field")]
    [InlineData("""{ }""", "", "needs \"fields\"")]
    [InlineData("""{ "fields": { "text": { "column": "a", "else": "keep" } } }""", "/fields/text/else", "belongs to a \"map\"")]
    [InlineData("""{ "keep": { "order": "x" }, "fields": { "text": "a" } }""", "/keep", "last_by")]
    [InlineData("""{ "joins": { "o": { "key": "k" } }, "fields": { "text": "a" } }""", "/joins/o", "needs \"file\"")]
    [InlineData("""{ "fields": { "text": "a" }""", "", "is not well-formed JSON")]
    public void A_wrong_mapping_says_what_and_where(string json, string pointer, string reason)
    {
        var errors = SignalMapping.Parse(json).Error!.Fields!;
        Assert.True(errors.ContainsKey(pointer), string.Join("; ", errors.Select(e => e.Key + " " + e.Value[0])));
        Assert.Contains(errors[pointer], r => r.Contains(reason, StringComparison.Ordinal) && r.StartsWith("line ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_mapping_written_and_read_again_is_the_same()
    {
        const string Full = """
            { "name": "All", "format": "csv", "encoding": "windows-1250", "delimiter": ";", "quote": "'", "header": { "row": 2, "skip": 1, "combine": true }, "missing": ["?"], "zone": "Europe/Prague", "dst": "later",
              "decimal": ",", "skip_when": [{ "column": "s", "is": ["x"] }, { "column": "s", "empty": true }, { "column": "s", "matches": "^a" }], "keep": { "last_by": ["n"], "order": "o" },
              "joins": { "j": { "file": "f.csv", "key": "k", "on": "x", "take": "last", "aggregate": { "c": { "count": true }, "t": { "sum": "p" } }, "encoding": "utf-8", "delimiter": "tab" } },
              "fields": { "id": { "template": "{a}-{b}" }, "text": { "concat": ["a", "b"], "separator": "\n", "case": "lower", "trim": false }, "rating.scale": { "constant": "nps" },
                "rating.value": { "column": "r", "map": { "a": 1, "b": null }, "else": { "value": 5 }, "rescale": { "from": [0, 1], "to": [0, 10] }, "multiply": 2, "add": 1, "round": 0 },
                "occurred_at": { "column": "d", "dates": ["d.M.yyyy"], "zone": "UTC", "dst": "reject", "optional": true },
                "attributes.x": { "between": { "from": "a", "to": "b", "unit": "hours" }, "as": "number" }, "attributes.y": { "compare": { "left": "a", "op": "<=", "right": "b", "as": "date" }, "default": false },
                "tags": ["a", { "column": "t", "split": ",", "regex": "x", "cut": 9 }] } }
            """;
        var once = SignalMapping.Parse(Full).Value.ToJson();
        Assert.Equal(once, SignalMapping.Parse(once).Value.ToJson());
        foreach (var word in new[] { "windows-1250", "later", "\"tab\"", "rescale", "\"combine\"", "cut" }) Assert.Contains(word, once, StringComparison.Ordinal);
    }
}
