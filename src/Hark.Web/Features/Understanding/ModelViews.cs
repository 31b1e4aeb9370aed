using Hark.Data.Model;

namespace Hark.Web.Features.Understanding;

/// <summary>A model that the workspace's own texts taught.</summary>
/// <param name="Lessons">Texts it learned from.</param>
/// <param name="LeftOut">Share of its lessons that it told right while they were left out, 0 to 1.</param>
/// <param name="LeftOutBefore">The same of the shipped model; 0 for topics, of which none ships.</param>
/// <param name="Trial">As a challenger: texts that it and the champion were both asked about before they learned from them.</param>
public sealed record ModelVersionView(TextTask Task, long Version, ModelState State, int Lessons, double LeftOut, double LeftOutBefore, TrialView? Trial, DateTimeOffset CreatedAt)
{
    public static ModelVersionView Of(TextModelVersion m) => new(m.Task, m.Version, m.State, m.Lessons, m.LeftOut, m.LeftOutBefore, m.Trial == 0 ? null : new(m.Trial, m.TrialRight, m.TrialChampionRight), m.CreatedAt);
}

public sealed record TrialView(int Texts, int Right, int ChampionRight);

/// <summary>How right a day's texts of a language were told before anything was learned from them.</summary>
/// <param name="Language">ISO 639; <c>und</c> where it is not known.</param>
/// <param name="ShippedRight">What would have been right without anything learned.</param>
public sealed record ModelScoreView(TextTask Task, DateTimeOffset Day, string Language, int Texts, int Right, int ShippedRight);

/// <summary>The newest pass over stored texts.</summary>
/// <param name="FinishedAt">Null while it is under way.</param>
public sealed record PassView(string Target, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, long Texts, long Changed);

/// <param name="Shipped">Version of the models that ship with Hark.</param>
/// <param name="Items">Versions, newest first.</param>
/// <param name="Accuracy">By day and language, oldest first, of the last 90 days.</param>
/// <param name="Pass">Null before texts were first understood anew.</param>
public sealed record ModelsView(string Shipped, IReadOnlyList<ModelVersionView> Items, string? NextCursor, IReadOnlyList<ModelScoreView> Accuracy, PassView? Pass);

/// <param name="Lessons">Labelled texts that there are.</param>
/// <param name="Model">Null where there are too few to learn from.</param>
public sealed record LearnedView(TextTask Task, int Lessons, ModelVersionView? Model);

public sealed record LearnedViews(IReadOnlyList<LearnedView> Items);
