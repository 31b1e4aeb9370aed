using System.Buffers;
using System.Security.Cryptography;
using Hark.Data.Intake;
using Hark.Domain.Common;
using Hark.Domain.Signals;

namespace Hark.Web.Features.Imports;

/// <summary>Records on their way to the intake, with where they came from. What the records are in the file is kept until they are answered, for those that are rejected.</summary>
internal sealed class ImportBatch
{
    /// <summary>Small enough that memory stays small with several on their way, large enough for full groups.</summary>
    public const int Records = 1_000, Bytes = 4 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _raw = new(256 * 1024);
    private readonly List<(long Line, long Number, int Start, int Length)> _places = [];
    private readonly List<(int Place, string Reason)> _defects = [];
    private readonly List<int> _placeOfRecord = [];

    public List<SignalRecord> Signals { get; } = [];

    public long Skipped { get; private set; }

    public long Count => _places.Count + Skipped;

    public bool IsFull => Count >= Records || _raw.WrittenCount >= Bytes;

    public void Skip() => Skipped++;

    public void Reject(long line, long number, ReadOnlySpan<byte> raw, string reason)
    {
        _defects.Add((_places.Count, reason));
        Place(line, number, raw);
    }

    public void Add(long line, long number, ReadOnlySpan<byte> raw, SignalDraft draft, InputErrors? errors)
    {
        if (errors is { Any: true })
        {
            Reject(line, number, raw, errors.ToString());
            return;
        }
        _placeOfRecord.Add(_places.Count);
        Signals.Add(new SignalRecord(Signals.Count, (int)Math.Min(line, int.MaxValue), draft, errors ?? new InputErrors()));
        Place(line, number, raw);
    }

    /// <summary>What became of the batch; rejects in the order of the file.</summary>
    public ImportCounts Settle(BatchOutcome outcome, Action<Reject, ReadOnlySpan<byte>> rejected)
    {
        var all = _defects.Concat(outcome.Rejected.Select(r => (Place: _placeOfRecord[r.Index], Reason: r.Errors.ToString()))).OrderBy(r => r.Place).ToList();
        foreach (var (index, reason) in all)
        {
            var place = _places[index];
            rejected(new Reject(place.Line, place.Number, reason), _raw.WrittenSpan.Slice(place.Start, place.Length));
        }
        return new ImportCounts(Count, outcome.Count(IntakeStatus.Created), outcome.Count(IntakeStatus.Duplicate), outcome.Count(IntakeStatus.Updated), all.Count, Skipped);
    }

    /// <summary>For a record without an id of its own: the same for the same content at the same place, so that reading the file again stores nothing twice.</summary>
    public static string MakeId(ReadOnlySpan<byte> raw, long number)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(raw, hash);
        return $"{Convert.ToHexStringLower(hash[..8])}-{number}";
    }

    private void Place(long line, long number, ReadOnlySpan<byte> raw)
    {
        _places.Add((line, number, _raw.WrittenCount, raw.Length));
        _raw.Write(raw);
    }
}
