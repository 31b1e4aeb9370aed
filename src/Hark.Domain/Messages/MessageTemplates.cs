using Hark.Domain.Routing;

namespace Hark.Domain.Messages;

/// <summary>The messages Hark can send, by key.</summary>
public static class MessageTemplates
{
    /// <summary>Every template that a rule may name.</summary>
    public static IReadOnlyList<string> Keys { get; } = [RuleSet.PassiveTemplate, RuleSet.PromoterTemplate];
}
