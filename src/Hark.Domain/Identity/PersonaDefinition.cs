using System.Collections.Frozen;
using System.Text.Json;
using Hark.Domain.Common;
using Hark.Domain.Routing;

namespace Hark.Domain.Identity;

/// <summary>What part somebody has in the decision to buy and stay.</summary>
public enum Persona { DecisionMaker, Influencer, EndUser }

/// <summary>When somebody has the persona.</summary>
public sealed record PersonaRule(Persona Persona, Condition When);

/// <summary>
/// How a workspace tells personas: the first rule that holds decides, then the contact's trait; otherwise the persona is not known.
/// </summary>
public sealed class PersonaDefinition
{
    public const string DefaultTrait = "role";

    /// <summary>Common names of roles, folded; more specific conditions come first as rules.</summary>
    private static readonly FrozenDictionary<string, Persona> Roles = new Dictionary<string, Persona>
    {
        ["decision_maker"] = Persona.DecisionMaker,
        ["decision maker"] = Persona.DecisionMaker,
        ["owner"] = Persona.DecisionMaker,
        ["buyer"] = Persona.DecisionMaker,
        ["executive"] = Persona.DecisionMaker,
        ["director"] = Persona.DecisionMaker,
        ["ceo"] = Persona.DecisionMaker,
        ["influencer"] = Persona.Influencer,
        ["champion"] = Persona.Influencer,
        ["manager"] = Persona.Influencer,
        ["admin"] = Persona.Influencer,
        ["team lead"] = Persona.Influencer,
        ["end_user"] = Persona.EndUser,
        ["end user"] = Persona.EndUser,
        ["user"] = Persona.EndUser,
        ["consumer"] = Persona.EndUser,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly (Persona Persona, CompiledCondition When)[] _rules;

    public PersonaDefinition(IReadOnlyList<PersonaRule> rules, string trait = DefaultTrait)
    {
        (Rules, Trait) = (rules, trait);
        _rules = [.. rules.Select(r => (r.Persona, new CompiledCondition(r.When)))];
        Needs = ConditionNeeds.OfAll(_rules.Select(r => r.When.Needs));
    }

    public static PersonaDefinition Default { get; } = new([]);
    public IReadOnlyList<PersonaRule> Rules { get; }

    /// <summary>The contact's trait that names the role where no rule holds.</summary>
    public string Trait { get; }
    public ConditionNeeds Needs { get; }

    /// <summary>The persona of the signal's contact, or null where nothing tells.</summary>
    public Persona? Of(RoutingContext context)
    {
        foreach (var (persona, when) in _rules)
        {
            if (when.Matches(context)) return persona;
        }
        var role = context.Contact?.Traits.TryGetValue(Trait, out var value) == true ? value.Text : null;
        return role is not null && Roles.TryGetValue(TextFold.Fold(role.Trim()), out var known) ? known : null;
    }

    /// <summary>Reads <c>{"trait": "role", "personas": [{"persona": "decision_maker", "when": {…}}]}</c>; null when it has errors.</summary>
    public static PersonaDefinition? Parse(string json, out SourceErrors errors)
    {
        if (JsonSource.Parse(json, out errors) is not { } root) return null;
        var reader = new DocumentReader(errors, NoNames.Instance);
        if (!reader.IsObject(root, "a persona definition", "trait", "personas")) return null;
        var rules = new List<PersonaRule>();
        foreach (var part in reader.List(root, "personas", "personas", 100))
        {
            if (!reader.IsObject(part, "a persona", "persona", "when")) continue;
            if (part.Member("persona") is null) errors.Add(part, "needs \"persona\", " + EnumNames<Persona>.Choices);
            if (part.Member("when") is null) errors.Add(part, "needs \"when\", a condition");
            // Personas are known before segments are worked out, which may look at them.
            var when = part.Member("when") is { } condition ? new ConditionParser(errors, static _ => "a persona cannot depend on a segment").Read(condition) : Condition.Always;
            rules.Add(new PersonaRule(reader.Choice<Persona>(part, "persona") ?? default, when));
        }
        var trait = reader.Text(root, "trait", 200) ?? DefaultTrait;
        return errors.Any ? null : new PersonaDefinition(rules, trait);
    }

    public string ToJson() => CanonicalJson.Write(Write, this);

    private static void Write(Utf8JsonWriter json, PersonaDefinition personas)
    {
        json.WriteStartObject();
        json.WriteString("trait", personas.Trait);
        json.WriteStartArray("personas");
        foreach (var rule in personas.Rules)
        {
            json.WriteStartObject();
            json.WriteString("persona", EnumNames<Persona>.Of(rule.Persona));
            json.WritePropertyName("when");
            ConditionWriter.Write(json, rule.When);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
