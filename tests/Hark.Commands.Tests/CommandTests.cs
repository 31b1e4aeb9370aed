using Hark.Data.Workspaces;
using Hark.Domain.Signals;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;
using CommandLine = Hark.Web.Commands.CommandLine;
using Terminal = Hark.Web.Commands.Terminal;

namespace Hark.Commands.Tests;

public sealed class CommandTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabases.CreateBlankAsync(TestStore.Sqlite);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task<(int Code, string Out, string Error)> RunAsync(string[] words, string input = "")
    {
        using var stdin = new StringReader(input);
        await using var stdout = new StringWriter();
        await using var stderr = new StringWriter();
        var code = await CommandLine.RunAsync([.. words, "--ConnectionStrings:Hark", _database.ConnectionString], new Terminal(stdin, stdout, stderr),
            TestContext.Current.CancellationToken);
        return (code, stdout.ToString(), stderr.ToString());
    }

    [Fact]
    public async Task Keys_create_prints_only_the_key_and_makes_the_source_once()
    {
        var first = await RunAsync(["keys", "create", "--source", "Shop", "--channel", "store", "--touchpoint", "checkout"]);
        var second = await RunAsync(["keys", "create", "--source", "shop"]);
        Assert.Equal((0, 0), (first.Code, second.Code));
        Assert.True(KeyText.LooksRight(first.Out.TrimEnd('\r', '\n')), first.Out);
        Assert.NotEqual(first.Out, second.Out);
        await using var db = _database.Store.Read();
        var source = await db.Sources.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal((Channel.Store, "checkout"), (source.Channel, source.Touchpoint));
        Assert.Equal(2, await db.AccessKeys.CountAsync(k => k.SourceId == source.SourceId && k.Scope == KeyScope.Send, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_key_is_revoked_by_its_id()
    {
        await RunAsync(["keys", "create", "--source", "Shop"]);
        await using var db = _database.Store.Read();
        var id = await db.AccessKeys.Select(k => k.KeyId).SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, (await RunAsync(["keys", "revoke", id.ToString()])).Code);
        Assert.True(await db.AccessKeys.AnyAsync(k => k.RevokedAt != null, TestContext.Current.CancellationToken));
        var unknown = await RunAsync(["keys", "revoke", Guid.Empty.ToString()]);
        Assert.Equal((1, "There is no such key."), (unknown.Code, unknown.Error.Trim()));
    }

    [Fact]
    public async Task A_user_is_made_with_the_password_of_standard_input_and_gets_a_token()
    {
        Assert.Equal(0, (await RunAsync(["users", "create", "--email", "Eva@example.com", "--role", "agent"], "a long password\n")).Code);
        await using var db = _database.Store.Read();
        var member = await db.Members.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("eva@example.com", Role.Agent), (member.Email, member.Role));
        Assert.True(MemberAdmin.PasswordMatches(member, "a long password"));
        Assert.False(MemberAdmin.PasswordMatches(member, "another password"));
        Assert.True(KeyText.LooksRight((await RunAsync(["tokens", "create", "--email", "eva@example.com", "--scope", "write"])).Out.Trim()));
        var tooWide = await RunAsync(["tokens", "create", "--email", "eva@example.com", "--scope", "admin"]);
        Assert.Equal((1, ""), (tooWide.Code, tooWide.Out));
        Assert.Contains("write", tooWide.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "short\n", "users", "create", "--email", "a@example.com", "--role", "agent")]
    [InlineData(1, "", "users", "create", "--email", "a@example.com", "--role", "agent")]
    [InlineData(1, "a long password", "users", "create", "--email", "nobody", "--role", "agent")]
    [InlineData(2, "", "users", "create", "--email", "a@example.com", "--role", "king")]
    [InlineData(2, "", "keys", "create", "--sorce", "x")]
    [InlineData(2, "", "keys", "create")]
    [InlineData(2, "", "sing")]
    [InlineData(1, "", "tokens", "create", "--email", "nobody@example.com", "--scope", "read")]
    [InlineData(2, "", "migrate", "--Hark:Roles=both")]
    public async Task Wrong_use_says_what_is_wrong_on_standard_error(int code, string input, params string[] words)
    {
        var (actual, output, error) = await RunAsync(words, input);
        Assert.Equal((code, ""), (actual, output));
        Assert.NotEqual("", error);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_says_what_it_did()
    {
        Assert.Contains("Initial", (await RunAsync(["migrate"])).Out, StringComparison.Ordinal);
        Assert.Equal("", (await RunAsync(["migrate"])).Out);
    }

    [Fact]
    public async Task An_old_schema_stops_the_start_where_upgrades_are_off()
    {
        var (code, _, error) = await RunAsync(["--Hark:Migrate=false"]);
        Assert.Equal(1, code);
        Assert.Contains("hark migrate", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unreachable_database_is_one_sentence()
    {
        await using var stderr = new StringWriter();
        var code = await CommandLine.RunAsync(["--ConnectionStrings:Hark=Host=127.0.0.1;Port=1;Database=x;Timeout=3"],
            new Terminal(TextReader.Null, TextWriter.Null, stderr), TestContext.Current.CancellationToken);
        Assert.Equal(1, code);
        Assert.Contains("ConnectionStrings:Hark", stderr.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", stderr.ToString(), StringComparison.Ordinal);
    }
}
