using System.Text.Json;
using Hark.Domain.Common;

namespace Hark.Domain.Journeys;

/// <summary>What a touchpoint shall reach by the end of a year.</summary>
/// <param name="Score">Mean score, 0 to 100.</param>
public sealed record TouchpointTarget(int Year, double Score);

/// <summary>A moment at which a customer meets the company.</summary>
/// <param name="Key">As signals name it.</param>
/// <param name="Name">As people call it; null for the key in words.</param>
/// <param name="Owner">Key of the team that answers for it.</param>
/// <param name="Aliases">Other names by which signals mean it.</param>
public sealed record Touchpoint(string Key, string? Name = null, string? Owner = null, TouchpointTarget? Target = null, IReadOnlyList<string>? Aliases = null)
{
    /// <summary>Every name by which signals mean it.</summary>
    public IEnumerable<string> Names => [Key, .. Aliases ?? []];
}

/// <summary>A part of the way of a customer.</summary>
/// <param name="Name">Null for one of the seven usual stages, which every reader sees in their own language.</param>
public sealed record JourneyStage(string Key, string? Name, IReadOnlyList<Touchpoint> Touchpoints);

/// <summary>
/// The way of a customer: stages in order, touchpoints in each. A touchpoint is in one stage, and a name means one touchpoint. Immutable: every change gives a new map or says why not.
/// </summary>
public sealed record JourneyMap(IReadOnlyList<JourneyStage> Stages)
{
    public const int MostStages = 20, MostTouchpoints = 200, MostAliases = 50, LongestName = 100;

    /// <summary>The seven stages of a customer's way, to begin with.</summary>
    public static JourneyMap Default { get; } = new(
        [.. new[] { "onboarding", "activation", "regular_use", "learning", "support", "renewal", "advocacy" }.Select(k => new JourneyStage(k, null, []))]);

    public IEnumerable<Touchpoint> Touchpoints => Stages.SelectMany(s => s.Touchpoints);

    /// <summary>The touchpoint that a name means; null for a name that is not mapped.</summary>
    public Touchpoint? Find(string name) => Touchpoints.FirstOrDefault(t => t.Names.Contains(name, StringComparer.Ordinal));

    public Result<JourneyMap> AddStage(string name) => name.Trim() is var trimmed && Stages.Count >= MostStages ? Wrong("/stages", $"has up to {MostStages} stages")
        : Checked(new([.. Stages, new JourneyStage(FreeKey(trimmed), trimmed, [])]));

    public Result<JourneyMap> RenameStage(string key, string name) => WithStage(key, s => s with { Name = name.Trim() });

    /// <summary>Removes a stage without touchpoints: those in it have to be moved first.</summary>
    public Result<JourneyMap> RemoveStage(string key) => Stage(key) is not { } stage ? Error.NotFound("stage")
        : stage.Touchpoints.Count > 0 ? Wrong("/stage", "has touchpoints; move or remove them first") : new JourneyMap([.. Stages.Where(s => s.Key != key)]);

    /// <param name="place">From 0 in the order after the move; beyond the end means the end.</param>
    public Result<JourneyMap> MoveStage(string key, int place)
    {
        if (Stage(key) is not { } stage) return Error.NotFound("stage");
        List<JourneyStage> rest = [.. Stages.Where(s => s.Key != key)];
        rest.Insert(Math.Clamp(place, 0, rest.Count), stage);
        return new JourneyMap(rest);
    }

    public Result<JourneyMap> Add(string stage, Touchpoint touchpoint) => WithStage(stage, s => s with { Touchpoints = [.. s.Touchpoints, touchpoint] });

    /// <inheritdoc cref="MoveStage"/>
    public Result<JourneyMap> Move(string key, string stage, int place)
    {
        if (Touchpoints.FirstOrDefault(t => t.Key == key) is not { } touchpoint) return Error.NotFound("touchpoint");
        return Without(key).WithStage(stage, s =>
        {
            List<Touchpoint> all = [.. s.Touchpoints];
            all.Insert(Math.Clamp(place, 0, all.Count), touchpoint);
            return s with { Touchpoints = all };
        });
    }

    public Result<JourneyMap> Remove(string key) => Touchpoints.Any(t => t.Key == key) ? Without(key) : Error.NotFound("touchpoint");

    public Result<JourneyMap> Edit(string key, Func<Touchpoint, Touchpoint> edit) => !Touchpoints.Any(t => t.Key == key) ? Error.NotFound("touchpoint")
        : Checked(new([.. Stages.Select(s => s with { Touchpoints = [.. s.Touchpoints.Select(t => t.Key == key ? edit(t) : t)] })]));

    /// <summary>From now on the name means this touchpoint.</summary>
    public Result<JourneyMap> Map(string name, string key) => Edit(key, t => t with { Aliases = [.. t.Aliases ?? [], name] });

    public string ToJson() => HarkJson.Write(this);

    /// <param name="teams">Keys of the teams that may own; null takes any, for what was checked when it was stored.</param>
    public static Result<JourneyMap> Parse(string json, IReadOnlyCollection<string>? teams)
    {
        try
        {
            if (JsonSerializer.Deserialize<JourneyMap>(json, HarkJson.Options) is not { Stages: not null } map) return Wrong("/stages", "is required");
            var checkedMap = Checked(map);
            if (!checkedMap.Ok || teams is null) return checkedMap;
            return map.Touchpoints.FirstOrDefault(t => t.Owner is { } owner && !teams.Contains(owner, StringComparer.OrdinalIgnoreCase)) is { } stray ? Wrong("/stages", $"'{stray.Owner}' is no team") : map;
        }
        catch (JsonException e)
        {
            return new Error(ErrorKind.Invalid, ErrorCodes.MalformedJson, e is InputJsonException input ? input.Reason : $"The journeys are not JSON of the right shape: {e.Message}");
        }
    }

    private JourneyStage? Stage(string key) => Stages.FirstOrDefault(s => s.Key == key);

    private JourneyMap Without(string key) => new([.. Stages.Select(s => s with { Touchpoints = [.. s.Touchpoints.Where(t => t.Key != key)] })]);

    private Result<JourneyMap> WithStage(string key, Func<JourneyStage, JourneyStage> edit) =>
        Stage(key) is null ? Error.NotFound("stage") : Checked(new([.. Stages.Select(s => s.Key == key ? edit(s) : s)]));

    /// <summary>Small letters and digits of the name, with a number where that is taken.</summary>
    private string FreeKey(string name)
    {
        var letters = string.Concat(TextFold.Fold(name).Where(char.IsAsciiLetterOrDigit));
        var stem = letters.Length == 0 ? "stage" : letters[..Math.Min(letters.Length, 40)];
        for (var n = 1; ; n++)
            if ((n == 1 ? stem : FormattableString.Invariant($"{stem}-{n}")) is var key && Stage(key) is null) return key;
    }

    private static Result<JourneyMap> Checked(JourneyMap map)
    {
        if (map.Stages.Count > MostStages) return Wrong("/stages", $"has up to {MostStages} stages");
        if (map.Touchpoints.Count() > MostTouchpoints) return Wrong("/stages", $"has up to {MostTouchpoints} touchpoints");
        if (map.Stages.FirstOrDefault(s => !IsName(s.Key) || (s.Name is { } n && !IsName(n))) is not null) return Wrong("/stages", $"names have 1 to {LongestName} characters");
        if (map.Stages.GroupBy(s => s.Key, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice) return Wrong("/stages", $"'{twice.Key}' is there twice");
        foreach (var touchpoint in map.Touchpoints)
            if (Problem(touchpoint) is { } problem) return Wrong("/stages", $"'{touchpoint.Key}' {problem}");
        return map.Touchpoints.SelectMany(t => t.Names).GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } name
            ? Wrong("/stages", $"'{name.Key}' means two touchpoints") : map;
    }

    private static string? Problem(Touchpoint t) => !t.Names.All(IsName) || (t.Name is { } name && !IsName(name)) ? $"and its names have 1 to {LongestName} characters"
        : t.Aliases is { Count: > MostAliases } ? $"has up to {MostAliases} aliases"
        : t.Target is { } target && (target.Year is < 2000 or > 2200 || !(target.Score is >= 0 and <= 100)) ? "has a target that is no score of 0 to 100 in a year" : null;

    private static bool IsName(string name) => name.Length is > 0 and <= LongestName && !string.IsNullOrWhiteSpace(name) && !name.Any(char.IsControl);

    private static Error Wrong(string pointer, string reason) => Error.Invalid(pointer, reason);
}
