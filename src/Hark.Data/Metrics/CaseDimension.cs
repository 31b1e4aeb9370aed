using Hark.Data.Store;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Domain.Signals;

namespace Hark.Data.Metrics;

/// <summary>How a dimension of cases is stored, and by which name people know its values.</summary>
/// <param name="Column">The column of <c>cases</c>.</param>
/// <param name="ToStored">The stored value of a name (an id or a text), or null where there is none of that name.</param>
/// <param name="Names">The names there can be; null where any text may be one.</param>
/// <param name="ToName">The name of a stored id; for texts not asked.</param>
public sealed record CaseDimension(string Name, string Column, ColumnType Type, Func<WorkspaceSnapshot, string, object?> ToStored,
    Func<WorkspaceSnapshot, IEnumerable<string>>? Names = null, Func<WorkspaceSnapshot, Guid, string?>? ToName = null)
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, CaseDimension> All { get; } = new CaseDimension[]
    {
        Vocabulary("channel", EnumNames<Channel>.All),
        new("source", "source_id", ColumnType.Uuid, (w, v) => w.SourceByName.GetValueOrDefault(v)?.SourceId, w => w.SourceByName.Keys, (w, id) => w.SourceById.GetValueOrDefault(id)?.Name),
        Text("touchpoint"),
        Vocabulary("severity", EnumNames<Severity>.All),
        new("team", "team_id", ColumnType.Uuid, (w, v) => w.TeamByKey.GetValueOrDefault(v)?.TeamId, w => w.TeamByKey.Keys, (w, id) => w.TeamById.GetValueOrDefault(id)?.Key),
        Text("location"),
        Text("sku"),
        Text("language"),
        Text("cohort"),
        new("assignee", "assignee_id", ColumnType.Uuid, (w, v) => w.MemberByEmail.GetValueOrDefault(v)?.MemberId, w => w.MemberByEmail.Keys, (w, id) => w.MemberById.GetValueOrDefault(id)?.Email),
    }.ToDictionary(d => d.Name, StringComparer.Ordinal);

    private static CaseDimension Text(string name) => new(name, name, ColumnType.Text, (_, v) => v);

    private static CaseDimension Vocabulary(string name, IReadOnlyList<string> names) =>
        new(name, name, ColumnType.Text, (_, v) => names.FirstOrDefault(n => n.Equals(v, StringComparison.OrdinalIgnoreCase)), _ => names);
}
