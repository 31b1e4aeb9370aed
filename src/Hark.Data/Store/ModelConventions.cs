using System.Text;
using Hark.Domain.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Hark.Data.Store;

/// <summary>How types and names become columns, on both databases.</summary>
public static class ModelConventions
{
    /// <summary>Entity annotation: on SQLite the table is clustered by its key (WITHOUT ROWID), which suits small rows found by range.</summary>
    public const string Clustered = "Hark:Clustered";

    /// <summary>The node's own tables: the only ones not below a workspace.</summary>
    public static IReadOnlyList<string> NodeTables { get; } = ["worker_leases", "data_protection_keys"];

    /// <summary>
    /// Both: enums by name. SQLite: ids as 16 big-endian bytes (they then sort by time, as PostgreSQL's uuid does), times as UTC ticks, money as
    /// ten-thousandths, so that every comparison and ORDER BY means the same on both.
    /// </summary>
    public static void Types(ModelConfigurationBuilder builder, string provider)
    {
        foreach (var type in EnumTypes())
            builder.Properties(type).HaveConversion(typeof(EnumNameConverter<>).MakeGenericType(type)).HaveMaxLength(40);
        if (!provider.EndsWith("Sqlite", StringComparison.Ordinal))
        {
            builder.Properties<decimal>().HavePrecision(18, 4);
            return;
        }
        builder.Properties<Guid>().HaveConversion<BigEndianGuidConverter>();
        builder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
        builder.Properties<decimal>().HaveConversion<TenThousandthsConverter>();
    }

    /// <summary>snake_case for tables and columns, and a CHECK for every enum column.</summary>
    public static void Names(ModelBuilder builder)
    {
        foreach (var entity in builder.Model.GetEntityTypes())
        {
            var table = ToSnakeCase(entity.GetTableName()!);
            entity.SetTableName(table);
            foreach (var property in entity.GetProperties())
            {
                var column = ToSnakeCase(property.Name);
                property.SetColumnName(column);
                if (EnumOf(property) is { } type)
                    entity.AddCheckConstraint($"ck_{table}_{column}", $"{column} IN ({string.Join(", ", NamesOf(type).Select(n => $"'{n}'"))})");
            }
            foreach (var key in entity.GetKeys()) key.SetName($"pk_{table}");
            foreach (var foreignKey in entity.GetForeignKeys())
                foreignKey.SetConstraintName($"fk_{table}_{string.Join("_", foreignKey.Properties.Skip(1).Select(p => ToSnakeCase(p.Name)))}");
            foreach (var index in entity.GetIndexes())
                index.SetDatabaseName($"ix_{table}_{string.Join("_", index.Properties.Skip(1).Select(p => ToSnakeCase(p.Name)))}");
        }
    }

    /// <summary><c>LeaseUntil</c> → <c>lease_until</c>.</summary>
    public static string ToSnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i])) text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }

    private static Type? EnumOf(IMutableProperty property)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        return type.IsEnum ? type : null;
    }

    private static IEnumerable<string> NamesOf(Type type) =>
        (IReadOnlyList<string>)typeof(EnumNames<>).MakeGenericType(type).GetProperty(nameof(EnumNames<>.All))!.GetValue(null)!;

    private static IEnumerable<Type> EnumTypes() =>
        new[] { typeof(HarkDbContext).Assembly, typeof(EnumNames<>).Assembly }
            .SelectMany(a => a.GetExportedTypes()).Where(t => t.IsEnum);
}
