using Hark.Data.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Hark.Data.PostgreSql;

/// <summary>Registers the PostgreSQL store.</summary>
public static class PostgreSqlStore
{
    public static IServiceCollection AddPostgreSqlStore(this IServiceCollection services, string connectionString)
    {
        var settings = WithDefaults(connectionString);
        services.AddSingleton<ISqlDialect, PostgreSqlDialect>();
        services.AddSingleton(_ => NpgsqlDataSource.Create(settings));
        services.AddPooledDbContextFactory<HarkDbContext>((p, o) => Configure(o.UseNpgsql(p.GetRequiredService<NpgsqlDataSource>(), Options)));
        services.AddSingleton<HarkStore>();
        return services;
    }

    /// <summary>Statements are prepared by the driver after a few uses, unless the connection string says otherwise.</summary>
    private static string WithDefaults(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (settings.MaxAutoPrepare == 0) settings.MaxAutoPrepare = 200;
        return settings.ToString();
    }

    /// <param name="options">Of a context, not yet told its model.</param>
    /// <param name="connectionString">Of a server that need not be there until it is asked for something.</param>
    public static DbContextOptionsBuilder Configure(DbContextOptionsBuilder options, string connectionString) => Configure(options.UseNpgsql(connectionString, Options));

    private static DbContextOptionsBuilder Configure(DbContextOptionsBuilder options) => options.UseCompiledModel(typeof(PostgreSqlStore).Assembly);

    private static void Options(Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.NpgsqlDbContextOptionsBuilder options) =>
        options.MigrationsAssembly(typeof(PostgreSqlStore).Assembly.GetName().Name);
}
