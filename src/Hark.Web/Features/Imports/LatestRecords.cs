using System.Security.Cryptography;
using System.Text;
using Hark.Domain.Signals.Mapping;
using Hark.Web.Features.Imports.Reading;

namespace Hark.Web.Features.Imports;

/// <summary>
/// Which records are the last of those that belong together, found by one pass over the file before it is read in. Holds some 100 bytes for each group, whatever the length of its
/// records; equal orders are decided by the place in the file.
/// </summary>
internal sealed class LatestRecords
{
    private readonly Dictionary<UInt128, (string Order, long Number)> _last = [];
    private HashSet<long>? _numbers;

    public static LatestRecords Find(RecordReader reader, KeepRule rule)
    {
        var latest = new LatestRecords();
        var by = rule.By.Select(c => IndexOf(reader, c)).ToArray();
        var order = rule.Order is { } column ? IndexOf(reader, column) : -1;
        try
        {
            while (reader.Read())
            {
                if (reader.Defect is null) latest.Add(KeyOf(reader, by), order < 0 ? "" : reader.Cell(order).ToString().Trim(), reader.Number, order >= 0);
            }
        }
        catch (BrokenFileException)
        {
            // The real reading comes to the same place and reports it.
        }
        latest._numbers = [.. latest._last.Values.Select(l => l.Number)];
        latest._last.Clear();
        return latest;
    }

    public bool Has(long number) => _numbers!.Contains(number);

    private void Add(UInt128 key, string order, long number, bool isOrdered)
    {
        if (isOrdered && _last.TryGetValue(key, out var known) && JoinTable.Compare(order, known.Order) < 0) return;
        _last[key] = (order, number);
    }

    private static UInt128 KeyOf(RecordReader reader, int[] columns)
    {
        var text = string.Join('\u001F', columns.Select(c => reader.Cell(c).ToString().Trim()));
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return new UInt128(BitConverter.ToUInt64(hash), BitConverter.ToUInt64(hash[8..]));
    }

    private static int IndexOf(RecordReader reader, string column)
    {
        for (var i = 0; i < reader.Columns.Count; i++)
        {
            if (string.Equals(reader.Columns[i], column.Trim(), StringComparison.OrdinalIgnoreCase)) return i;
        }
        throw new InvalidOperationException($"The mapper was bound without the column '{column}'.");
    }
}
