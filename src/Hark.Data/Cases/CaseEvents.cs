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
        EventId = NewId(fact.At, index),
        At = fact.At,
        ActorKind = fact.By.Kind,
        ActorId = fact.By.Id,
        Kind = fact.Kind,
        Text = fact.Text,
        Data = fact.Detail is null ? null : JsonSerializer.Serialize(fact.Detail, Json),
    };

    public static CaseDetail? Detail(string? data) => data is null ? null : JsonSerializer.Deserialize<CaseDetail>(data, Json);

    /// <summary>
    /// A UUID v7 whose twelve bits after the version hold the microsecond within the millisecond (RFC 9562 section 6.2, method 3) and the index: sorts as it was written.
    /// </summary>
    public static Guid NewId(DateTimeOffset at, int index)
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(at).TryWriteBytes(bytes, bigEndian: true, out _);
        var order = Math.Min(4095, at.Microsecond * 4 + index);
        bytes[6] = (byte)(0x70 | order >> 8);
        bytes[7] = (byte)order;
        return new Guid(bytes, bigEndian: true);
    }
}
