using System.Security.Cryptography;
using System.Text;
using SQLitePCL;

namespace Hark.Load.Probes;

/// <summary>
/// Hand-written facts on SQLite's own interface: one table with the three indexes that an intake cannot do without (was it here, time, person), and the contacts.
/// WAL and <c>synchronous=FULL</c>, as Hark. The limit of what a single-writer SQLite intake could do. One thread at a time.
/// </summary>
internal sealed class RawFacts : IDisposable
{
    private const string Schema = """
        PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768; PRAGMA mmap_size = 268435456; PRAGMA journal_size_limit = 67108864;
        CREATE TABLE facts (id BLOB PRIMARY KEY, dedupe BLOB NOT NULL, occurred_at INTEGER NOT NULL, contact INTEGER, external_id TEXT, channel TEXT, touchpoint TEXT,
            rating REAL, order_id TEXT, sku TEXT, location TEXT, text TEXT) WITHOUT ROWID;
        CREATE UNIQUE INDEX by_dedupe ON facts (dedupe);
        CREATE INDEX by_time ON facts (occurred_at, id);
        CREATE INDEX by_contact ON facts (contact, occurred_at);
        CREATE TABLE contacts (contact INTEGER PRIMARY KEY, external_id TEXT NOT NULL UNIQUE, signals INTEGER NOT NULL);
        """;

    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _insert, _find, _count, _begin, _commit, _contact;

    static RawFacts() => Batteries_V2.Init();

    public RawFacts(string file)
    {
        Check(raw.sqlite3_open(file, out _db));
        Check(raw.sqlite3_exec(_db, Schema));
        _insert = Prepare("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        _find = Prepare("SELECT contact FROM contacts WHERE external_id = ?");
        _count = Prepare("UPDATE contacts SET signals = signals + 1 WHERE contact = ?");
        _contact = Prepare("INSERT INTO contacts (external_id, signals) VALUES (?, 0)");
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
    }

    public void Begin() => Run(_begin);

    public void Commit() => Run(_commit);

    public void AddContact(string externalId)
    {
        Text(_contact, 1, externalId);
        Run(_contact);
    }

    /// <summary>One fact of a person, whom it finds or makes and counts.</summary>
    public void Insert(Guid id, RecordFields fields, long at)
    {
        long? contact = fields.Contact is null ? null : Contact(fields.Contact);
        Span<byte> key = stackalloc byte[16], hash = stackalloc byte[32];
        id.TryWriteBytes(key, bigEndian: true, out _);
        SHA256.HashData(Encoding.UTF8.GetBytes(fields.Id ?? ""), hash);
        raw.sqlite3_bind_blob(_insert, 1, key);
        raw.sqlite3_bind_blob(_insert, 2, hash[..16]);
        raw.sqlite3_bind_int64(_insert, 3, at);
        if (contact is { } person) raw.sqlite3_bind_int64(_insert, 4, person);
        else raw.sqlite3_bind_null(_insert, 4);
        Text(_insert, 5, fields.Id);
        Text(_insert, 6, fields.Channel);
        Text(_insert, 7, fields.Touchpoint);
        raw.sqlite3_bind_double(_insert, 8, fields.Rating);
        Text(_insert, 9, fields.Order);
        Text(_insert, 10, fields.Sku);
        Text(_insert, 11, fields.Location);
        Text(_insert, 12, fields.Text);
        Run(_insert);
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _insert, _find, _count, _begin, _commit, _contact }) statement.Dispose();
        _db.Dispose();
    }

    private long Contact(string externalId)
    {
        Text(_find, 1, externalId);
        var found = raw.sqlite3_step(_find) == raw.SQLITE_ROW;
        var contact = found ? raw.sqlite3_column_int64(_find, 0) : 0;
        raw.sqlite3_reset(_find);
        if (!found)
        {
            AddContact(externalId);
            contact = raw.sqlite3_last_insert_rowid(_db);
        }
        raw.sqlite3_bind_int64(_count, 1, contact);
        Run(_count);
        return contact;
    }

    private static void Text(sqlite3_stmt statement, int index, string? value)
    {
        if (value is null) raw.sqlite3_bind_null(statement, index);
        else raw.sqlite3_bind_text(statement, index, value);
    }

    private void Run(sqlite3_stmt statement)
    {
        var code = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        if (code is not (raw.SQLITE_DONE or raw.SQLITE_ROW)) Check(code);
    }

    private sqlite3_stmt Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_db, sql, out var statement));
        return statement;
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) throw new InvalidOperationException($"SQLite {code}: {raw.sqlite3_errmsg(_db).utf8_to_string()}");
    }
}
