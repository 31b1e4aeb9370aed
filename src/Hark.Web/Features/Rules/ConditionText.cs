using Hark.Domain.Common;
using Hark.Domain.Routing;

namespace Hark.Web.Features.Rules;

/// <summary>A condition on one line, in the words of the rule document: <c>band eq negative and (channel in chat, sms or not in segment vip)</c>.</summary>
internal static class ConditionText
{
    public static string Of(Condition condition) => condition switch
    {
        AllOf { Items.Count: 0 } => "always",
        AnyOf { Items.Count: 0 } => "never",
        AllOf all => Join(all.Items, " and "),
        AnyOf any => Join(any.Items, " or "),
        Not not => $"not {Inner(not.Item)}",
        Comparison { Op: Comparator.Exists } c => $"{c.Field} exists",
        Comparison c => $"{c.Field} {EnumNames<Comparator>.Of(c.Op)} {string.Join(", ", c.Values)}",
        InSegment segment => $"in segment {segment.Key}",
        SignalsByContact count => $"signals within {count.WithinDays} days {Bounds(count)}",
        _ => condition.ToJson(),
    };

    private static string Join(IReadOnlyList<Condition> items, string word) => items.Count == 1 ? Of(items[0]) : string.Join(word, items.Select(Inner));

    private static string Inner(Condition condition) => condition is AllOf { Items.Count: > 1 } or AnyOf { Items.Count: > 1 } ? $"({Of(condition)})" : Of(condition);

    private static string Bounds(SignalsByContact count) => (count.AtLeast, count.AtMost) switch
    {
        ({ } least, { } most) => $"{least} to {most}",
        ({ } least, null) => $"at least {least}",
        (null, var most) => $"at most {most}",
    };
}

/// <summary>An action on one line, in the words of the rule document.</summary>
internal static class ActionText
{
    public static string Of(RuleAction action) => action switch
    {
        OpenCase open => string.Join(' ', new[]
        {
            "open case", open.Severity is { } severity ? EnumNames<Domain.Signals.Severity>.Of(severity) : null, open.Team is { } team ? "for " + team : null,
            open.Assignee is { } person ? "to " + person : open.Assign == AssignmentStrategy.Team ? null : "by " + EnumNames<AssignmentStrategy>.Of(open.Assign),
        }.Where(p => p is not null)),
        AddTags tags => "tag " + string.Join(", ", tags.Tags),
        Notify notify => $"notify {notify.To}",
        AskCallBack => "call back",
        CallWebhook webhook => "webhook " + webhook.Endpoint,
        AutoReply reply => "reply " + reply.Template,
        _ => action.GetType().Name,
    };
}
