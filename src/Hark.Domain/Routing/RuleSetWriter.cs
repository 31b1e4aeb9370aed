using System.Text.Json;
using Hark.Domain.Common;

namespace Hark.Domain.Routing;

/// <summary>Writes rules in the form that <see cref="RuleSet.Parse"/> reads; members at their default are left out.</summary>
internal static class RuleSetWriter
{
    public static void Write(Utf8JsonWriter json, RuleSet set)
    {
        json.WriteStartObject();
        json.WriteNumber("version", set.Version);
        json.WriteStartArray("rules");
        foreach (var rule in set.Rules) Write(json, rule);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Rule rule)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Id);
        json.WriteString("name", rule.Name);
        json.WriteBoolean("enabled", rule.Enabled);
        json.WriteNumber("version", rule.Version);
        json.WritePropertyName("when");
        ConditionWriter.Write(json, rule.When);
        json.WriteStartArray("then");
        foreach (var action in rule.Then) Write(json, action);
        json.WriteEndArray();
        json.WriteBoolean("stop", rule.Stop);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RuleAction action)
    {
        json.WriteStartObject();
        json.WriteStartObject(NameOf(action));
        switch (action)
        {
            case OpenCase open: WriteOpenCase(json, open); break;
            case AddTags tags:
                json.WriteStartArray("tags");
                foreach (var tag in tags.Tags) json.WriteStringValue(tag);
                json.WriteEndArray();
                break;
            case Notify notify:
                json.WriteString("to", notify.To.ToString());
                WriteIfAny(json, "template", notify.Template);
                break;
            case CallWebhook webhook: json.WriteString("endpoint", webhook.Endpoint); break;
            case AutoReply reply: json.WriteString("template", reply.Template); break;
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string NameOf(RuleAction action) => action switch
    {
        OpenCase => "open_case",
        AddTags => "tag",
        Notify => "notify",
        AskCallBack => "ask_call_back",
        CallWebhook => "webhook",
        AutoReply => "auto_reply",
        _ => throw new InvalidOperationException($"No form for {action.GetType().Name}."),
    };

    private static void WriteOpenCase(Utf8JsonWriter json, OpenCase open)
    {
        if (open.Severity is { } severity) json.WriteString("severity", EnumNames<Signals.Severity>.Of(severity));
        WriteIfAny(json, "team", open.Team);
        WriteIfAny(json, "assignee", open.Assignee);
        if (open.Assign != AssignmentStrategy.Team) json.WriteString("assign", EnumNames<AssignmentStrategy>.Of(open.Assign));
        WriteIfAny(json, "title", open.Title);
        if (open.Join != JoinMode.ContactAndSubject) json.WriteString("join", EnumNames<JoinMode>.Of(open.Join));
        WriteIfAny(json, "policy", open.Policy);
    }

    private static void WriteIfAny(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }
}
