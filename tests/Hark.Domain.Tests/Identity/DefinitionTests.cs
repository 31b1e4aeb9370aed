using Hark.Domain.Identity;
using Hark.Domain.Signals;
using Hark.Domain.Tests.Routing;
using Xunit;

namespace Hark.Domain.Tests.Identity;

public sealed class DefinitionTests
{
    [Theory]
    [InlineData(0, null, Cohort.New)]
    [InlineData(89, null, Cohort.New)]
    [InlineData(90, null, Cohort.Active)]
    [InlineData(729, null, Cohort.Active)]
    [InlineData(730, null, Cohort.LongTerm)]
    [InlineData(-3, null, Cohort.New)]
    [InlineData(1, "2020-01-01", Cohort.LongTerm)]
    [InlineData(1, "2026-05-01T10:00:00+02:00", Cohort.Active)]
    [InlineData(1000, "2026-11-01", Cohort.New)]
    [InlineData(100, "last year", Cohort.Active)]
    public void Tells_the_cohort(int days, string? since, Cohort expected)
    {
        var traits = since is null ? Scalar.NoValues : new Dictionary<string, Scalar> { ["customer_since"] = Scalar.Of(since) };
        Assert.Equal(expected, CohortDefinition.Default.Of(traits, Sample.Now.AddDays(-days), Sample.Now));
    }

    [Fact]
    public void Reads_and_writes_cohorts()
    {
        var cohorts = CohortDefinition.Parse("""{"new_days":30,"long_term_days":365,"since_trait":"joined"}""", out _);
        Assert.Equal(new CohortDefinition(30, 365, "joined"), cohorts);
        Assert.Equal(cohorts, CohortDefinition.Parse(cohorts!.ToJson(), out _));
        Assert.Equal(CohortDefinition.Default, CohortDefinition.Parse("{}", out _));
    }

    [Theory]
    [InlineData("""{"new_days":0}""", "/new_days", 13)]
    [InlineData("""{"new_days":90,"long_term_days":90}""", "/long_term_days", 33)]
    [InlineData("""{"new_day":90}""", "/new_day", 2)]
    [InlineData("""{"since_trait":4}""", "/since_trait", 16)]
    public void Refuses_wrong_cohorts(string json, string pointer, int column)
    {
        Assert.Null(CohortDefinition.Parse(json, out var errors));
        Assert.Equal((pointer, column), (errors.All[0].Pointer, errors.All[0].Column));
    }

    [Fact]
    public void Tells_the_persona_by_condition_then_by_trait()
    {
        var personas = PersonaDefinition.Parse("""
            {"trait":"job","personas":[{"persona":"decision_maker","when":{"field":"account.annual_value","gte":50000}},{"persona":"influencer","when":{"field":"contact.email","starts_with":"it@"}}]}
            """, out _)!;
        var context = Sample.Context();
        Assert.Null(personas.Of(context));
        Assert.Equal(Persona.EndUser, personas.Of(With("job", " End User ")));
        Assert.Null(personas.Of(With("role", "user")));
        Assert.Equal(Persona.DecisionMaker, personas.Of(With("job", "user") with { Account = context.Account! with { AnnualValue = 50_000 } }));
        Assert.Equal(Persona.DecisionMaker, PersonaDefinition.Default.Of(With("role", "decision_maker")));
        Assert.Equal(personas.ToJson(), PersonaDefinition.Parse(personas.ToJson(), out _)!.ToJson());

        Domain.Routing.RoutingContext With(string trait, string value) =>
            context with { Contact = context.Contact! with { Traits = new Dictionary<string, Scalar> { [trait] = Scalar.Of(value) } } };
    }

    [Theory]
    [InlineData("""{"personas":[{"persona":"boss","when":{"all":[]}}]}""", "/personas/0/persona")]
    [InlineData("""{"personas":[{"persona":"end_user"}]}""", "/personas/0")]
    [InlineData("""{"personas":[{"persona":"end_user","when":{"segment":"vip"}}]}""", "/personas/0/when/segment")]
    [InlineData("""{"personas":[{"persona":"end_user","when":{"field":"x","eq":1}}]}""", "/personas/0/when/field")]
    [InlineData("""{}""", "")]
    public void Refuses_wrong_personas(string json, string pointer)
    {
        Assert.Null(PersonaDefinition.Parse(json, out var errors));
        Assert.Equal(pointer, errors.All[0].Pointer);
    }
}
