using Hark.Data.Model;
using Hark.Data.Signals;
using Hark.Data.Understanding;
using Hark.Domain.Common;
using Hark.Domain.Understanding.Topics;
using Hark.Domain.Workspaces;
using Hark.Web.Features.Signals;
using Hark.Web.Features.Themes.Causes;
using Hark.Web.Features.Themes.Parts;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Documents;
using Hark.Web.Infrastructure.Hosting;
using Hark.Web.Infrastructure.Localisation;
using Hark.Web.Infrastructure.Problems;
using Hark.Web.Infrastructure.Settings;
using Hark.Web.Infrastructure.Staff;
using Hark.Web.Infrastructure.Workers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Hark.Web.Features.Themes;

/// <summary>What customers speak of: the taxonomy, its numbers, and corrections of what signals are about.</summary>
public static class ThemesFeature
{
    private const int UsualDays = 30;

    private static readonly Error NotCurating = new(ErrorKind.Forbidden, ErrorCodes.Forbidden, "Your role may read signals but not correct them.");

    /// <param name="Topics">Keys of all topics that the signal is about; none of the taxonomy needs to have them.</param>
    internal sealed record SignalTopics(IReadOnlyList<string> Topics);

    public static IServiceCollection AddThemes(this IServiceCollection services, HarkOptions options) => services.AddSingleton(new Place("themes", "/themes", "tags", 50))
        .AddSingleton<ReadTopics>().AddSingleton<ReadTheme>().AddSingleton<EditTaxonomy>().AddSingleton<TopicDiscovery>()
        .AddSingleton<CauseBoards>().AddSingleton<CauseEvidenceReader>().AddSingleton<ReadBoard>().AddSingleton<BoardDesk>().AddSingleton<EditBoard>().AddSingleton<ReadThemeInsight>()
        .AddWorker<DiscoveryWorker>(options).AddSingleton<Worker>(p => p.GetRequiredService<DiscoveryWorker>());

    public static void MapThemes(this IEndpointRouteBuilder app)
    {
        app.MapApi("/topics", "Themes").MapGet("", ListAsync).Operation("ListTopics", "List topics with what was said about them", Policies.Read)
            .WithDescription("All topics of the taxonomy and all others that signals of the period name, the most frequent first, in one page. The last 30 days if no period is given.")
            .WithParameters([.. SignalFilterDescription.Period]).Produces<TopicsView>();
        app.MapDocument(new EditedDocument(DocumentKind.Topics, "/taxonomy", "Themes", "Taxonomy", "taxonomy",
            (_, json) => Taxonomy.Parse(json) is var read && read.Error is { } error ? error : read.Value.ToJson(), _ => Taxonomy.Empty.ToJson()));
        app.MapEmerging();
        app.MapCauses();
        app.MapGet("/themes/{topic}/insight", InsightAsync).RequireAuthorization(Policies.Read).ExcludeFromDescription();
        app.MapPost("/themes/edit", EditAsync).RequireAuthorization(Policies.Configure).RequireAntiforgery().ExcludeFromDescription();
        app.MapApi("/taxonomy/starters", "Themes").MapGet("/{name}", Starter).Operation("GetStarterTaxonomy", "Get a taxonomy to begin with: webshop or software", Policies.Read)
            .WithDescription("In six languages; save it with PUT /api/v1/taxonomy as it is or changed.").Produces<Taxonomy>();
        app.MapApi("/signals", "Signals").MapPut("/{signal_id:guid}/topics", CorrectAsync).Operation("CorrectSignalTopics", "Say which topics a signal is about", Policies.Write)
            .WithDescription("In place of those that were found. No source, phrase or model changes them any more, and the workspace's model learns from it. Written to the audit log.").Produces<SignalView>();
    }

    private static async Task<IResult> ListAsync(Caller caller, HttpRequest request, ReadTopics topics, TimeProvider time, CancellationToken cancellation)
    {
        var parameters = request.Parameters();
        var to = parameters.Time("to", caller.Workspace.Workspace.TimeZone) ?? time.Now().HourStart().AddHours(1);
        var from = parameters.Time("from", caller.Workspace.Workspace.TimeZone) ?? to.AddDays(-UsualDays);
        if (from >= to) parameters.Errors.Add("to", "must be later than from");
        parameters.RefuseUnknown();
        if (parameters.Error is { } error) return error.ToProblem();
        var read = await topics.RunAsync(caller.Workspace, from, to, cancellation);
        return TypedResults.Ok(new TopicsView([.. read.Topics.Select(t => TopicNumbersView.Of(caller.Workspace, t))], null, read.NotUnderstood, read.Comments));
    }

    /// <summary>One change, from a form; back to where it shows, with a way to take it back.</summary>
    private static async Task<IResult> EditAsync(Caller caller, HttpRequest http, EditTaxonomy edit, Texts texts, CancellationToken cancellation)
    {
        var form = await http.ReadFormAsync(cancellation);
        var edited = await edit.RunAsync(caller, name => form[name].ToString(), texts.Language, cancellation);
        if (edited.Error is { } error)
        {
            var at = form["key"].ToString() is { Length: > 0 and <= Taxonomy.LongestKey } here ? ReadTheme.Path(here) : "/themes";
            return TypedResults.LocalRedirect($"{at}?problem={error switch { { Kind: ErrorKind.Conflict } => "conflict", { Kind: ErrorKind.NotFound } => "gone", _ => "value" }}");
        }
        var undo = edited.Value.Undo is { } version ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"&undo={version}") : "";
        return TypedResults.LocalRedirect($"{(edited.Value.Key is { } key ? ReadTheme.Path(key) : "/themes")}?done=saved{undo}");
    }

    private static async Task<IResult> InsightAsync(Caller caller, [FromRoute] string topic, ReadThemeInsight insight, CancellationToken cancellation) =>
        new RazorComponentResult<ThemeInsightPart>(new { Topic = topic, Model = await insight.RunAsync(caller, topic, cancellation) });

    private static IResult Starter([FromRoute] string name) =>
        StarterTaxonomies.Find(name) is { } taxonomy ? TypedResults.Ok(taxonomy) : Error.NotFound("taxonomy").ToProblem();

    private static async Task<IResult> CorrectAsync(Caller caller, [FromRoute(Name = "signal_id")] Guid signalId, SignalTopics body, CorrectSignal corrections, SignalReader signals, CancellationToken cancellation)
    {
        if (!caller.Role.Curates()) return NotCurating.ToProblem();
        if (body.Topics.Any(t => t.Contains(',', StringComparison.Ordinal))) return Error.Invalid("/topics", "are keys, which have no commas").ToProblem();
        var correction = new SignalCorrection(CorrectedField.Topics, string.Join(',', body.Topics));
        if ((await corrections.RunAsync(caller.Workspace, signalId, caller.Words, correction, caller.Actor, cancellation)).Error is { } error) return error.ToProblem();
        return (await signals.GetAsync(caller.WorkspaceId, signalId, caller.Words, caller.Actor, cancellation)).ToOk(s => SignalView.Of(caller.Workspace, s));
    }
}
