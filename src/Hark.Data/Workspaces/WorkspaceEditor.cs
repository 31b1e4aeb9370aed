using Hark.Data.Aggregates;
using Hark.Data.Model;
using Hark.Domain.Common;
using Hark.Domain.Identity;
using Hark.Domain.Messages;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Hark.Data.Workspaces;

/// <summary>What may be said about a workspace.</summary>
/// <param name="TimeZone">IANA zone: days of numbers and the hours of the interface are its.</param>
/// <param name="DefaultLanguage">Of messages to customers whose own language is unknown, and of members who have not chosen; one of <see cref="Languages.All"/>.</param>
/// <param name="DefaultRegion">ISO 3166 region by which telephone numbers without a country code are read.</param>
/// <param name="MinimumCount">A score over fewer answers than this is not shown: 1 to <see cref="MostMinimum"/>.</param>
public sealed record WorkspaceSettings(string Name, string TimeZone, string DefaultLanguage, string DefaultRegion, int MinimumCount)
{
    public const int LongestName = 100, MostMinimum = 1000;

    public static WorkspaceSettings Of(Workspace w) => new(w.Name, w.TimeZone, w.DefaultLanguage, w.DefaultRegion, w.MinimumCount);

    internal InputErrors Check()
    {
        var errors = new InputErrors();
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > LongestName || Name.Any(char.IsControl)) errors.Add("/name", $"must have 1 to {LongestName} characters");
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(TimeZone) is null) errors.Add("/time_zone", "must be a zone of the IANA database, such as Europe/Prague");
        if (!Languages.All.Contains(DefaultLanguage)) errors.Add("/default_language", $"must be one of {string.Join(", ", Languages.All)}");
        if (CallingCodes.OfRegion(DefaultRegion) is null) errors.Add("/default_region", "must be a region whose telephone numbers Hark knows, such as CZ");
        if (MinimumCount is < 1 or > MostMinimum) errors.Add("/minimum_count", FormattableString.Invariant($"must be 1 to {MostMinimum}"));
        return errors;
    }
}

/// <summary>Changes what a workspace says of itself.</summary>
public sealed class WorkspaceEditor(SettingsWriter writer, WorkspaceSnapshots snapshots, AggregateRebuild aggregates)
{
    /// <summary>
    /// Saves the settings. Another time zone has other days, so the numbers of every day are then counted anew, about ten seconds for 100,000 signals; a signal that
    /// another node takes in during the second in which it still has the old zone may stand under its old day until the next rebuild.
    /// </summary>
    public async Task<Result<WorkspaceSettings>> UpdateAsync(Guid workspaceId, Func<WorkspaceSettings, WorkspaceSettings> edit, Actor actor, CancellationToken cancellation = default)
    {
        var changed = await writer.ChangeAsync<(WorkspaceSettings Before, WorkspaceSettings After)>(workspaceId, actor, async change =>
        {
            var workspace = await change.Db.Workspaces.SingleAsync(w => w.WorkspaceId == workspaceId, cancellation);
            var before = WorkspaceSettings.Of(workspace);
            var after = edit(before);
            var errors = after.Check();
            if (errors.Any) return Error.Invalid(errors);
            (workspace.Name, workspace.TimeZone, workspace.DefaultLanguage, workspace.DefaultRegion, workspace.MinimumCount) =
                (after.Name.Trim(), after.TimeZone, after.DefaultLanguage, after.DefaultRegion, after.MinimumCount);
            change.Audit("workspace.changed", "workspace", workspaceId.ToString(), new { before, after });
            return (before, after);
        }, cancellation);
        if (changed.Error is { } error) return error;
        // To its end once begun: half of the days in one zone and half in another would be wrong for longer.
        if (changed.Value.Before.TimeZone != changed.Value.After.TimeZone) await aggregates.RebuildAsync(await snapshots.GetAsync(workspaceId, cancellation), CancellationToken.None);
        return changed.Value.After;
    }
}
