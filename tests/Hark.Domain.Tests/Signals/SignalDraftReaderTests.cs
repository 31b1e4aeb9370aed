using System.Text;
using Hark.Domain.Signals;
using Xunit;

namespace Hark.Domain.Tests.Signals;

public sealed class SignalDraftReaderTests
{
    internal const string Full = """
        {"id":"order-81723-rating","occurred_at":"2026-11-22T06:14:00Z","channel":"web","kind":"direct","touchpoint":"checkout",
        "rating":{"scale":"custom","value":3.5,"min":-1,"max":10},"text":"Balík přišel o tři dny později","language":"cs",
        "contact":{"id":"c-17","email":"a@b.cz","phone":"+420 777","name":"Jana","locale":"cs-CZ","traits":{"plan":"gold","age":41,"vip":true,"none":null}},
        "account":{"id":"a-3","name":"Acme","annual_value":12000.50,"currency":"EUR","renews_on":"2027-01-31","traits":{"size":5}},
        "subject":{"order":"81723","sku":"K-11","location":"store-4","ticket":"t","issue":"late_delivery"},
        "consent":{"contact_back":true,"research":false},"tags":["reveal"],"topics":["delivery","price"],"attributes":{"delivery_days":11,"a/b":"x"},
        "answers":[{"question":"why","value":"late"},{"value":7,"question":"n"},{"question":"skip","value":null}]}
        """;

    [Fact]
    public void Reads_everything()
    {
        var draft = Good(Full);
        Assert.Equal(("order-81723-rating", "checkout", "Balík přišel o tři dny později", "cs"), (draft.Id, draft.Touchpoint, draft.Text, draft.Language));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 6, 14, 0, TimeSpan.Zero), draft.OccurredAt);
        Assert.Equal((Channel.Web, SignalKind.Direct), (draft.Channel, draft.Kind));
        Assert.Equal(new RatingDraft("custom", 3.5, -1, 10), draft.Rating);
        Assert.Equal(("c-17", "a@b.cz", "+420 777", "Jana", "cs-CZ"), (draft.Contact!.Id, draft.Contact.Email, draft.Contact.Phone, draft.Contact.Name, draft.Contact.Locale));
        Assert.Equal([("plan", Scalar.Of("gold")), ("age", Scalar.Of(41)), ("vip", Scalar.Of(true)), ("none", default)], draft.Contact.Traits.Select(t => (t.Key, t.Value)));
        Assert.Equal(("a-3", "Acme", 12000.50m, "EUR", new DateOnly(2027, 1, 31)), (draft.Account!.Id, draft.Account.Name, draft.Account.AnnualValue, draft.Account.Currency, draft.Account.RenewsOn));
        Assert.Equal(new SubjectDraft("81723", "K-11", "store-4", "t", "late_delivery"), draft.Subject);
        Assert.Equal(new ConsentDraft(true, false), draft.Consent);
        Assert.Equal(["reveal"], draft.Tags);
        Assert.Equal(["delivery", "price"], draft.Topics);
        Assert.Equal(Scalar.Of("x"), draft.Attributes["a/b"]);
        Assert.Equal([new("why", Scalar.Of("late")), new("n", Scalar.Of(7)), new("skip", default)], draft.Answers);
        Assert.Equal(SignalDraftWriter.ToJson(draft), SignalDraftWriter.ToJson(Good(SignalDraftWriter.ToJson(draft))));
    }

    [Fact]
    public void Null_is_absent() =>
        Assert.Equal("{}", SignalDraftWriter.ToJson(Good("""
            {"id":null,"occurred_at":null,"channel":null,"kind":null,"touchpoint":null,"rating":null,"text":null,"language":null,"contact":null,"account":null,
            "subject":null,"consent":null,"tags":null,"topics":null,"attributes":null,"answers":null}
            """)));

    [Fact]
    public void Escaped_names_and_any_case_of_a_choice_are_understood()
    {
        var draft = Good("""{"ch\u0061nnel":"WEB","rating":{"sc\u0061le":"n\u0070s","value":3},"kind":"\u0064irect"}""");
        Assert.Equal((Channel.Web, SignalKind.Direct, "nps"), (draft.Channel, draft.Kind, draft.Rating!.Scale));
    }

    [Theory]
    [InlineData("2026-11-22T06:14:00+01:00", "2026-11-22T05:14:00.0000000Z")]
    [InlineData("2026-11-22t06:14:00z", "2026-11-22T06:14:00.0000000Z")]
    [InlineData("2026-11-22 06:14:00.5-00:30", "2026-11-22T06:44:00.5000000Z")]
    [InlineData("2026-11-22T06:14:00.123456789Z", "2026-11-22T06:14:00.1234567Z")]
    [InlineData("2026-11-22T06:14:00.123456789123+00:00", "2026-11-22T06:14:00.1234567Z")]
    [InlineData("2026-11-22T06:14Z", "2026-11-22T06:14:00.0000000Z")]
    public void Reads_times(string text, string expected) =>
        Assert.Equal(expected, Good($$"""{"occurred_at":"{{text}}"}""").OccurredAt!.Value.UtcDateTime.ToString("O"));

    [Theory]
    [InlineData("""{"occurred_at":"2026-11-22T06:14:00"}""", "/occurred_at", "with its offset")]
    [InlineData("""{"occurred_at":"2026-11-22"}""", "/occurred_at", "with its offset")]
    [InlineData("""{"occurred_at":"2026-02-30T06:14:00Z"}""", "/occurred_at", "RFC 3339")]
    [InlineData("""{"occurred_at":"22.11.2026 06:14:00 Z"}""", "/occurred_at", "RFC 3339")]
    [InlineData("""{"occurred_at":1763792040}""", "/occurred_at", "must be a time as text, such as \"2026-11-22T06:14:00Z\", not a number")]
    [InlineData("""{"id":17}""", "/id", "must be text, not a number")]
    [InlineData("""{"text":{"a":[1,{"b":2}]},"id":"x"}""", "/text", "must be text, not an object")]
    [InlineData("""{"txt":"a"}""", "/txt", "did you mean 'text'?")]
    [InlineData("""{"qqqqqq":{"deep":[1]}}""", "/qqqqqq", "known are id, occurred_at")]
    [InlineData("""{"a/b":1}""", "/a~1b", "is not known here")]
    [InlineData("""{"id":"a","id":"b"}""", "/id", "is given twice")]
    [InlineData("""{"channel":"webb"}""", "/channel", "did you mean 'web'?")]
    [InlineData("""{"channel":3}""", "/channel", "must be text, not a number")]
    [InlineData("""{"kind":"said"}""", "/kind", "one of direct, indirect, inferred")]
    [InlineData("""{"rating":5}""", "/rating", "must be an object, not a number")]
    [InlineData("""{"rating":{"scale":"nps","value":"NaN"}}""", "/rating/value", "must be a number, not text")]
    [InlineData("""{"rating":{"value":1e999}}""", "/rating/value", "too large")]
    [InlineData("""{"rating":{"vaule":1}}""", "/rating/vaule", "did you mean 'value'?")]
    [InlineData("""{"account":{"annual_value":1e40}}""", "/account/annual_value", "too large an amount")]
    [InlineData("""{"account":{"renews_on":"31/01/2027"}}""", "/account/renews_on", "must be a date")]
    [InlineData("""{"consent":{"research":"yes"}}""", "/consent/research", "must be true or false, not text")]
    [InlineData("""{"contact":{"traits":{"a":{"b":1}}}}""", "/contact/traits/a", "an object is refused")]
    [InlineData("""{"attributes":{"a/b":[1,2]}}""", "/attributes/a~1b", "a list is refused")]
    [InlineData("""{"attributes":{"a":1,"a":2}}""", "/attributes/a", "is given twice")]
    [InlineData("""{"attributes":{"":1}}""", "/attributes", "without a name")]
    [InlineData("""{"attributes":{"a":-1e999}}""", "/attributes/a", "too large")]
    [InlineData("""{"attributes":[]}""", "/attributes", "must be an object of flat values, not a list")]
    [InlineData("""{"tags":"a"}""", "/tags", "must be a list of texts, not text")]
    [InlineData("""{"tags":["a",1]}""", "/tags/1", "must be text, not a number")]
    [InlineData("""{"topics":[null]}""", "/topics/0", "not null")]
    [InlineData("""{"answers":{}}""", "/answers", "must be a list of answers, not an object")]
    [InlineData("""{"answers":[{"value":1}]}""", "/answers/0/question", "is needed")]
    [InlineData("""{"answers":[{"question":"a"}]}""", "/answers/0/value", "is needed")]
    [InlineData("""{"answers":[{"question":"a","value":[]}]}""", "/answers/0/value", "is refused")]
    [InlineData("""{"text":"half \ud83d"}""", "/text", "surrogate")]
    [InlineData("""{"attributes":{"\ud83d":1}}""", "/attributes", "surrogate")]
    [InlineData("""{"\udc00":1}""", "", "surrogate")]
    [InlineData("""{"rating":{"scale":"\udc00"}}""", "/rating/scale", "surrogate")]
    [InlineData("""{"channel":"\udc00"}""", "/channel", "surrogate")]
    [InlineData("""[]""", "", "must be a signal, an object; it is a list")]
    [InlineData("""null""", "", "it is null")]
    public void Says_what_is_wrong(string json, string pointer, string reason)
    {
        var record = SignalBatchReader.ReadOne(Encoding.UTF8.GetBytes(json));
        var (at, reasons) = Assert.Single(record.Errors.ToDictionary());
        Assert.Equal(pointer, at);
        Assert.Contains(reason, Assert.Single(reasons), StringComparison.Ordinal);
    }

    [Fact]
    public void Collects_everything_and_keeps_what_is_good()
    {
        var record = SignalBatchReader.ReadOne("""{"id":"x","rating":{"value":"a","scale":1},"nope":[{}],"tags":["a",{}],"text":"good"}"""u8);
        Assert.Equal(["/nope", "/rating/scale", "/rating/value", "/tags/1"], record.Errors.ToDictionary().Keys.Order());
        Assert.Equal(("x", "good"), (record.Draft.Id, record.Draft.Text));
    }

    [Theory]
    [InlineData(64, false)]
    [InlineData(65, true)]
    public void Attributes_have_a_limit(int count, bool refused)
    {
        var json = $"{{\"attributes\":{{{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"k{i}\":{i}"))}}}}}";
        Assert.Equal(refused, SignalBatchReader.ReadOne(Encoding.UTF8.GetBytes(json)).Errors.Any);
    }

    [Fact]
    public void Invalid_utf8_is_named_where_it_stands()
    {
        byte[] json = [.. "{\"id\":\"x\",\"text\":\"a"u8, 0xC3, 0x28, .. "\"}"u8];
        var record = SignalBatchReader.ReadOne(json);
        Assert.Contains("invalid UTF-8", record.Errors.ToDictionary()["/text"][0], StringComparison.Ordinal);
        Assert.Equal("x", record.Draft.Id);
    }

    private static SignalDraft Good(string json)
    {
        var record = SignalBatchReader.ReadOne(Encoding.UTF8.GetBytes(json));
        Assert.Equal("", record.Errors.ToString());
        return record.Draft;
    }
}
