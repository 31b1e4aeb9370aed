using Microsoft.EntityFrameworkCore.Migrations;

namespace Hark.Data.Store;

/// <summary>Migrations whose SQL differs between the databases: a file beside the migration, embedded in the provider's assembly.</summary>
public static class MigrationSql
{
    /// <summary>Runs the file <paramref name="name"/> of the assembly of the migration <typeparamref name="T"/>.</summary>
    public static void SqlResource<T>(this MigrationBuilder migration, string name) where T : Migration
    {
        using var stream = typeof(T).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream);
        migration.Sql(reader.ReadToEnd());
    }
}
