using Hark.Data.Cases;
using Hark.Domain.Common;
using Hark.Domain.Messages;
using Hark.Web.Features.LanguageModels.Parts;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Localisation;
using Hark.Web.Infrastructure.Problems;
using Hark.Web.Infrastructure.Staff;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Hark.Web.Features.LanguageModels.Uses;

/// <summary>A point of a summary with the words that bear it out.</summary>
public sealed record SummaryPointView(string Text, IReadOnlyList<SummaryQuoteView> Quotes);

/// <param name="SignalId">Where the words stand; null where that is no signal but a message of a case.</param>
public sealed record SummaryQuoteView(string Words, Guid? SignalId);

public sealed record ModelSummaryView(IReadOnlyList<SummaryPointView> Points, string Model)
{
    internal static ModelSummaryView Of(ModelSummary s) => new([.. s.Points.Select(p => new SummaryPointView(p.Text, [.. p.Quotes.Select(q => new SummaryQuoteView(q.Words, s.Of[q.Of - 1]))]))], s.Model);
}

/// <summary>What a language model is asked for, by programs and by pages. Every answer is a suggestion: nothing is changed, stored or sent.</summary>
internal static class ModelUseEndpoints
{
    internal sealed record NameBody(string Term, string Language);

    private const string How = "Needs the use to be switched on in /language-model. 503 with the reason where there is no answer, 429 where the month's budget is used up.";

    public static void MapModelUses(this IEndpointRouteBuilder app)
    {
        app.MapApi("/topics/emerging/name", "Language model").MapPost("", async (Caller caller, NameBody body, string? language, ModelUses uses, CancellationToken c) => (await uses.NameAsync(caller, body.Term, body.Language, In(caller, language), c)).ToOk())
            .Operation("NameEmergingTopic", "Let the language model name a proposal", Policies.Write).WithDescription(How).Produces<ModelText>();
        app.MapApi("/topics/{topic}/summary", "Language model").MapPost("", async (Caller caller, [FromRoute] string topic, string? language, ModelUses uses, CancellationToken c) => (await uses.SummariseThemeAsync(caller, topic, In(caller, language), c)).ToOk(ModelSummaryView.Of))
            .Operation("SummariseTopic", "Let the language model sum up what people say about a topic", Policies.Write).WithDescription(How + " Only points whose quotes stand in the signals.").Produces<ModelSummaryView>();
        app.MapApi("/cases/{case_id:guid}/summary", "Language model").MapPost("", async (Caller caller, [FromRoute(Name = "case_id")] Guid caseId, string? language, ModelUses uses, CancellationToken c) => (await uses.SummariseCaseAsync(caller, caseId, In(caller, language), c)).ToOk(ModelSummaryView.Of))
            .Operation("SummariseCase", "Let the language model sum up a case", Policies.Write).WithDescription(How + " Only points whose quotes stand in the conversation.").Produces<ModelSummaryView>();
        app.MapApi("/cases/{case_id:guid}/draft", "Language model").MapPost("", async (Caller caller, [FromRoute(Name = "case_id")] Guid caseId, ModelUses uses, CancellationToken c) => (await uses.DraftAsync(caller, caseId, c)).ToOk())
            .Operation("DraftReply", "Let the language model draft a reply to the customer of a case", Policies.Write).WithDescription(How + " The draft is sent to nobody.").Produces<ModelText>();
        app.MapApi("/signals/{signal_id:guid}/translation", "Language model").MapPost("", async (Caller caller, [FromRoute(Name = "signal_id")] Guid signalId, string? language, ModelUses uses, CancellationToken c) => (await uses.TranslateAsync(caller, signalId, In(caller, language), c)).ToOk())
            .Operation("TranslateSignal", "Let the language model translate the words of a signal", Policies.Write).WithDescription(How).Produces<ModelText>();

        var pages = app.MapGroup("").RequireAuthorization(Policies.Write).RequireAntiforgery().ExcludeFromDescription();
        pages.MapPost("/themes/name", NameAsync);
        pages.MapPost("/themes/{topic}/summary", async (Caller caller, [FromRoute] string topic, ModelUses uses, Texts texts, CancellationToken c) => Summary(await uses.SummariseThemeAsync(caller, topic, texts.Language, c)));
        pages.MapPost("/signals/{signal_id:guid}/translation", async (Caller caller, [FromRoute(Name = "signal_id")] Guid signalId, ModelUses uses, Texts texts, CancellationToken c) => Text(await uses.TranslateAsync(caller, signalId, texts.Language, c)));
        pages.MapPost("/inbox/{number:long}/summary", async (Caller caller, long number, ModelUses uses, CaseReader cases, Texts texts, CancellationToken c) =>
            await cases.IdOfAsync(caller.WorkspaceId, number, c) is { } id ? Summary(await uses.SummariseCaseAsync(caller, id, texts.Language, c)) : Error.NotFound("case").ToProblem());
        pages.MapPost("/inbox/{number:long}/draft", async (Caller caller, long number, ModelUses uses, CaseReader cases, CancellationToken c) =>
            await cases.IdOfAsync(caller.WorkspaceId, number, c) is { } id ? Text(await uses.DraftAsync(caller, id, c), draft: true) : Error.NotFound("case").ToProblem());
    }

    private static async Task<IResult> NameAsync(Caller caller, HttpRequest http, ModelUses uses, Texts texts, CancellationToken cancellation)
    {
        var form = await http.ReadFormAsync(cancellation);
        return Text(await uses.NameAsync(caller, form["term"].ToString(), form["language"].ToString(), texts.Language, cancellation), name: true);
    }

    /// <summary>The language of the answer: what is asked for where it is one of the interface, else the workspace's.</summary>
    private static string In(Caller caller, string? language) => Languages.Known(language) ?? caller.Workspace.Workspace.DefaultLanguage;

    private static IResult Text(Result<ModelText> text, bool draft = false, bool name = false) => new RazorComponentResult<ModelTextPart>(new Dictionary<string, object?>
    {
        ["Model"] = text.Ok ? text.Value : null,
        ["Failed"] = text.Error,
        ["IsDraft"] = draft,
        ["IsName"] = name,
    });

    private static IResult Summary(Result<ModelSummary> summary) => new RazorComponentResult<ModelSummaryPart>(new Dictionary<string, object?>
    {
        ["Model"] = summary.Ok ? ModelSummaryView.Of(summary.Value) : null,
        ["Failed"] = summary.Error,
    });
}
