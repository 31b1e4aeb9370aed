namespace Hark.Domain.Routing;

/// <summary>The kinds of things that rules name by key.</summary>
public enum RoutingName { Team, Member, Segment, Webhook, SlaPolicy, Template }

/// <summary>What a workspace has that rules may name; a snapshot, so that validation reads no store.</summary>
public interface IRoutingNames
{
    bool Knows(RoutingName kind, string key);

    /// <summary>All keys of a kind, for "did you mean". May be empty where the keys are too many to list.</summary>
    IEnumerable<string> Known(RoutingName kind);
}

/// <summary>For documents that name nothing of the workspace.</summary>
internal sealed class NoNames : IRoutingNames
{
    public static NoNames Instance { get; } = new();

    public bool Knows(RoutingName kind, string key) => false;
    public IEnumerable<string> Known(RoutingName kind) => [];
}
