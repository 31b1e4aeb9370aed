using System.Net.Http.Headers;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Workspaces;
using Hark.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Hark.Web.Testing;

/// <summary>
/// The whole application over a real database, with a clock that the test moves. Background workers are off unless asked for; drive them yourself, they
/// are registered either way. Create it with <see cref="StartAsync"/>.
/// </summary>
public sealed class AppFactory : WebApplicationFactory<Program>
{
    private readonly TestDatabase _database;
    private readonly Dictionary<string, string> _settings;
    private readonly Action<IServiceCollection>? _services;
    private int _names;

    private AppFactory(TestDatabase database, Dictionary<string, string> settings, Action<IServiceCollection>? services) =>
        (_database, _settings, _services) = (database, settings, services);

    public ManualTime Time { get; } = new();

    /// <summary>The workspace that every start makes; what the helpers below make belongs to it unless another one is named.</summary>
    public Guid WorkspaceId { get; private set; }

    public TestDatabase Database => _database;
    public HarkStore Store => Get<HarkStore>();

    /// <summary>Makes a database and starts the application on it.</summary>
    /// <param name="workers">Whether the background workers run.</param>
    /// <param name="settings">More settings by key, such as <c>Hark:Limits:TokenPerSecond</c>.</param>
    /// <param name="services">Replaces services.</param>
    /// <param name="kestrel">A real server on a free port, for what the in-memory one has not: limits of bodies and connections.</param>
    public static async Task<AppFactory> StartAsync(TestStore store = TestStore.Sqlite, bool workers = false,
        IReadOnlyDictionary<string, string>? settings = null, Action<IServiceCollection>? services = null, bool kestrel = false)
    {
        var database = await TestDatabases.CreateAsync(store);
        var all = new Dictionary<string, string>(settings ?? new Dictionary<string, string>())
        {
            ["ConnectionStrings:Hark"] = database.ConnectionString,
            ["Hark:Roles"] = workers ? "all" : "web",
        };
        var factory = new AppFactory(database, all, services);
        try
        {
            if (kestrel) factory.UseKestrel(0);
            factory.StartServer();
            factory.WorkspaceId = Assert.Single(await factory.Get<WorkspaceSnapshots>().AllAsync()).WorkspaceId;
            return factory;
        }
        catch
        {
            await factory.DisposeAsync();
            throw;
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (key, value) in _settings) builder.UseSetting(key, value);
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        builder.UseSetting("Logging:LogLevel:Microsoft.AspNetCore.Routing.EndpointRoutingMiddleware", "Error"); // the in-memory server has no body limits
        builder.ConfigureTestServices(s =>
        {
            s.AddSingleton<TimeProvider>(Time);
            _services?.Invoke(s);
        });
    }

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>The workspace that the first start made, as it is now.</summary>
    public async Task<WorkspaceSnapshot> WorkspaceAsync() => await Get<WorkspaceSnapshots>().GetAsync(WorkspaceId);

    /// <summary>A key of a source, which is made when there is none of that name.</summary>
    public async Task<string> CreateSourceKeyAsync(string source = "web", Channel channel = Channel.Web, Guid? workspaceId = null)
    {
        var workspace = await Get<WorkspaceSnapshots>().GetAsync(workspaceId ?? WorkspaceId);
        var actor = Actor.System("test");
        var made = workspace.SourceByName.GetValueOrDefault(source)
            ?? (await Get<SourceAdmin>().CreateAsync(workspace.WorkspaceId, new SourceSettings { Name = source, Channel = channel }, actor)).Value;
        return (await Get<KeyAdmin>().CreateSourceKeyAsync(workspace.WorkspaceId, made.SourceId, "test", null, actor)).Value.Text;
    }

    /// <summary>A token of a new member with this role, by default of the widest scope of the role.</summary>
    public async Task<string> CreateTokenAsync(Role role = Role.Administrator, KeyScope? scope = null, Guid? workspaceId = null, params Guid[] teams)
    {
        var workspace = workspaceId ?? WorkspaceId;
        var member = await CreateMemberAsync(role, workspace, teams);
        return (await Get<KeyAdmin>().CreateTokenAsync(workspace, member.MemberId, scope ?? role.WidestScope(), "test", null, Actor.System("test"))).Value.Text;
    }

    /// <summary>A member with an address of its own, in the teams given.</summary>
    public async Task<Member> CreateMemberAsync(Role role, Guid? workspaceId = null, params Guid[] teams)
    {
        var workspace = workspaceId ?? WorkspaceId;
        var actor = Actor.System("test");
        var name = FormattableString.Invariant($"{EnumNames<Role>.Of(role)}{Interlocked.Increment(ref _names)}");
        var member = (await Get<MemberAdmin>().CreateAsync(workspace, $"{name}@example.com", new MemberSettings(name, role, []), null, actor)).Value;
        foreach (var team in teams)
        {
            var snapshot = await Get<WorkspaceSnapshots>().GetAsync(workspace);
            var places = snapshot.TeamMembers.Where(m => m.TeamId == team).Select(m => new TeamPlace(m.MemberId, m.Lead)).Append(new TeamPlace(member.MemberId, false));
            _ = (await Get<TeamAdmin>().SetMembersAsync(workspace, team, [.. places], actor)).Value;
        }
        return member;
    }

    public async Task<Team> CreateTeamAsync(string key, Guid? workspaceId = null) =>
        (await Get<TeamAdmin>().CreateAsync(workspaceId ?? WorkspaceId, key, new TeamSettings(key, null), Actor.System("test"))).Value;

    /// <summary>A second workspace, to prove that nothing leaks between two.</summary>
    public Task<Workspace> CreateWorkspaceAsync(string name = "Other") => Get<WorkspaceAdmin>().CreateAsync(name, "UTC", Actor.System("test"));

    /// <summary>A client that sends this key or token, or none.</summary>
    public HttpClient Client(string? key)
    {
        var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = ClientOptions.BaseAddress });
        if (key is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>A client of an administrator.</summary>
    public async Task<HttpClient> AdminAsync() => Client(await CreateTokenAsync());

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
    }
}
