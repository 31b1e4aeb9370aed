using System.Text.Json;
using System.Text.Json.Serialization;
using Hark.Data.Model;
using Hark.Domain.Cases;
using Hark.Domain.Common;

namespace Hark.Data.Cases;

/// <summary>Lines of the timeline as rows. Their ids are in order of time, and within one change in the order of the change.</summary>
public static class CaseEvents
{
    private static readonly JsonSerializerOptions Json = new(HarkJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <param name="index">Position among the facts of one change.</param>
    public static CaseEvent ToRow(Case c, CaseFact fact, int index) => new()
    {
        WorkspaceId = c.WorkspaceId,
        CaseId = c.CaseId,
        EventId = NewId(fact.At, c.Version, index),
        At = fact.At,
        ActorKind = fact.By.Kind,
        ActorId = fact.By.Id,
        Kind = fact.Kind,
        Text = fact.Text,
        Data = fact.Detail is null ? null : JsonSerializer.Serialize(fact.Detail, Json),
    };

    public static CaseDetail? Detail(string? data) => data is null ? null : JsonSerializer.Deserialize<CaseDetail>(data, Json);

    /// <summary>The change that a line belongs to, among those of its case at one moment: lines of one change were written together.</summary>
    public static int ChangeOf(Guid eventId)
    {
        Span<byte> bytes = stackalloc byte[16];
        eventId.TryWriteBytes(bytes, bigEndian: true, out _);
        return ((bytes[8] & 0x3F) << 8 | bytes[9]) >> 6;
    }

    /// <summary>
    /// A UUID v7 that sorts as it was written: the microsecond within the millisecond follows the version (RFC 9562 section 6.2, method 3), then the case's version and
    /// the index, so that changes of one instant keep their order, too.
    /// </summary>
    internal static Guid NewId(DateTimeOffset at, long version, int index)
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(at).TryWriteBytes(bytes, bigEndian: true, out _);
        var micros = at.Microsecond << 2;
        bytes[6] = (byte)(0x70 | micros >> 8);
        bytes[7] = (byte)micros;
        var order = (int)(version & 0xFF) << 6 | Math.Min(63, index);
        bytes[8] = (byte)(0x80 | order >> 8);
        bytes[9] = (byte)order;
        return new Guid(bytes, bigEndian: true);
    }
}
