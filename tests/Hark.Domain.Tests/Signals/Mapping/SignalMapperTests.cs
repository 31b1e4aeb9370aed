using System.Globalization;
using System.Text;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Signals.Mapping;
using Xunit;

namespace Hark.Domain.Tests.Signals.Mapping;

public sealed class SignalMapperTests
{
    [Fact]
    public void A_record_becomes_a_signal_field_by_field()
    {
        var draft = Map("""
            { "fields": {
                "id": { "template": "{order}-{n}" }, "occurred_at": { "column": "when", "dates": ["d.M.yyyy H:mm"], "zone": "Europe/Prague" }, "channel": { "constant": "email" },
                "rating.scale": { "constant": "nps" }, "rating.value": "score", "text": { "concat": ["title", "message"] }, "contact.email": { "column": "mail", "case": "lower" },
                "contact.traits.tier": "tier", "account.id": "firm", "account.annual_value": { "column": "worth", "decimal": "," }, "account.renews_on": { "column": "renews", "dates": ["d.M.yyyy"] },
                "subject.order": "order", "consent.contact_back": "agrees", "tags": [{ "constant": "import" }, { "column": "labels", "split": "|" }],
                "attributes.late": { "between": { "from": "due", "to": "came", "unit": "calendar_days" } }, "answers.why": "reason" } }
            """,
            ("order", "81723"), ("n", "1"), ("when", "22.11.2026 7:14"), ("score", " 3 "), ("title", "Pozdě"), ("message", "Balík přišel pozdě"), ("mail", "Jana@Example.CZ"), ("tier", "gold"),
            ("firm", "a-3"), ("worth", "12 000,50"), ("renews", "31.1.2027"), ("agrees", "ano"), ("labels", "a | b"), ("due", "2026-11-20"), ("came", "2026-11-22T01:00:00"), ("reason", "courier"));

        Assert.Equal("81723-1", draft.Id);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 6, 14, 0, TimeSpan.Zero), draft.OccurredAt);
        Assert.Equal(Channel.Email, draft.Channel);
        Assert.Equal(new RatingDraft("nps", 3), draft.Rating);
        Assert.Equal("Pozdě Balík přišel pozdě", draft.Text);
        Assert.Equal("jana@example.cz", draft.Contact!.Email);
        Assert.Equal("gold", draft.Contact.Traits["tier"].Text);
        Assert.Equal(12000.50m, draft.Account!.AnnualValue);
        Assert.Equal(new DateOnly(2027, 1, 31), draft.Account.RenewsOn);
        Assert.Equal("81723", draft.Subject!.Order);
        Assert.True(draft.Consent!.ContactBack);
        Assert.Equal(["import", "a", "b"], draft.Tags);
        Assert.Equal(2, draft.Attributes["late"].Number);
        Assert.Equal([new AnswerDraft("why", Scalar.Of("courier"))], draft.Answers);
    }

    [Fact]
    public void Empty_and_missing_values_make_no_field()
    {
        var draft = Map("""{ "missing": ["?", "n/a"], "fields": { "text": "a", "contact.email": "b", "rating.value": "c", "subject.sku": "d" } }""", ("a", "  "), ("b", "?"), ("c", "N/A"), ("d", "x"));
        Assert.Null(draft.Text);
        Assert.Null(draft.Contact);
        Assert.Null(draft.Rating);
        Assert.Equal("x", draft.Subject!.Sku);
    }

    [Theory]
    [InlineData("4,5", ",", 4.5)]
    [InlineData("1.234,5", ",", 1234.5)]
    [InlineData("1 234,5", ",", 1234.5)]
    [InlineData("1\u00A0234,5", ",", 1234.5)]
    [InlineData("1,234.5", ".", 1234.5)]
    [InlineData("-7", null, -7)]
    [InlineData("−7", null, -7)]
    [InlineData("۴٫۵", null, 4.5)]
    [InlineData("1e3", null, 1000)]
    public void Numbers_are_read_as_the_mapping_says(string text, string? sign, double expected) =>
        Assert.Equal(expected, Map(Number(sign), ("v", text)).Rating!.Value);

    [Theory]
    [InlineData("4,5", null, "decimal")]
    [InlineData("1.23,5", ",", "is no number")]
    [InlineData("12,34", ".", "is no number")]
    [InlineData("NaN", null, "is no number")]
    [InlineData("1e999", null, "is no number")]
    [InlineData("five", null, "is no number")]
    public void A_number_that_may_mean_two_things_is_refused(string text, string? sign, string reason) => Assert.Contains(reason, Problem(Number(sign), ("v", text)), StringComparison.Ordinal);

    [Theory]
    [InlineData("2026-03-29 02:30", "earlier", "2026-03-29T01:30:00Z")] // never: clocks go from 2 to 3
    [InlineData("2026-03-29 03:30", "earlier", "2026-03-29T01:30:00Z")]
    [InlineData("2026-10-25 02:30", "earlier", "2026-10-25T00:30:00Z")] // twice
    [InlineData("2026-10-25 02:30", "later", "2026-10-25T01:30:00Z")]
    [InlineData("2026-10-25T02:30:00+01:00", "earlier", "2026-10-25T01:30:00Z")] // an offset decides
    [InlineData("2026-07-01", "earlier", "2026-06-30T22:00:00Z")]
    public void Local_times_follow_the_zone_and_its_daylight_saving(string text, string dst, string expected)
    {
        var draft = Map($$"""{ "zone": "Europe/Prague", "dst": "{{dst}}", "fields": { "occurred_at": "v" } }""", ("v", text));
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), draft.OccurredAt);
    }

    [Theory]
    [InlineData("2026-03-29 02:30", "never")]
    [InlineData("2026-10-25 02:30", "twice")]
    public void Times_that_the_clocks_show_twice_or_never_can_be_refused(string text, string reason) =>
        Assert.Contains(reason, Problem("""{ "zone": "Europe/Prague", "dst": "reject", "fields": { "occurred_at": "v" } }""", ("v", text)), StringComparison.Ordinal);

    [Theory]
    [InlineData("unix", "1700000000", "2023-11-14T22:13:20Z")]
    [InlineData("unix_ms", "1700000000500", "2023-11-14T22:13:20.5Z")]
    [InlineData("MM/dd/yyyy hh:mm:ss tt", "04/12/2018 11:11:26 PM", "2018-04-12T23:11:26Z")]
    [InlineData("iso", "2024-01-02T03:04:05.123456789Z", "2024-01-02T03:04:05.1234567Z")]
    [InlineData("yyyy-MM-dd HH:mm zzz", "2024-01-02 03:04 +02:00", "2024-01-02T01:04:00Z")]
    public void Times_come_in_many_formats(string format, string text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), Map($$"""{ "fields": { "occurred_at": { "column": "v", "dates": ["{{format}}"] } } }""", ("v", text)).OccurredAt);

    [Fact]
    public void A_time_in_no_given_format_says_which_were_expected() =>
        Assert.Contains("'31/31/2026' is no time in the formats d/M/yyyy or unix", Problem("""{ "fields": { "occurred_at": { "column": "v", "dates": ["d/M/yyyy", "unix"] } } }""", ("v", "31/31/2026")), StringComparison.Ordinal);

    [Fact]
    public void Value_maps_reject_keep_or_replace_what_they_do_not_name()
    {
        const string Form = """{ "fields": { "text": { "column": "v", "map": { "Good": "fine", "Bad": null }ELSE } } }""";
        string With(string text) => Form.Replace("ELSE", text, StringComparison.Ordinal);
        Assert.Equal("fine", Map(With(""), ("v", "good")).Text);
        Assert.Null(Map(With(""), ("v", "BAD")).Text);
        Assert.Contains("'goood' is not in the value map; did you mean 'Good'?", Problem(With(""), ("v", "goood")), StringComparison.Ordinal);
        Assert.Equal("odd", Map(With(""", "else": "keep" """), ("v", "odd")).Text);
        Assert.Equal("other", Map(With(""", "else": { "value": "other" } """), ("v", "odd")).Text);
    }

    [Fact]
    public void Values_are_extracted_rescaled_and_cut()
    {
        Assert.Equal(9, Map("""{ "fields": { "rating.value": { "column": "v", "regex": "^(\\d+)" } } }""", ("v", "9 - very likely")).Rating!.Value);
        Assert.Equal(7, Map("""{ "fields": { "rating.value": { "column": "v", "rescale": { "from": [0, 100], "to": [0, 10] }, "round": 0 } } }""", ("v", "65")).Rating!.Value);
        Assert.Equal("abcd…", Map("""{ "fields": { "text": { "column": "v", "cut": 5 } } }""", ("v", "abcdefgh")).Text);
        Assert.Equal("no", Map("""{ "fields": { "text": { "column": "v", "default": "no" } } }""", ("v", "")).Text);
        Assert.Equal("b", Map("""{ "fields": { "text": { "first_of": ["v", "w"] } } }""", ("v", ""), ("w", "b")).Text);
    }

    [Fact]
    public void Two_columns_are_compared_and_a_missing_one_leaves_it_open()
    {
        const string Form = """{ "fields": { "tags": { "compare": { "left": "a", "op": ">", "right": "b", "as": "date" }, "dates": ["d/M/yyyy H:mm"], "map": { "true": "late", "false": "on_time" } } } }""";
        Assert.Equal(["late"], Map(Form, ("a", "2/1/2026 0:01"), ("b", "1/2/2025 9:00")).Tags);
        Assert.Equal(["on_time"], Map(Form, ("a", "1/2/2026 9:00"), ("b", "1/2/2026 9:00")).Tags);
        Assert.Empty(Map(Form, ("a", ""), ("b", "1/2/2026 9:00")).Tags);
    }

    [Fact]
    public void Records_are_passed_over_as_the_mapping_says()
    {
        const string Fields = """ "fields": { "text": "v" } }""";
        Assert.True(Skips("""{ "skip_when": [{ "column": "v", "is": ["Survey Preview"] }],""" + Fields, "survey preview"));
        Assert.False(Skips("""{ "skip_when": [{ "column": "v", "is": ["Survey Preview"] }],""" + Fields, "IP Address"));
        Assert.True(Skips("""{ "skip_when": [{ "column": "v", "not": ["x"] }],""" + Fields, "y"));
        Assert.True(Skips("""{ "skip_when": [{ "column": "v", "empty": true }],""" + Fields, " "));
        Assert.True(Skips("""{ "skip_when": [{ "column": "v", "matches": "^test" }],""" + Fields, "test 1"));
    }

    [Fact]
    public void Rows_of_other_files_are_joined_by_key_and_in_turn()
    {
        var mapping = SignalMapping.Parse("""
            { "joins": { "item": { "file": "i", "key": "order", "take": "last", "aggregate": { "n": { "count": true }, "sum": { "sum": "price" }, "most": { "max": "price" }, "kinds": { "distinct": "sku" } } },
                         "product": { "file": "p", "key": "sku", "on": "item.sku" } },
              "fields": { "subject.order": "order", "subject.sku": "item.sku", "text": "product.name", "attributes.n": "item.n", "attributes.sum": "item.sum", "attributes.most": "item.most", "attributes.kinds": "item.kinds" } }
            """).Value;
        var used = SignalMapper.ColumnsOf(mapping).ToHashSet();
        var items = JoinTable.Create(mapping.Joins[0], ["order", "sku", "price"], used).Value;
        foreach (var row in new[] { "1 a 9.50", "1 b 10.00", "1 b 0.10", "2 c 1" }) items.Add(new Cells(row.Split(' ')));
        var products = JoinTable.Create(mapping.Joins[1], ["sku", "name"], used).Value;
        products.Add(new Cells("b", "Kettle"));

        var mapper = SignalMapper.Bind(mapping, ["order"], [items, products]).Value;
        var draft = mapper.Map(new Cells("1"), out var errors);
        Assert.Null(errors);
        Assert.Equal(("b", "Kettle"), (draft.Subject!.Sku, draft.Text));
        Assert.Equal((3, 19.6, "10.00", 2), (draft.Attributes["n"].Number, draft.Attributes["sum"].Number, draft.Attributes["most"].Text, draft.Attributes["kinds"].Number));
        Assert.Null(mapper.Map(new Cells("3"), out _).Subject!.Sku);
    }

    [Fact]
    public void A_missing_column_is_named_with_those_there_are()
    {
        var mapping = SignalMapping.Parse("""{ "fields": { "text": "Coment", "id": { "template": "{nr}" }, "language": { "column": "lang", "optional": true } } }""").Value;
        var fields = SignalMapper.Bind(mapping, ["Comment", "Number"], []).Error!.Fields!;
        Assert.Equal(["there is no column 'Coment' in the file; did you mean 'Comment'?; there are 'Comment', 'Number'"], fields["/fields/text"]);
        Assert.Contains("'nr'", Assert.Single(fields["/fields/id"]), StringComparison.Ordinal);
        Assert.Equal(2, fields.Count);
    }

    private static string Number(string? sign) => $$"""{ {{(sign is null ? "" : $"\"decimal\": \"{sign}\",")}} "fields": { "rating.value": "v" } }""";

    private static SignalDraft Map(string mapping, params (string Column, string Value)[] record)
    {
        var draft = Bind(mapping, record).Map(new Cells([.. record.Select(r => r.Value)]), out var errors);
        Assert.True(errors is null, errors?.ToString());
        return draft;
    }

    private static string Problem(string mapping, params (string Column, string Value)[] record)
    {
        Bind(mapping, record).Map(new Cells([.. record.Select(r => r.Value)]), out var errors);
        return Assert.IsType<InputErrors>(errors).ToString();
    }

    private static bool Skips(string mapping, string value) => Bind(mapping, [("v", value)]).Skips(new Cells(value));

    private static SignalMapper Bind(string mapping, (string Column, string Value)[] record) => SignalMapper.Bind(Parse(mapping), [.. record.Select(r => r.Column)], []).Value;

    private static SignalMapping Parse(string mapping)
    {
        var result = SignalMapping.Parse(Encoding.UTF8.GetBytes(mapping));
        Assert.True(result.Ok, result.Error is { Fields: { } f } ? string.Join("; ", f.SelectMany(x => x.Value)) : "");
        return result.Value;
    }

    private sealed class Cells(params string[] values) : IRecordCells
    {
        public Scalar Cell(int column) => Scalar.Of(values[column]);
    }
}
