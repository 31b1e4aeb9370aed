using System.Buffers.Binary;

namespace Hark.Load.Seeding;

/// <summary>Ids that can be computed again from a number; they sort by time and number, as the product's own do.</summary>
internal static class SeedId
{
    public static Guid Of(DateTimeOffset at, long number)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, at.ToUnixTimeMilliseconds() << 16);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], number);
        bytes[6] = 0x70;
        bytes[8] = 0x80;
        return new Guid(bytes, bigEndian: true);
    }
}
