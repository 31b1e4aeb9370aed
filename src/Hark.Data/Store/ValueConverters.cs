using Hark.Domain.Common;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Hark.Data.Store;

// Public, because the compiled models of the two databases make them.

/// <summary>An enum as its name (<see cref="EnumNames{T}"/>), on both databases.</summary>
public sealed class EnumNameConverter<T>() : ValueConverter<T, string>(v => EnumNames<T>.Of(v), v => EnumNames<T>.Parse(v)) where T : struct, Enum;

/// <summary>SQLite: an id as 16 big-endian bytes, which sort as the ids do.</summary>
public sealed class BigEndianGuidConverter() : ValueConverter<Guid, byte[]>(v => v.ToByteArray(true), v => new Guid(v, true));

/// <summary>SQLite: a moment as ticks of UTC; the offset is not kept.</summary>
public sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(v => v.UtcTicks, v => new DateTimeOffset(v, TimeSpan.Zero));

/// <summary>SQLite: money as ten-thousandths; what is finer is cut off.</summary>
public sealed class TenThousandthsConverter() : ValueConverter<decimal, long>(v => (long)(v * 10_000m), v => v / 10_000m);
