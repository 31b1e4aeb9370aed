using Hark.Data.Aggregates;
using Hark.Data.Model;
using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Routing;
using Hark.Domain.Signals;

namespace Hark.Data.Intake;

/// <summary>
/// One workspace's part of an intake transaction: identities, signals, routing, cases, clocks, aggregates and messages of a group of signals, read with a handful
/// of queries and written with a handful of statements. Holds nothing after the commit.
/// </summary>
internal sealed class IntakeWork(WorkspaceSnapshot workspace, HarkDbContext context, Statements db, IntakeShared shared, int shard, DateTimeOffset now)
{
    /// <summary>Signals older than this are stored and counted, but open no case and send nothing: a reimported year must not wake anybody.</summary>
    public static readonly TimeSpan RoutedWithin = TimeSpan.FromDays(30);

    private readonly WorkspacePolicies _policies = WorkspacePolicies.Of(workspace);
    private readonly ContactBook _contacts = new(workspace.WorkspaceId, db, now);
    private readonly AccountBook _accounts = new(workspace.WorkspaceId, db, now);
    private readonly ContactWindows _windows = new(workspace.WorkspaceId, db);
    private readonly CaseBook _cases = new(workspace, context, db, shared.Numbers, shared.Turns);
    private readonly AggregateDeltas _deltas = new(workspace.WorkspaceId, shared.DaysOf(workspace.Workspace.TimeZone), shard);
    private readonly SignalWrites _writes = new(now);
    private readonly List<OutboxMessage> _messages = [];

    /// <summary>Applies the signals, no two of which have the same key, and answers in their order.</summary>
    public async Task<IntakeOutcome[]> ApplyAsync(IReadOnlyList<PreparedSignal> signals, CancellationToken cancellation)
    {
        var stored = await StoredSignals.FindAsync(db, workspace.WorkspaceId, signals, cancellation);
        await _contacts.LoadAsync(signals, cancellation);
        await _accounts.LoadAsync(signals, cancellation);

        var items = signals.Select(s => Begin(s, stored.GetValueOrDefault(s.DedupeKey))).ToArray();
        var changing = items.Where(i => i.Status != IntakeStatus.Duplicate).ToList();
        await LoadWindowsAsync(changing, cancellation);
        foreach (var item in changing) Route(item);

        var requests = changing.Where(i => i.CaseRequest is not null).Select(i => i.CaseRequest!).ToList();
        if (requests.Count > 0) await _cases.LoadAsync(requests, cancellation);
        foreach (var item in changing) Finish(item);
        await FlushAsync(cancellation);
        return [.. items.Select(i => new IntakeOutcome(i.Row.SignalId, i.Status, i.Row.CaseId))];
    }

    private Item Begin(PreparedSignal signal, StoredSignal? stored)
    {
        // Our own id came back: this very group was committed before its answer was lost.
        if (stored?.Facts.SignalId == signal.SignalId) return new Item(signal, stored.Facts, stored, IntakeStatus.Created) { Committed = true };
        // The source's id went with the person: what comes again of somebody who was erased is not taken in anew.
        var erased = stored is not null && stored.Facts.ExternalId is null && signal.ExternalId is not null;
        if (stored is not null && (erased || stored.Facts.ContentHash == signal.ContentHash)) return new Item(signal, stored.Facts, stored, IntakeStatus.Duplicate);
        var row = stored is null ? SignalFacts.ToRow(signal) : SignalFacts.Merge(stored.Facts, signal);
        var item = new Item(signal, row, stored, stored is null ? IntakeStatus.Created : IntakeStatus.Updated);
        var account = _accounts.Resolve(signal);
        item.Contact = _contacts.Resolve(signal, account?.AccountId, counts: row.ContactId is null);
        row.ContactId ??= item.Contact?.Id;
        row.AccountId = account?.AccountId ?? row.AccountId ?? item.Contact?.Known.AccountId;
        item.Account = account is null ? null : AccountBook.Facts(account);
        item.Words = SignalFacts.Words(signal, row.SignalId, stored?.Words);
        return item;
    }

    private async Task LoadWindowsAsync(List<Item> items, CancellationToken cancellation)
    {
        var days = _policies.Rules.Needs.SignalWindows.Concat(_policies.Segments.Needs.SignalWindows).DefaultIfEmpty(0).Max();
        if (days == 0) return;
        var persons = items.Where(i => i.Contact is not null).Select(i => i.Contact!.CanonicalId).Distinct().ToArray();
        await _windows.LoadAsync(persons, now.AddDays(-days), cancellation);
        foreach (var item in items.Where(i => i.Contact is not null && i.Stored is null)) _windows.Add(item.Contact!.CanonicalId, item.Row.OccurredAt);
    }

    private void Route(Item item)
    {
        if (item.Committed) return;
        var row = item.Row;
        var signal = item.Stored is null ? item.Signal : SignalFacts.ToPrepared(row, item.Words, item.Signal.SourceName);
        var context = Context(item, signal);
        row.Cohort = context.Cohort ?? row.Cohort;
        row.Persona = context.Contact?.Persona ?? row.Persona;
        var segments = _policies.Segments.Evaluate(context);
        row.Segments = SignalJson.Write(segments);
        item.Trail.AddRange(SignalJson.Trail(item.Stored?.Facts.Trail));
        item.Trail.AddRange(item.Signal.Trail.Except(item.Trail));
        if (now - row.OccurredAt > RoutedWithin)
        {
            item.Trail.Add(new TrailEntry("routing", "1", "older than 30 days: not routed"));
            return;
        }
        item.Decision = RoutingOnce.Without(Router.Route(_policies.Rules, context with { Segments = segments }), item.Trail);
        item.Trail.AddRange(item.Decision.Trail());
        if (item.Decision.Tags.Count > 0)
            row.Tags = SignalJson.Write([.. SignalJson.Strings(row.Tags).Concat(item.Decision.Tags.Select(t => t.What)).Distinct(StringComparer.Ordinal)]);
        if (item.Decision.Case is not { } decided || row.CaseId is not null) return;
        var person = item.Contact?.CanonicalId ?? row.ContactId;
        var key = decided.Join == JoinMode.Never ? null : CaseBook.JoinKey(person, row);
        item.CaseRequest = new CaseRequest(row, decided, item.Decision.CallBack, key, now);
    }

    private RoutingContext Context(Item item, PreparedSignal signal)
    {
        var context = new RoutingContext { Signal = signal, Now = now, Account = item.Account, Contact = item.Contact?.Facts };
        if (item.Contact is not { } contact) return context;
        context = context with
        {
            Cohort = EnumNames<Domain.Identity.Cohort>.Of(_policies.Cohorts.Of(context.Contact!, signal.OccurredAt)),
            SignalsByContactWithinDays = days => _windows.Count(contact.CanonicalId, now.AddDays(-days)),
        };
        if (_policies.Personas.Of(context) is not { } persona) return context;
        contact.Known.Persona = EnumNames<Domain.Identity.Persona>.Of(persona);
        return context with { Contact = contact.Facts };
    }

    private void Finish(Item item)
    {
        if (item.Committed) return;
        if (item.CaseRequest is { } request) item.Row.CaseId = _cases.Take(request);
        item.Row.Trail = SignalJson.Write(item.Trail);
        if (item.Stored is { } stored) _deltas.Remove(stored.Facts);
        _deltas.Add(item.Row);
        _writes.Add(item.Row, item.Words, item.Stored);
        var opened = item.CaseRequest is not null && _cases.Opened.Count > 0 && ReferenceEquals(_cases.Opened[^1].Request, item.CaseRequest) ? _cases.Opened[^1].Case : null;
        _messages.AddRange(shared.Messages.Of(workspace, item.Row, item.Contact?.Known, item.Decision, opened, now));
    }

    private async Task FlushAsync(CancellationToken cancellation)
    {
        await _accounts.FlushAsync(cancellation);
        await _contacts.FlushAsync(cancellation);
        await _writes.FlushAsync(db, cancellation);
        await _cases.FlushAsync(cancellation);
        await db.InsertAsync(AggregateDeltas.Upsert, _deltas.Cells, cancellation);
        await db.InsertAsync(IntakeStatements.Outbox, _messages, cancellation);
    }

    /// <summary>A signal on its way through the transaction.</summary>
    private sealed class Item(PreparedSignal signal, Signal row, StoredSignal? stored, IntakeStatus status)
    {
        public PreparedSignal Signal => signal;
        public Signal Row => row;
        public StoredSignal? Stored => stored;
        public IntakeStatus Status => status;
        public bool Committed { get; init; }
        public ContactBook.Entry? Contact { get; set; }
        public AccountFacts? Account { get; set; }
        public Verbatim? Words { get; set; }
        public List<TrailEntry> Trail { get; } = [];
        public RoutingDecision Decision { get; set; } = RoutingDecision.None;
        public CaseRequest? CaseRequest { get; set; }
    }
}
