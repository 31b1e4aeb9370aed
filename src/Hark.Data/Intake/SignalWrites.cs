using Hark.Data.Aggregates;
using Hark.Data.Model;
using Hark.Data.Store;

namespace Hark.Data.Intake;

/// <summary>The rows of signals that a group adds or changes, with their words and labels.</summary>
/// <param name="now">When: for those who keep signals in memory.</param>
internal sealed class SignalWrites(DateTimeOffset now)
{
    private readonly List<Signal> _new = [], _changed = [];
    private readonly List<Verbatim> _words = [];
    private readonly List<SignalLabel> _labels = [], _goneLabels = [];
    private readonly List<SearchQueueEntry> _toIndex = [];

    public void Add(Signal row, Verbatim? words, StoredSignal? stored)
    {
        (stored is null ? _new : _changed).Add(row);
        if (words is not null && (stored?.Words is not { } before || before.Text != words.Text || before.Answers != words.Answers))
        {
            _words.Add(words);
            _toIndex.Add(new SearchQueueEntry { WorkspaceId = row.WorkspaceId, SignalId = row.SignalId });
        }
        if (stored is not null) _goneLabels.AddRange(Labels(stored.Facts));
        _labels.AddRange(Labels(row));
    }

    public async Task FlushAsync(Statements db, CancellationToken cancellation)
    {
        await db.InsertAsync(IntakeStatements.Signals, _new, cancellation);
        await db.ExecuteEachAsync(IntakeStatements.UpdateSignal, _changed, cancellation);
        await db.InsertAsync(IntakeStatements.Changes, [.. _changed.Select(Changed)], cancellation);
        await db.InsertAsync(IntakeStatements.Verbatims, _words, cancellation);
        await db.ExecuteEachAsync(IntakeStatements.DeleteLabel, _goneLabels, cancellation);
        await db.InsertAsync(IntakeStatements.Labels, _labels, cancellation);
        await db.InsertAsync(IntakeStatements.SearchQueue, _toIndex, cancellation);
    }

    private SignalChange Changed(Signal row) => new()
    {
        WorkspaceId = row.WorkspaceId,
        ChangeId = Guid.CreateVersion7(now),
        SignalId = row.SignalId,
    };

    private static IEnumerable<SignalLabel> Labels(Signal row) =>
        SignalJson.Strings(row.Tags).Select(t => Label(row, LabelKind.Tag, t))
            .Concat(Dimensions.TopicsOf(row).Select(t => Label(row, LabelKind.Topic, t)))
            .Concat(SignalJson.Strings(row.Segments).Select(s => Label(row, LabelKind.Segment, s)));

    private static SignalLabel Label(Signal row, LabelKind kind, string label) =>
        new() { WorkspaceId = row.WorkspaceId, Kind = kind, Label = label, OccurredAt = row.OccurredAt, SignalId = row.SignalId };
}
