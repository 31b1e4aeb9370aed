using Hark.Data.Model;
using Hark.Data.Understanding;
using Hark.Data.Workspaces;
using Hark.Domain.Signals;
using Hark.Domain.Understanding;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Documents;
using Hark.Web.Infrastructure.Hosting;
using Hark.Web.Infrastructure.Limits;
using Hark.Web.Infrastructure.Settings;
using Hark.Web.Infrastructure.Workers;

namespace Hark.Web.Features.Understanding;

/// <summary>What texts say: added to every signal that comes in with a comment, and answered for texts that nobody wants stored.</summary>
public static class UnderstandingFeature
{
    public static IServiceCollection AddUnderstanding(this IServiceCollection services, HarkOptions options) => services.AddSingleton(_ => Understander.Shipped())
        .AddSingleton<WorkspaceUnderstandings>().AddSingleton<IWorkspaceUnderstandings>(p => p.GetRequiredService<WorkspaceUnderstandings>()).AddSingleton<ISignalEnricher, UnderstandingEnricher>()
        .AddSingleton<LessonSignal>().AddSingleton<LessonReader>().AddSingleton<ModelStore>().AddSingleton<TextLearner>().AddSingleton<UnderstandAgain>().AddSingleton<ReadModels>()
        .AddWorker<LearningWorker>(options).AddSingleton<Worker>(p => p.GetRequiredService<LearningWorker>())
        .AddWorker<UnderstandAgainWorker>(options).AddSingleton<Worker>(p => p.GetRequiredService<UnderstandAgainWorker>());

    public static void MapUnderstanding(this IEndpointRouteBuilder app)
    {
        app.MapApi("/understand", "Understanding").MapPost("", UnderstandTexts.Handle).Operation("UnderstandTexts", "Understand a text, or up to 500", Policies.Read)
            .WithDescription("Language, sentiment, emotion, urgency and topics of one text (an object, answered by an object) or of a list of texts (answered by a list in the same order). "
                + "Nothing is stored. A language that does not stand out has the code null; a sentiment that is not sure is unknown; confidences are probabilities.")
            .WithBodyLimit(UnderstandTexts.MaxBytes).Accepts<TextToUnderstand>("application/json").Produces<UnderstoodView>();
        app.MapModels();
        app.MapDocument(new EditedDocument(DocumentKind.Understanding, "/understanding", "Understanding", "UnderstandingSettings", "settings of understanding",
            (_, json) => UnderstandingSettings.Parse(json) is var read && read.Error is { } error ? error : read.Value.ToJson(), _ => UnderstandingSettings.Default.ToJson()));
    }
}
