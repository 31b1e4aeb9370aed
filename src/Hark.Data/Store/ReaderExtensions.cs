using System.Data.Common;

namespace Hark.Data.Store;

/// <summary>Reading columns that may be null.</summary>
public static class ReaderExtensions
{
    public static string? Text(this DbDataReader reader, int i) => reader.IsDBNull(i) ? null : reader.GetString(i);
    public static double? Number(this DbDataReader reader, int i) => reader.IsDBNull(i) ? null : reader.GetDouble(i);
    public static long? Whole(this DbDataReader reader, int i) => reader.IsDBNull(i) ? null : reader.GetFieldType(i) == typeof(int) ? reader.GetInt32(i) : reader.GetInt64(i);
    public static Guid? Id(this ISqlDialect dialect, DbDataReader reader, int i) => reader.IsDBNull(i) ? null : dialect.ReadGuid(reader, i);
    public static DateTimeOffset? Time(this ISqlDialect dialect, DbDataReader reader, int i) => reader.IsDBNull(i) ? null : dialect.ReadTime(reader, i);
    public static bool? Truth(this ISqlDialect dialect, DbDataReader reader, int i) => reader.IsDBNull(i) ? null : dialect.ReadBool(reader, i);
    public static decimal? Money(this ISqlDialect dialect, DbDataReader reader, int i) => reader.IsDBNull(i) ? null : dialect.ReadDecimal(reader, i);
}
