using System.Net;
using Hark.Web.Features.Accounts.Providers;

namespace Hark.Web.Infrastructure.Settings;

/// <summary>What a node does. <see cref="All"/> suits an installation of one.</summary>
public enum NodeRoles { All, Web, Worker }

/// <summary>How the connection to the mail server is protected.</summary>
public enum MailSecurity { Starttls, Tls, None }

/// <summary>Which database holds the data.</summary>
public enum StoreKind { Sqlite, PostgreSql }

/// <summary>Every setting of a node, read and checked once at start by <see cref="HarkSettings"/>.</summary>
public sealed record HarkOptions
{
    /// <summary><c>ConnectionStrings:Hark</c>.</summary>
    public required string ConnectionString { get; init; }
    public required StoreKind Store { get; init; }
    public NodeRoles Roles { get; init; } = NodeRoles.All;

    /// <summary>Whether the schema is upgraded at start; false where an operator runs <c>migrate</c>.</summary>
    public bool Migrate { get; init; } = true;

    /// <summary>The address that customers reach, without a slash at its end: the stem of every link sent.</summary>
    public required string PublicUrl { get; init; }

    /// <summary>Null while no mail server is set: nothing can be sent.</summary>
    public MailOptions? Mail { get; init; }

    /// <summary>The administrator made on the first start.</summary>
    public AdminOptions? Admin { get; init; }

    /// <summary>The workspace made on the first start.</summary>
    public WorkspaceOptions Workspace { get; init; } = new();

    /// <summary>Whether this is the demo: its sample company goes on living, and nothing is mailed whatever the mail settings say.</summary>
    public bool Demo { get; init; }
    public bool WebhooksMayReachPrivateAddresses { get; init; }

    /// <summary>Whether a language model may be in the operator's own network, and be reached without TLS.</summary>
    public bool LanguageModelMayBePrivate { get; init; }

    /// <summary>Reverse proxies whose forwarded headers are believed.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];
    public LimitOptions Limits { get; init; } = new();

    /// <summary>Providers by which members may sign in, in the order of their names.</summary>
    public IReadOnlyList<SignInProvider> SignInProviders { get; init; } = [];

    public bool RunsWeb => Roles is NodeRoles.All or NodeRoles.Web;
    public bool RunsWorkers => Roles is NodeRoles.All or NodeRoles.Worker;
}

/// <summary>The SMTP server that sends for us.</summary>
/// <param name="From">An address, or a name and an address: <c>Care &lt;care@example.com&gt;</c>.</param>
public sealed record MailOptions(string Host, int Port, string? User, string? Password, string From, MailSecurity Security)
{
    /// <summary>Leaves the password out of logs.</summary>
    public override string ToString() => $"{Host}:{Port} ({Security})";
}

public sealed record AdminOptions(string Email, string Password)
{
    /// <summary>Leaves the password out of logs.</summary>
    public override string ToString() => Email;
}

public sealed record WorkspaceOptions
{
    public string Name { get; init; } = "Hark";

    /// <summary>IANA zone.</summary>
    public string TimeZone { get; init; } = "UTC";
}

/// <summary>How much one caller may ask for. Intake has back-pressure of its own, so source keys get far more than people need.</summary>
public sealed record LimitOptions
{
    /// <summary>Requests a second of one source key; bursts of two seconds' worth pass.</summary>
    public int SourceKeyPerSecond { get; init; } = 10_000;

    /// <summary>Requests a second of one personal token.</summary>
    public int TokenPerSecond { get; init; } = 100;

    /// <summary>Requests a second of one address without a key.</summary>
    public int AddressPerSecond { get; init; } = 50;

    /// <summary>Wrong keys a minute from one address; beyond that, unknown keys are not even looked up.</summary>
    public int FailedAuthenticationsPerMinute { get; init; } = 30;

    /// <summary>Tries a minute of one address to sign in, ask for a new password, or use a link.</summary>
    public int SignInsPerMinute { get; init; } = 20;

    /// <summary>Bytes of a request body where the endpoint names no other limit.</summary>
    public int BodyBytes { get; init; } = 1024 * 1024;
}
