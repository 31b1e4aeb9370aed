using System.Text;
using Hark.Domain.Common;
using Hark.Domain.Signals;

namespace Hark.Bench;

/// <summary>The record that most benchmarks work on: about 300 bytes with rating, comment, contact and subject, as in bench/load.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 6, 14, 0, TimeSpan.Zero);

    public static byte[] Record { get; } = Encoding.UTF8.GetBytes("""
        {"id":"b-000000081723","channel":"web","touchpoint":"checkout","rating":{"scale":"nps","value":3},
        "text":"Balík přišel o tři dny později, než bylo slíbeno, a nikdo se neozval.","contact":{"id":"c-000017","email":"c000017@example.com"},
        "subject":{"order":"o-000000081723","sku":"K-11","location":"store-4"}}
        """);

    public static byte[] Batch(int records) => [.. "["u8, .. Enumerable.Repeat(Record, records).SelectMany((r, i) => i == 0 ? r : [(byte)',', .. r]), .. "]"u8];

    public static SignalOrigin Origin { get; } =
        new(Guid.CreateVersion7(Now), Guid.CreateVersion7(Now), "shop", Channel.Web, SignalKind.Direct, null, "CZ");

    public static SignalDraft Draft() => SignalBatchReader.ReadOne(Record).Draft;

    public static PreparedSignal Prepared(params ISignalEnricher[] enrichers) =>
        new SignalPreparer(enrichers).Prepare(Draft(), Origin, Now, new InputErrors()) ?? throw new InvalidOperationException("the sample is refused");
}
