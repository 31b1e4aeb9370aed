using Hark.Data.Cases;
using Hark.Web.Features.Inbox.Reading;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Localisation;
using Hark.Web.Infrastructure.Staff;

namespace Hark.Web.Features.Inbox;

/// <summary>The inbox: views, the list in due order, the case and what is done on it.</summary>
public static class InboxFeature
{
    /// <summary>More clocks than this that ran out are "many": the badge counts no further.</summary>
    private const int MostUrgent = 100;

    public static IServiceCollection AddInbox(this IServiceCollection services) => services
        .AddSingleton(new Place("inbox", "/inbox", "inbox", 20) { Count = BreachingAsync })
        .AddSingleton<CaseLooks>().AddSingleton<SavedFilters>().AddSingleton<UndoChange>().AddSingleton<LinkCase>().AddSingleton<TickStep>().AddSingleton<RootCauses>().AddSingleton<RunMacro>().AddSingleton<SnippetValues>().AddSingleton<CaseAttachments>()
        .AddSingleton<ReadList>().AddSingleton<ReadViews>().AddSingleton<ReadCase>().AddSingleton<ReadCard>().AddSingleton<UndoTokens>().AddScoped<InboxAnswers>();

    public static void MapInbox(this IEndpointRouteBuilder app)
    {
        app.MapInboxParts();
        app.MapCaseActs();
        app.MapInboxPosts();
        app.MapBulk();
        app.MapDesk();
    }

    private static async Task<PlaceCount> BreachingAsync(IServiceProvider services, Caller caller, CancellationToken cancellation)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var n = await services.GetRequiredService<CaseListQuery>().CountAsync(caller.WorkspaceId, InboxRequest.ScopeOf(caller), InboxView.Breaching(now), MostUrgent, now, cancellation);
        return new(n, true, services.GetRequiredService<Texts>().Count("inbox.breaching_n", n));
    }
}
