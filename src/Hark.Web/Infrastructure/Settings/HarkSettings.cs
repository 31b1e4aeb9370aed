using System.Data.Common;
using System.Net;
using System.Net.Mail;
using Hark.Data.Workspaces;
using Hark.Domain.Workspaces;
using Hark.Web.Features.Accounts.Providers;
using NodaTime;

namespace Hark.Web.Infrastructure.Settings;

/// <summary>The settings are wrong; the message is all that the operator needs to see.</summary>
public sealed class SettingsException(string message) : Exception(message);

/// <summary>Reads and checks the settings: the one place that knows their keys.</summary>
public static class HarkSettings
{
    public const string DefaultAddress = "http://localhost:5080";
    public const string DefaultConnection = "Data Source=./data/hark.db", DemoConnection = "Data Source=./data/demo/hark.db";

    /// <summary>The settings, or one sentence for each thing that is wrong with them.</summary>
    /// <exception cref="SettingsException">At least one setting is wrong.</exception>
    public static HarkOptions Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var demo = reader.Flag("Hark:Demo", false);
        var connection = reader.Text("ConnectionStrings:Hark") ?? (demo ? DemoConnection : DefaultConnection);
        var mail = Mail(reader);
        var options = new HarkOptions
        {
            ConnectionString = connection,
            Store = StoreOf(reader, connection),
            Roles = reader.Choice("Hark:Roles", NodeRoles.All),
            Migrate = reader.Flag("Hark:Migrate", true),
            PublicUrl = PublicUrl(reader, configuration),
            Mail = demo ? null : mail,
            Demo = demo,
            Admin = Admin(reader),
            Workspace = Workspace(reader),
            WebhooksMayReachPrivateAddresses = reader.Flag("Hark:Webhooks:AllowPrivateAddresses", false),
            LanguageModelMayBePrivate = reader.Flag("Hark:LanguageModel:AllowPrivateAddresses", false),
            TrustedProxies = TrustedProxies(reader),
            Limits = Limits(reader),
            SignInProviders = SignInProviders(reader, configuration),
        };
        reader.FailUnknown("Hark");
        return reader.Errors.Count == 0 ? options : throw new SettingsException("Hark cannot start: " + string.Join(" ", reader.Errors));
    }

    /// <summary>Anything with a <c>Host</c> is PostgreSQL.</summary>
    private static StoreKind StoreOf(SettingsReader reader, string connection)
    {
        const string Key = "ConnectionStrings:Hark";
        var parts = new DbConnectionStringBuilder();
        try
        {
            parts.ConnectionString = connection;
        }
        catch (ArgumentException)
        {
            reader.Fail(Key, "is not a connection string; write Data Source=path/hark.db or Host=…;Database=….");
            return StoreKind.Sqlite;
        }
        if (parts.ContainsKey("Host")) return StoreKind.PostgreSql;
        var path = parts.TryGetValue("Data Source", out var source) || parts.TryGetValue("DataSource", out source) || parts.TryGetValue("Filename", out source)
            ? source as string : null;
        if (string.IsNullOrWhiteSpace(path)) reader.Fail(Key, "names no store; write Data Source=path/hark.db for SQLite or Host=…;Database=… for PostgreSQL.");
        else if (path.Contains(":memory:", StringComparison.OrdinalIgnoreCase)) reader.Fail(Key, "must name a file: a store in memory would lose what it acknowledged.");
        return StoreKind.Sqlite;
    }

    private static string PublicUrl(SettingsReader reader, IConfiguration configuration)
    {
        const string Key = "Hark:PublicUrl";
        if (reader.Text(Key) is not { } text) return (FirstAddress(configuration) ?? DefaultAddress).TrimEnd('/');
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Query.Length == 0 && url.Fragment.Length == 0)
            return text.TrimEnd('/');
        reader.Fail(Key, "must be an http or https address without a query, such as https://feedback.example.com.");
        return DefaultAddress;
    }

    /// <summary>The first listening address, where it is one that links can use (not a wildcard).</summary>
    private static string? FirstAddress(IConfiguration configuration) =>
        configuration["urls"]?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(u => Uri.TryCreate(u, UriKind.Absolute, out var url) && url.Host is not ("0.0.0.0" or "[::]") && url.Port != 0);

    private static MailOptions? Mail(SettingsReader reader)
    {
        var host = reader.Text("Hark:Mail:Host");
        var security = reader.Choice("Hark:Mail:Security", MailSecurity.Starttls);
        var usual = security switch { MailSecurity.Starttls => 587, MailSecurity.Tls => 465, MailSecurity.None => 25 };
        var port = reader.Number("Hark:Mail:Port", usual, 1, 65535);
        var (user, password, from) = (reader.Text("Hark:Mail:User"), reader.Text("Hark:Mail:Password"), reader.Text("Hark:Mail:From"));
        if (host is null)
        {
            if (user is not null || password is not null || from is not null) reader.Fail("Hark:Mail:Host", "must name the mail server, because other Hark:Mail settings are there.");
            return null;
        }
        if (from is null || !MailAddress.TryCreate(from, out _)) reader.Fail("Hark:Mail:From", "must be the sender's e-mail address.");
        if (user is null != password is null) reader.Fail(user is null ? "Hark:Mail:User" : "Hark:Mail:Password", "must be set too: user and password belong together.");
        return new MailOptions(host, port, user, password, from ?? "", security);
    }

    private static AdminOptions? Admin(SettingsReader reader)
    {
        var (email, password) = (reader.Text("Hark:Admin:Email"), reader.Text("Hark:Admin:Password"));
        if (email is null && password is null) return null;
        if (email is null || !MailAddress.TryCreate(email, out _)) reader.Fail("Hark:Admin:Email", "must be an e-mail address.");
        if (password is null || password.Length < MemberAdmin.ShortestPassword) reader.Fail("Hark:Admin:Password", $"must have {MemberAdmin.ShortestPassword} characters or more.");
        return new AdminOptions(email ?? "", password ?? "");
    }

    private static WorkspaceOptions Workspace(SettingsReader reader)
    {
        var defaults = new WorkspaceOptions();
        var zone = reader.Text("Hark:Workspace:TimeZone") ?? defaults.TimeZone;
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null) reader.Fail("Hark:Workspace:TimeZone", "must be an IANA time zone such as Europe/Prague.");
        return new WorkspaceOptions { Name = reader.Text("Hark:Workspace:Name") ?? defaults.Name, TimeZone = zone };
    }

    private static List<IPNetwork> TrustedProxies(SettingsReader reader)
    {
        const string Key = "Hark:TrustedProxies";
        var networks = new List<IPNetwork>();
        foreach (var text in reader.Text(Key)?.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            if (IPNetwork.TryParse(text, out var network)) networks.Add(network);
            else if (IPAddress.TryParse(text, out var address)) networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else reader.Fail(Key, "must be addresses or networks joined by commas, such as 10.0.0.0/8.");
        }
        return networks;
    }

    /// <summary>Each section below <c>Hark:SignIn</c> is a provider.</summary>
    private static List<SignInProvider> SignInProviders(SettingsReader reader, IConfiguration configuration)
    {
        var providers = new List<SignInProvider>();
        foreach (var section in configuration.GetSection("Hark:SignIn").GetChildren())
        {
            var key = $"Hark:SignIn:{section.Key}";
            var (authority, id, secret) = (reader.Text(key + ":Authority"), reader.Text(key + ":ClientId"), reader.Text(key + ":ClientSecret"));
            var domains = reader.Text(key + ":Domains")?.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries) ?? [];
            var role = reader.Choice(key + ":Role", Role.Viewer);
            if (!section.Key.All(char.IsAsciiLetterOrDigit)) reader.Fail(key, "must be named by letters and digits only: the name is part of addresses.");
            if (!OpenIdDiscovery.IsSafe(authority)) reader.Fail(key + ":Authority", "must be the https address of the provider.");
            if (id is null) reader.Fail(key + ":ClientId", "must be the id that the provider gave Hark.");
            if (secret is null) reader.Fail(key + ":ClientSecret", "must be the secret that the provider gave Hark.");
            if (domains.Any(d => Uri.CheckHostName(d) != UriHostNameType.Dns)) reader.Fail(key + ":Domains", "must be domains joined by commas, such as example.com.");
            if (role is Role.Administrator) reader.Fail(key + ":Role", "must not be administrator; make somebody one by hand.");
            providers.Add(new SignInProvider(section.Key, (authority ?? "").TrimEnd('/'), id ?? "", secret ?? "", domains, role));
        }
        return providers;
    }

    private static LimitOptions Limits(SettingsReader reader)
    {
        var defaults = new LimitOptions();
        const int Most = 1_000_000;
        return new LimitOptions
        {
            SourceKeyPerSecond = reader.Number("Hark:Limits:SourceKeyPerSecond", defaults.SourceKeyPerSecond, 1, Most),
            TokenPerSecond = reader.Number("Hark:Limits:TokenPerSecond", defaults.TokenPerSecond, 1, Most),
            AddressPerSecond = reader.Number("Hark:Limits:AddressPerSecond", defaults.AddressPerSecond, 1, Most),
            FailedAuthenticationsPerMinute =
                reader.Number("Hark:Limits:FailedAuthenticationsPerMinute", defaults.FailedAuthenticationsPerMinute, 1, Most),
            SignInsPerMinute = reader.Number("Hark:Limits:SignInsPerMinute", defaults.SignInsPerMinute, 1, Most),
            BodyBytes = reader.Number("Hark:Limits:BodyBytes", defaults.BodyBytes, 1024, 64 * 1024 * 1024),
        };
    }
}
