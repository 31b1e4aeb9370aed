using Hark.Data.Model;
using Hark.Domain.Common;
using Hark.Domain.Signals;
using Hark.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Hark.Data.Workspaces;

/// <summary>What may be said about a source. Null leaves the default or, in an update, takes the value away.</summary>
public sealed record SourceSettings
{
    public required string Name { get; init; }
    public Channel Channel { get; init; } = Channel.Web;
    public SignalKind Kind { get; init; } = SignalKind.Direct;
    public string? Touchpoint { get; init; }

    /// <summary>Key of the owning team.</summary>
    public string? OwnerTeam { get; init; }

    /// <summary>Hours in which an answer is owed: 1 to 8,760.</summary>
    public int? ResponseWindowHours { get; init; }

    /// <summary>Days between two collections: 1 to 3,650.</summary>
    public int? CadenceDays { get; init; }

    /// <summary>Days after which verbatims are erased: 1 to 36,500; null keeps them.</summary>
    public int? RetentionDays { get; init; }

    public const int LongestName = 100;

    internal InputErrors Check()
    {
        var errors = new InputErrors();
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > LongestName) errors.Add("/name", $"must have 1 to {LongestName} characters");
        if (Touchpoint is { } t && (string.IsNullOrWhiteSpace(t) || t.Length > LongestName)) errors.Add("/touchpoint", $"must have 1 to {LongestName} characters");
        InRange(errors, "/response_window_hours", ResponseWindowHours, 8_760);
        InRange(errors, "/cadence_days", CadenceDays, 3_650);
        InRange(errors, "/retention_days", RetentionDays, 36_500);
        return errors;
    }

    private static void InRange(InputErrors errors, string pointer, int? value, int most)
    {
        if (value is < 1 || value > most) errors.Add(pointer, FormattableString.Invariant($"must be 1 to {most}"));
    }
}

/// <summary>Sources: made and changed, never deleted, because signals name them.</summary>
public sealed class SourceAdmin(SettingsWriter writer)
{
    /// <returns>The source; <c>invalid_input</c>; <c>conflict</c> when the name is taken.</returns>
    public Task<Result<Source>> CreateAsync(Guid workspaceId, SourceSettings settings, Actor actor, CancellationToken cancellation = default) =>
        writer.ChangeAsync<Source>(workspaceId, actor, async change =>
        {
            var source = new Source { WorkspaceId = workspaceId, SourceId = change.NewId(), Name = settings.Name.Trim(), CreatedAt = change.Now };
            if (await ApplyAsync(change, source, settings, cancellation) is { } error) return error;
            change.Db.Sources.Add(source);
            change.Audit("source.created", "source", source.SourceId.ToString(), settings);
            return source;
        }, cancellation);

    /// <summary>Replaces the settings of a source.</summary>
    /// <param name="edit">From the settings as they are to the settings as they shall be, or why not.</param>
    public Task<Result<Source>> UpdateAsync(Guid workspaceId, Guid sourceId, Func<SourceSettings, Result<SourceSettings>> edit, Actor actor,
        CancellationToken cancellation = default) =>
        writer.ChangeAsync<Source>(workspaceId, actor, async change =>
        {
            var source = await change.Db.Sources.SingleOrDefaultAsync(s => s.WorkspaceId == workspaceId && s.SourceId == sourceId, cancellation);
            if (source is null) return Error.NotFound("source");
            var before = await SettingsOfAsync(change, source, cancellation);
            var edited = edit(before);
            if (edited.Error is { } refused) return refused;
            var after = edited.Value;
            if (await ApplyAsync(change, source, after, cancellation) is { } error) return error;
            change.Audit("source.changed", "source", sourceId.ToString(), new { before, after });
            return source;
        }, cancellation);

    private static async Task<Error?> ApplyAsync(SettingsChange change, Source source, SourceSettings settings, CancellationToken cancellation)
    {
        var errors = settings.Check();
        Guid? owner = null;
        if (settings.OwnerTeam is { } key)
        {
            owner = await change.Db.Teams.Where(t => t.WorkspaceId == change.WorkspaceId && t.Key == key).Select(t => (Guid?)t.TeamId)
                .SingleOrDefaultAsync(cancellation);
            if (owner is null) errors.Add("/owner_team", "names no team of this workspace");
        }
        if (errors.Any) return Error.Invalid(errors);
        source.Name = settings.Name.Trim();
        source.Channel = settings.Channel;
        source.Kind = settings.Kind;
        source.Touchpoint = settings.Touchpoint?.Trim();
        source.OwnerTeamId = owner;
        source.ResponseWindowHours = settings.ResponseWindowHours;
        source.CadenceDays = settings.CadenceDays;
        source.RetentionDays = settings.RetentionDays;
        return null;
    }

    private static async Task<SourceSettings> SettingsOfAsync(SettingsChange change, Source source, CancellationToken cancellation) => new()
    {
        Name = source.Name,
        Channel = source.Channel,
        Kind = source.Kind,
        Touchpoint = source.Touchpoint,
        OwnerTeam = await change.Db.Teams.Where(t => t.WorkspaceId == change.WorkspaceId && t.TeamId == source.OwnerTeamId).Select(t => t.Key)
            .SingleOrDefaultAsync(cancellation),
        ResponseWindowHours = source.ResponseWindowHours,
        CadenceDays = source.CadenceDays,
        RetentionDays = source.RetentionDays,
    };
}
