using System.Diagnostics;
using Hark.Load.Generator;
using Npgsql;
using NpgsqlTypes;

namespace Hark.Load.Probes;

/// <summary>What the databases themselves store in transactions of 1,000 of the same records, without HTTP, JSON or rules: rows a second.</summary>
internal static class RawBatches
{
    public const int Size = 1_000;

    public static double Sqlite(string file, int contacts, TimeSpan measure)
    {
        using var facts = new RawFacts(file);
        facts.Begin();
        for (var i = 0; i < contacts; i++) facts.AddContact(SignalTraffic.ContactId(i));
        facts.Commit();
        var records = Records(contacts).GetEnumerator();
        var (rows, start) = (0L, Stopwatch.GetTimestamp());
        for (; Stopwatch.GetElapsedTime(start) < measure; rows += Size)
        {
            var now = TimeProvider.System.GetUtcNow();
            facts.Begin();
            for (var i = 0; i < Size && records.MoveNext(); i++) facts.Insert(Guid.CreateVersion7(now), records.Current, now.UtcTicks);
            facts.Commit();
        }
        return rows / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>One connection, one multi-row statement a transaction, into a table with the same three indexes.</summary>
    public static async Task<double> PostgreSqlAsync(string connectionString, int contacts, TimeSpan measure, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellation);
        await using (var schema = new NpgsqlCommand(PostgreSqlSchema, connection)) await schema.ExecuteNonQueryAsync(cancellation);
        await using var insert = new NpgsqlCommand(PostgreSqlInsert, connection);
        foreach (var type in new[] { NpgsqlDbType.Uuid, NpgsqlDbType.Uuid, NpgsqlDbType.TimestampTz, NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Text,
            NpgsqlDbType.Text, NpgsqlDbType.Double, NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Text })
            insert.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type });
        var records = Records(contacts).GetEnumerator();
        var batch = new RecordFields[Size];
        var (rows, start) = (0L, Stopwatch.GetTimestamp());
        for (; Stopwatch.GetElapsedTime(start) < measure; rows += Size)
        {
            for (var i = 0; i < Size && records.MoveNext(); i++) batch[i] = records.Current;
            Bind(insert, batch, TimeProvider.System.GetUtcNow());
            await insert.ExecuteNonQueryAsync(cancellation);
        }
        return rows / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private const string PostgreSqlSchema = """
        CREATE TABLE raw_facts (id uuid PRIMARY KEY, dedupe uuid NOT NULL, occurred_at timestamptz NOT NULL, contact text, external_id text, channel text, touchpoint text,
            rating double precision, order_id text, sku text, location text, text text);
        CREATE UNIQUE INDEX raw_by_dedupe ON raw_facts (dedupe);
        CREATE INDEX raw_by_time ON raw_facts (occurred_at, id);
        CREATE INDEX raw_by_contact ON raw_facts (contact, occurred_at);
        """;

    private const string PostgreSqlInsert = "INSERT INTO raw_facts SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

    private static void Bind(NpgsqlCommand insert, RecordFields[] batch, DateTimeOffset now)
    {
        Array[] columns =
        [
            Array.ConvertAll(batch, _ => Guid.CreateVersion7(now)), Array.ConvertAll(batch, _ => RandomId()), Array.ConvertAll(batch, _ => now),
            Array.ConvertAll(batch, r => r.Contact), Array.ConvertAll(batch, r => r.Id), Array.ConvertAll(batch, r => r.Channel), Array.ConvertAll(batch, r => r.Touchpoint),
            Array.ConvertAll(batch, r => r.Rating), Array.ConvertAll(batch, r => r.Order), Array.ConvertAll(batch, r => r.Sku), Array.ConvertAll(batch, r => r.Location),
            Array.ConvertAll(batch, r => r.Text),
        ];
        for (var i = 0; i < columns.Length; i++) insert.Parameters[i].Value = columns[i];
    }

    private static Guid RandomId()
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Security.Cryptography.RandomNumberGenerator.Fill(bytes);
        return new Guid(bytes);
    }

    /// <summary>The records of the traffic, parsed beforehand, with ids and contacts of their own.</summary>
    private static IEnumerable<RecordFields> Records(int contacts)
    {
        var variants = Enumerable.Range(0, 250).Select(v => RecordFields.Read(SignalTraffic.Body(v))).ToArray();
        var random = new Random(1);
        for (long id = 0; ; id++)
        {
            yield return variants[id % variants.Length] with { Id = $"b-{id:000000000000}", Contact = SignalTraffic.ContactId(random.Next(contacts)), Order = $"o-{id:000000000000}" };
        }
    }
}
