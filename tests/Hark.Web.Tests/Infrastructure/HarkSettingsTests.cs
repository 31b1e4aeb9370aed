using Hark.Web.Infrastructure.Settings;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Hark.Web.Tests.Infrastructure;

public sealed class HarkSettingsTests
{
    private static HarkOptions Read(params (string Key, string Value)[] settings) => HarkSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value))).Build());

    private static string Wrong(params (string Key, string Value)[] settings) => Assert.Throws<SettingsException>(() => Read(settings)).Message;

    [Fact]
    public void Nothing_set_is_one_node_on_a_file()
    {
        var options = Read();
        Assert.Equal(StoreKind.Sqlite, options.Store);
        Assert.Equal("Data Source=./data/hark.db", options.ConnectionString);
        Assert.True(options is { RunsWeb: true, RunsWorkers: true, Migrate: true, Mail: null, Admin: null });
        Assert.Equal("http://localhost:5080", options.PublicUrl);
    }

    [Theory]
    [InlineData("Host=db;Database=hark", StoreKind.PostgreSql)]
    [InlineData("host=db", StoreKind.PostgreSql)]
    [InlineData("Data Source=x.db", StoreKind.Sqlite)]
    [InlineData("Filename=x.db", StoreKind.Sqlite)]
    public void The_connection_string_chooses_the_store(string connection, StoreKind store) =>
        Assert.Equal(store, Read(("ConnectionStrings:Hark", connection)).Store);

    [Theory]
    [InlineData("ConnectionStrings:Hark", "nonsense")]
    [InlineData("ConnectionStrings:Hark", "Database=hark")]
    [InlineData("ConnectionStrings:Hark", "Data Source=:memory:")]
    [InlineData("Hark:Roles", "both")]
    [InlineData("Hark:Migrate", "perhaps")]
    [InlineData("Hark:PublicUrl", "feedback.example.com")]
    [InlineData("Hark:PublicUrl", "ftp://feedback.example.com")]
    [InlineData("Hark:Workspace:TimeZone", "Prague")]
    [InlineData("Hark:Limits:TokenPerSecond", "0")]
    [InlineData("Hark:TrustedProxies", "proxy")]
    [InlineData("Hark:Webhooks:AllowPrivateAddresses", "1")]
    public void A_wrong_value_is_named_by_its_key(string key, string value) => Assert.Contains(key, Wrong((key, value)), StringComparison.Ordinal);

    [Fact]
    public void A_misspelt_key_is_named() => Assert.Contains("Hark:Mial:Host", Wrong(("Hark:Mial:Host", "x")), StringComparison.Ordinal);

    [Fact]
    public void All_that_is_wrong_is_told_at_once_in_one_line()
    {
        var message = Wrong(("Hark:Roles", "x"), ("Hark:Migrate", "x"), ("Hark:Mail:Port", "x"));
        Assert.All(["Hark:Roles", "Hark:Migrate", "Hark:Mail:Port"], k => Assert.Contains(k, message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Secrets_stay_out_of_messages_and_of_text()
    {
        var message = Wrong(("ConnectionStrings:Hark", "Hots=db;Password=geheim"), ("Hark:Admin:Email", "x"), ("Hark:Admin:Password", "geheim"),
            ("Hark:Mail:Password", "geheim"));
        Assert.DoesNotContain("geheim", message, StringComparison.Ordinal);
        var options = Read(("Hark:Admin:Email", "a@example.com"), ("Hark:Admin:Password", "geheimgeheim"), ("Hark:Mail:Host", "mail"),
            ("Hark:Mail:From", "a@example.com"), ("Hark:Mail:User", "u"), ("Hark:Mail:Password", "geheim"));
        Assert.DoesNotContain("geheim", $"{options.Admin} {options.Mail}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("starttls", 587)]
    [InlineData("tls", 465)]
    [InlineData("none", 25)]
    public void Mail_has_the_usual_port_of_its_security(string security, int port) =>
        Assert.Equal(port, Read(("Hark:Mail:Host", "mail"), ("Hark:Mail:From", "Care <care@example.com>"), ("Hark:Mail:Security", security)).Mail!.Port);

    [Fact]
    public void Mail_settings_belong_together()
    {
        Assert.Contains("Hark:Mail:Host", Wrong(("Hark:Mail:From", "a@example.com")), StringComparison.Ordinal);
        Assert.Contains("Hark:Mail:From", Wrong(("Hark:Mail:Host", "mail")), StringComparison.Ordinal);
        Assert.Contains("Hark:Mail:Password", Wrong(("Hark:Mail:Host", "mail"), ("Hark:Mail:From", "a@example.com"), ("Hark:Mail:User", "u")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:7000", "http://localhost:7000")]
    [InlineData("http://0.0.0.0:7000;http://hark.example:80", "http://hark.example:80")]
    [InlineData("http://*:7000", "http://localhost:5080")]
    public void Links_use_the_address_that_is_served_unless_told(string urls, string expected) => Assert.Equal(expected, Read(("urls", urls)).PublicUrl);
}
