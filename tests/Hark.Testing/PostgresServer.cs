using System.Globalization;
using Npgsql;

namespace Hark.Testing;

/// <summary>
/// The PostgreSQL server of this test process: the one that <c>HARK_TEST_POSTGRES</c> names (a connection string that may make databases), else a
/// <see cref="PostgresCluster"/> of its own.
/// </summary>
public sealed class PostgresServer
{
    public const string Variable = "HARK_TEST_POSTGRES";
    private static readonly Lazy<Task<PostgresServer?>> Found = new(StartAsync);
    private readonly string _connection;
    private readonly string _prefix = string.Create(CultureInfo.InvariantCulture, $"hark_t{Environment.ProcessId}_{Environment.TickCount64 % 1_000_000}");

    private PostgresServer(string connection) => _connection = connection;

    /// <summary>Whether a private cluster shall survive a power cut, as one that is measured must. Set before the first <see cref="FindAsync"/>.</summary>
    public static bool Durable { get; set; }

    /// <summary>Why there is no server; set after <see cref="FindAsync"/> returned null.</summary>
    public static string? WhyMissing { get; private set; }

    /// <summary>Null for a server named by the environment.</summary>
    private static PostgresCluster? _cluster;

    public static Task<PostgresServer?> FindAsync(CancellationToken cancellation) => Found.Value.WaitAsync(cancellation);

    public string ConnectionTo(string database) => new NpgsqlConnectionStringBuilder(_connection) { Database = database, MaxPoolSize = 20 }.ToString();

    public string NewName(int number) => string.Create(CultureInfo.InvariantCulture, $"{_prefix}_{number}");

    public async Task ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(_connection + ";Pooling=false");
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Removes a database of a server that outlives this process; a private cluster goes as a whole.</summary>
    internal void DropQuietly(string name)
    {
        if (_cluster is not null) return;
        using var connection = new NpgsqlConnection(_connection + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand($"DROP DATABASE IF EXISTS {name} WITH (FORCE)", connection);
        command.ExecuteNonQuery();
    }

    private static async Task<PostgresServer?> StartAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named) return new PostgresServer(named);
        (_cluster, WhyMissing) = await PostgresCluster.StartAsync(Durable);
        return _cluster is null ? null : new PostgresServer(_cluster.ConnectionString);
    }
}
