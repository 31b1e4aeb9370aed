using Hark.Domain.Routing;
using Hark.Domain.Signals;
using Xunit;

namespace Hark.Domain.Tests.Routing;

public sealed class ConditionTests
{
    [Theory]
    [InlineData("""{"field":"score","lt":40}""", true)]
    [InlineData("""{"field":"score","lt":30}""", false)]
    [InlineData("""{"field":"score","lte":30}""", true)]
    [InlineData("""{"field":"score","gt":30}""", false)]
    [InlineData("""{"field":"score","gte":30,"lt":40}""", true)]
    [InlineData("""{"field":"score","gte":31,"lt":40}""", false)]
    [InlineData("""{"field":"rating.value","eq":3}""", true)]
    [InlineData("""{"field":"rating.value","ne":3}""", false)]
    [InlineData("""{"field":"rating.value","in":[1,2,3]}""", true)]
    [InlineData("""{"field":"rating.value","not_in":[1,2,3]}""", false)]
    [InlineData("""{"field":"rating.scale","eq":"nps"}""", true)]
    [InlineData("""{"field":"band","eq":"negative"}""", true)]
    [InlineData("""{"field":"nps_group","eq":"detractor"}""", true)]
    [InlineData("""{"field":"nps_group","in":["passive","promoter"]}""", false)]
    [InlineData("""{"field":"channel","in":["chat","sms"]}""", true)]
    [InlineData("""{"field":"channel","eq":"CHAT"}""", true)]
    [InlineData("""{"field":"kind","ne":"direct"}""", false)]
    [InlineData("""{"field":"severity","eq":"critical"}""", false)]
    [InlineData("""{"field":"sentiment","eq":"negative"}""", true)]
    [InlineData("""{"field":"sentiment.value","lt":-0.5}""", true)]
    [InlineData("""{"field":"emotion","in":["anger","fear"]}""", true)]
    [InlineData("""{"field":"emotion","eq":"joy"}""", false)]
    [InlineData("""{"field":"urgency","eq":"urgent"}""", true)]
    [InlineData("""{"field":"source","eq":"Shop"}""", true)]
    [InlineData("""{"field":"source","starts_with":"SH"}""", true)]
    [InlineData("""{"field":"text","contains":"PRISEL O TRI"}""", true)]
    [InlineData("""{"field":"text","contains":["thanks","pozdeji"]}""", true)]
    [InlineData("""{"field":"text","starts_with":"balik"}""", true)]
    [InlineData("""{"field":"text","starts_with":"přišel"}""", false)]
    [InlineData("""{"field":"text","exists":true}""", true)]
    [InlineData("""{"field":"subject.ticket","exists":true}""", false)]
    [InlineData("""{"field":"subject.ticket","exists":false}""", true)]
    [InlineData("""{"field":"subject.ticket","ne":"x"}""", true)]
    [InlineData("""{"field":"subject.ticket","not_in":["x"]}""", true)]
    [InlineData("""{"field":"subject.sku","eq":"k-11"}""", true)]
    [InlineData("""{"field":"tags","contains":"reveal"}""", true)]
    [InlineData("""{"field":"tags","contains":"rev"}""", false)]
    [InlineData("""{"field":"tags","in":["x","vip"]}""", true)]
    [InlineData("""{"field":"tags","not_in":["x","vip"]}""", false)]
    [InlineData("""{"field":"topics","contains":"delivery"}""", true)]
    [InlineData("""{"field":"topics","exists":true}""", true)]
    [InlineData("""{"field":"segments","contains":"vip"}""", true)]
    [InlineData("""{"segment":"vip"}""", true)]
    [InlineData("""{"segment":"other"}""", false)]
    [InlineData("""{"field":"consent.contact_back","eq":true}""", true)]
    [InlineData("""{"field":"consent.research","exists":false}""", true)]
    [InlineData("""{"field":"consent.research","eq":false}""", false)]
    [InlineData("""{"field":"cohort","eq":"active"}""", true)]
    [InlineData("""{"field":"occurred_at","within_days":2}""", true)]
    [InlineData("""{"field":"occurred_at","within_days":1}""", false)]
    [InlineData("""{"field":"occurred_at","lt":"2026-11-21"}""", true)]
    [InlineData("""{"field":"received_at","gte":"2026-11-22T07:14:00+01:00"}""", true)]
    [InlineData("""{"field":"received_at","gt":"2026-11-22T06:14:00Z"}""", false)]
    [InlineData("""{"field":"account.renews_on","within_next_days":40}""", true)]
    [InlineData("""{"field":"account.renews_on","within_next_days":39}""", false)]
    [InlineData("""{"field":"account.renews_on","within_days":39}""", false)]
    [InlineData("""{"field":"account.renews_on","eq":"2027-01-01"}""", true)]
    [InlineData("""{"field":"account.annual_value","gte":12000}""", true)]
    [InlineData("""{"field":"account.id","eq":"a-3"}""", true)]
    [InlineData("""{"field":"account.id","eq":"00000008-0000-0000-0000-000000000000"}""", true)]
    [InlineData("""{"field":"contact.id","in":["c-16","c-17"]}""", true)]
    [InlineData("""{"field":"contact.email","contains":"@example.com"}""", true)]
    [InlineData("""{"field":"contact.persona","eq":"end_user"}""", true)]
    [InlineData("""{"field":"contact.traits.plan","eq":"Gold"}""", true)]
    [InlineData("""{"field":"account.traits.plan","exists":true}""", false)]
    [InlineData("""{"field":"attributes.delivery_days","gt":10}""", true)]
    [InlineData("""{"field":"attributes.delivery_days","eq":"11"}""", false)]
    [InlineData("""{"field":"attributes.courier","contains":"rychly"}""", true)]
    [InlineData("""{"field":"attributes.express","eq":true}""", true)]
    [InlineData("""{"field":"attributes.since","within_days":30}""", true)]
    [InlineData("""{"field":"attributes.since","within_days":7}""", false)]
    [InlineData("""{"field":"attributes.nothing","exists":true}""", false)]
    [InlineData("""{"field":"answers.why","eq":"damaged"}""", true)]
    [InlineData("""{"field":"answers.why","in":["damaged",7,true]}""", true)]
    [InlineData("""{"field":"answers.how","exists":false}""", true)]
    [InlineData("""{"signals_by_contact":{"within_days":90,"at_least":3}}""", true)]
    [InlineData("""{"signals_by_contact":{"within_days":30,"at_least":3}}""", false)]
    [InlineData("""{"signals_by_contact":{"within_days":30,"at_most":1}}""", true)]
    [InlineData("""{"all":[]}""", true)]
    [InlineData("""{"not":{"all":[]}}""", false)]
    [InlineData("""{"all":[{"field":"score","lt":40},{"any":[{"field":"channel","in":["sms"]},{"not":{"field":"text","contains":"thank"}}]},{"segment":"vip"}]}""", true)]
    public void Decides(string json, bool expected)
    {
        var condition = Condition.Parse(json, out var errors);
        Assert.Empty(errors.All);
        Assert.Equal(expected, new CompiledCondition(condition!).Matches(Sample.Context()));
        Assert.Equal(condition, Condition.Parse(condition!.ToJson(), out _));
    }

    [Theory]
    [InlineData("Příliš žluťoučký kůň", "zlutoucky KUN")]
    [InlineData("ПОСЫЛКА ЕЩЁ НЕ ПРИШЛА", "еще не пришла")]
    [InlineData("اين كتاب پاره است", "این کتاب")]
    [InlineData("می‌خواهم مُرَجَّع کنم", "میخواهم مرجع")]
    [InlineData("کد ۱۲۳", "کد 123")]
    [InlineData("IŞIK yanmıyor", "ışık")]
    [InlineData("İADE istiyorum", "iade")]
    [InlineData("iade", "İADE")]
    [InlineData("Die STRASSE ist zu", "straße")]
    [InlineData("ΚΑΘΥΣΤΕΡΗΣΗ ΠΑΛΙ ΛΆΘΟΣ", "λαθος")]
    [InlineData("Smørrebrød", "smorrebrod")]
    [InlineData("Ｆｕｌｌ　ｗｉｄｔｈ", "full width")]
    [InlineData("not\n  working", "not working")]
    [InlineData("배송이 늦어요", "늦어요")]
    [InlineData("शिकायत करना", "शिकायत")]
    public void Finds_words_in_any_writing(string text, string words) => Assert.True(Contains(text, words));

    [Theory]
    [InlineData("각", "가")]
    [InlineData("मिला", "मल")]
    [InlineData("домой", "домои")]
    [InlineData("かき", "がき")]
    public void Does_not_mistake_one_letter_for_another(string text, string words) => Assert.False(Contains(text, words));

    [Fact]
    public void Survives_half_a_surrogate_pair() => Assert.True(Contains("bad \ud83d and ÚPLNĚ", "uplne"));

    [Fact]
    public void Says_what_it_needs()
    {
        var condition = Condition.Parse("""
            {"all":[{"signals_by_contact":{"within_days":90,"at_least":3}},{"any":[{"signals_by_contact":{"within_days":7,"at_most":3}},
            {"field":"text","contains":"x"}]},{"not":{"segment":"vip"}},{"field":"account.name","eq":"A"}]}
            """, out _)!;
        var needs = new CompiledCondition(condition).Needs;
        Assert.Equal([7, 90], needs.SignalWindows);
        Assert.Equal(FieldNeeds.Text | FieldNeeds.Segments | FieldNeeds.Account | FieldNeeds.Contact, needs.Fields);
        Assert.Equal(FieldNeeds.None, ConditionNeeds.Of(Condition.Parse("""{"field":"score","lt":3}""", out _)!).Fields);
    }

    [Fact]
    public void Asks_for_no_count_that_no_condition_names()
    {
        var context = Sample.Context() with { SignalsByContactWithinDays = _ => throw new InvalidOperationException("asked") };
        Assert.True(new CompiledCondition(Condition.Parse("""{"field":"score","lt":40}""", out _)!).Matches(context));
    }

    [Fact]
    public void Allocates_nothing_for_ordinary_conditions()
    {
        var compiled = new CompiledCondition(Condition.Parse("""
            {"all":[{"field":"score","lt":40},{"field":"channel","in":["chat","sms"]},{"field":"attributes.delivery_days","gt":5},{"field":"tags","contains":"vip"},
            {"field":"touchpoint","eq":"checkout"},{"segment":"vip"},{"field":"occurred_at","within_days":30},{"signals_by_contact":{"within_days":90,"at_least":3}}]}
            """, out _)!);
        var context = Sample.Context();
        for (var i = 0; i < 100; i++) Assert.True(compiled.Matches(context));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) compiled.Matches(context);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static bool Contains(string text, string words) =>
        new CompiledCondition(new Comparison("text", Comparator.Contains, [Scalar.Of(words)])).Matches(Sample.Context(Sample.Signal(text)));
}
