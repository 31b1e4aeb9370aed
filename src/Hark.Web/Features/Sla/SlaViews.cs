using System.Text.Json;
using Hark.Data.Cases;
using Hark.Domain.Signals;
using Hark.Domain.Sla;

namespace Hark.Web.Features.Sla;

/// <summary>What applying did.</summary>
/// <param name="Cases">Cases looked at.</param>
/// <param name="Clocks">Their clocks.</param>
/// <param name="Changed">Clocks that have other terms now.</param>
public sealed record AppliedView(long Cases, long Clocks, long Changed)
{
    public static AppliedView? Of(PolicyChangeReport? report) => report is { } r ? new(r.Cases, r.Clocks, r.Changed) : null;
}

/// <summary>The answer of a change.</summary>
/// <param name="Applied">Null when it was not asked to apply.</param>
public sealed record SavedView(long Version, AppliedView? Applied)
{
    public static SavedView Of(SavedDocument saved) => new(saved.Document.Version, AppliedView.Of(saved.Applied));
}

/// <summary>What an imported file held, and what came of it.</summary>
public sealed record HolidaysView(long Version, int Imported, IReadOnlyList<HolidayView> Holidays, IReadOnlyList<HolidayErrorView> Errors, AppliedView? Applied);

public sealed record HolidayView(DateOnly Date, string Name);

/// <param name="Line">Of the file, from 1.</param>
public sealed record HolidayErrorView(int Line, string Reason);

/// <summary>A case that might be opened, for seeing what would be promised.</summary>
/// <param name="Policies">A policy document to try; absent: the one in force.</param>
/// <param name="OpenedAt">Absent: now.</param>
/// <param name="SignalAt">Absent: the opening.</param>
/// <param name="Policy">The policy that a rule would force.</param>
public sealed record PreviewBody(JsonElement? Policies = null, Channel Channel = Channel.Web, Severity Severity = Severity.Routine, IReadOnlyList<string>? Segments = null,
    DateTimeOffset? OpenedAt = null, DateTimeOffset? SignalAt = null, string? Policy = null);

/// <summary>A clock that would start.</summary>
/// <param name="Steps">When each step of the escalation would be taken.</param>
public sealed record PreviewClock(ClockKind Kind, string Policy, double TargetSeconds, string Calendar, DateTimeOffset StartsAt, DateTimeOffset? WarnAt, DateTimeOffset? DueAt,
    IReadOnlyList<DateTimeOffset> Steps);

public sealed record PreviewView(IReadOnlyList<PreviewClock> Clocks);

/// <summary>How to apply: from now on, or as if it had always held.</summary>
public sealed record ApplyBody(PolicyChange Mode);
