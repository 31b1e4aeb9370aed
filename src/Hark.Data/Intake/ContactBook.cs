using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Domain.Common;
using Hark.Domain.Identity;
using Hark.Domain.Routing;
using Hark.Domain.Signals;
using ContactMerge = Hark.Data.Model.ContactMerge;

namespace Hark.Data.Intake;

/// <summary>
/// The contacts of one group of signals: found by their keys, made where nobody has them, merged where a signal proves two to be one. Loads with three queries,
/// writes with as many statements, whatever the size of the group.
/// </summary>
/// <remarks>
/// The contact of a signal is the owner of its strongest key. A weaker key that belongs to somebody else proves the same person only when that somebody has no id of
/// their own: a family shares an address, but nobody has two customer numbers by accident.
/// </remarks>
internal sealed class ContactBook(Guid workspaceId, Statements db, DateTimeOffset now)
{
    private readonly Dictionary<IdentityKey, Guid> _owners = [];
    private readonly Dictionary<Guid, Entry> _entries = [];
    private readonly List<ContactIdentity> _newIdentities = [];
    private readonly List<ContactMerge> _merges = [];

    public async Task LoadAsync(IReadOnlyCollection<PreparedSignal> signals, CancellationToken cancellation)
    {
        foreach (var kind in signals.SelectMany(s => s.Contact?.Keys ?? []).Distinct().GroupBy(k => k.Kind))
            await LoadOwnersAsync(kind.Key, [.. kind.Select(k => k.Value)], cancellation);
        if (_owners.Count == 0) return;
        await LoadContactsAsync([.. _owners.Values.Distinct()], cancellation);
        await LoadExternalAsync([.. _entries.Keys], cancellation);
    }

    /// <summary>The contact of a signal, with what the signal adds to it; null when the signal names nobody.</summary>
    /// <param name="counts">False for a signal that was counted before.</param>
    public Entry? Resolve(PreparedSignal signal, Guid? accountId, bool counts)
    {
        if (signal.Contact is not { } named) return null;
        var entry = Owner(named) ?? New(signal);
        foreach (var key in named.Keys) Claim(entry, key);
        entry.Add(signal, named, accountId, counts);
        return entry;
    }

    public Entry? Find(Guid contactId) => _entries.GetValueOrDefault(contactId);

    public async Task FlushAsync(CancellationToken cancellation)
    {
        await db.InsertAsync(IntakeStatements.Contacts, [.. _entries.Values.Where(e => e.Touched).Select(e => e.Change)], cancellation);
        await db.InsertAsync(IntakeStatements.Identities, _newIdentities, cancellation);
        await db.InsertAsync(IntakeStatements.Merges, _merges, cancellation);
        await db.ExecuteEachAsync(ContactMerging.Repoint, [.. _merges.Select(m => new CanonicalMove(workspaceId, m.FromContactId, m.IntoContactId))], cancellation);
    }

    private Entry? Owner(ContactKeys named)
    {
        foreach (var key in named.Keys)
        {
            if (!_owners.TryGetValue(key, out var id)) continue;
            var entry = _entries[id];
            // An id that nobody has yet goes to the owner of the address only when that owner has no other id.
            if (key.Kind != IdentityKind.External && named.Keys[0].Kind == IdentityKind.External && entry.HasExternal) continue;
            return entry;
        }
        return null;
    }

    private Entry New(PreparedSignal signal)
    {
        var entry = new Entry(new Contact
        {
            WorkspaceId = workspaceId,
            ContactId = Guid.CreateVersion7(now),
            CreatedAt = now,
            FirstSignalAt = signal.OccurredAt,
            LastSignalAt = signal.OccurredAt,
        });
        entry.Known.CanonicalId = entry.Id;
        return _entries[entry.Id] = entry;
    }

    private void Claim(Entry entry, IdentityKey key)
    {
        if (!_owners.TryGetValue(key, out var owner))
        {
            _owners[key] = entry.Id;
            _newIdentities.Add(new ContactIdentity { WorkspaceId = workspaceId, Kind = key.Kind, Value = key.Value, ContactId = entry.Id });
            entry.HasExternal |= key.Kind == IdentityKind.External;
            return;
        }
        var other = _entries[owner];
        if (other.CanonicalId == entry.CanonicalId || other.HasExternal) return;
        Merge(other, entry, key);
    }

    private void Merge(Entry from, Entry into, IdentityKey key)
    {
        _merges.Add(new ContactMerge
        {
            WorkspaceId = workspaceId,
            MergeId = Guid.CreateVersion7(now),
            FromContactId = from.Id,
            IntoContactId = into.Id,
            Reason = $"same {EnumNames<IdentityKind>.Of(key.Kind)}",
            MergedBy = "intake",
            MergedAt = now,
        });
        var (a, b) = (from.CanonicalId, into.CanonicalId);
        var canonical = a.CompareTo(b) < 0 ? a : b;
        foreach (var entry in _entries.Values.Where(e => e.CanonicalId == a || e.CanonicalId == b)) entry.Known.CanonicalId = canonical;
    }

    private Task LoadOwnersAsync(IdentityKind kind, string[] values, CancellationToken cancellation)
    {
        var sql = $"SELECT i.value, i.contact_id FROM {db.Dialect.Seek("contact_identities", "i", "values", ColumnType.Text, v => $"i.workspace_id = @workspace AND i.kind = @kind AND i.value = {v}")}";
        return db.QueryAsync(sql, command =>
        {
            db.Dialect.Add(command, "workspace", workspaceId);
            db.Dialect.Add(command, "kind", EnumNames<IdentityKind>.Of(kind));
            db.Dialect.AddArray(command, "values", ColumnType.Text, values);
        }, row => _owners[new(kind, row.GetString(0))] = db.Dialect.ReadGuid(row, 1), cancellation);
    }

    private Task LoadContactsAsync(Guid[] ids, CancellationToken cancellation)
    {
        var sql = $"""
            SELECT c.contact_id, c.canonical_id, c.email, c.phone, c.name, c.locale, c.persona, c.traits, c.account_id, c.first_signal_at, c.last_signal_at, c.signal_count,
                c.unsubscribed_at
            FROM {db.Dialect.Seek("contacts", "c", "ids", ColumnType.Uuid, id => $"c.workspace_id = @workspace AND c.contact_id = {id}")}
            """;
        var d = db.Dialect;
        return db.QueryAsync(sql, command => Bind(command, ids), row =>
        {
            var contact = new Contact
            {
                WorkspaceId = workspaceId,
                ContactId = d.ReadGuid(row, 0),
                CanonicalId = d.ReadGuid(row, 1),
                Email = row.Text(2),
                Phone = row.Text(3),
                Name = row.Text(4),
                Locale = row.Text(5),
                Persona = row.Text(6),
                Traits = row.Text(7),
                AccountId = d.Id(row, 8),
                FirstSignalAt = d.ReadTime(row, 9),
                LastSignalAt = d.ReadTime(row, 10),
                SignalCount = row.GetInt64(11),
                UnsubscribedAt = d.Time(row, 12),
            };
            _entries[contact.ContactId] = new Entry(contact);
        }, cancellation);
    }

    private Task LoadExternalAsync(Guid[] ids, CancellationToken cancellation)
    {
        var sql = $"SELECT i.contact_id FROM {db.Dialect.Seek("contact_identities", "i", "ids", ColumnType.Uuid, id => $"i.workspace_id = @workspace AND i.contact_id = {id} AND i.kind = 'external'")}";
        return db.QueryAsync(sql, command => Bind(command, ids), row => _entries[db.Dialect.ReadGuid(row, 0)].HasExternal = true, cancellation);
    }

    private void Bind(System.Data.Common.DbCommand command, Guid[] ids)
    {
        db.Dialect.Add(command, "workspace", workspaceId);
        db.Dialect.AddArray(command, "ids", ColumnType.Uuid, ids);
    }

    /// <summary>A contact while its group is worked on: what is known, and what the group changes.</summary>
    internal sealed class Entry(Contact known)
    {
        private IReadOnlyDictionary<string, Scalar>? _traits;

        public Contact Known { get; } = known;
        public Guid Id => Known.ContactId;
        public Guid CanonicalId => Known.CanonicalId;
        public bool HasExternal { get; set; }
        public bool Touched { get; private set; }

        /// <summary>When the signal before the present one occurred, as far as known.</summary>
        public DateTimeOffset? PreviousSignalAt { get; private set; }
        private long Added { get; set; }

        public IReadOnlyDictionary<string, Scalar> Traits => _traits ??= SignalJson.Values(Known.Traits);

        public void Add(PreparedSignal signal, ContactKeys named, Guid? accountId, bool counts)
        {
            Touched = true;
            PreviousSignalAt = Known.SignalCount + Added > 0 ? Known.LastSignalAt : null;
            Known.Email = named.Email ?? Known.Email;
            Known.Phone = named.Phone ?? Known.Phone;
            Known.Name = named.Name ?? Known.Name;
            Known.Locale = named.Locale ?? Known.Locale;
            Known.AccountId = accountId ?? Known.AccountId;
            if (named.Traits.Count > 0)
            {
                var traits = new Dictionary<string, Scalar>(Traits, StringComparer.Ordinal);
                foreach (var (name, value) in named.Traits) traits[name] = value;
                _traits = traits;
                Known.Traits = SignalJson.Write(traits);
            }
            if (!counts) return;
            Added++;
            if (signal.OccurredAt < Known.FirstSignalAt) Known.FirstSignalAt = signal.OccurredAt;
            if (signal.OccurredAt > Known.LastSignalAt) Known.LastSignalAt = signal.OccurredAt;
        }

        /// <summary>The row for the upsert: its count is what is to be added.</summary>
        public Contact Change => new()
        {
            WorkspaceId = Known.WorkspaceId,
            ContactId = Known.ContactId,
            CanonicalId = Known.CanonicalId,
            Email = Known.Email,
            Phone = Known.Phone,
            Name = Known.Name,
            Locale = Known.Locale,
            Persona = Known.Persona,
            Traits = Known.Traits,
            AccountId = Known.AccountId,
            FirstSignalAt = Known.FirstSignalAt,
            LastSignalAt = Known.LastSignalAt,
            SignalCount = Added,
            CreatedAt = Known.CreatedAt,
        };

        public ContactFacts Facts => new()
        {
            ContactId = Id,
            Email = Known.Email,
            Phone = Known.Phone,
            Name = Known.Name,
            Locale = Known.Locale,
            Persona = Known.Persona,
            Traits = Traits,
            FirstSignalAt = Known.FirstSignalAt,
            PreviousSignalAt = PreviousSignalAt,
        };
    }
}
