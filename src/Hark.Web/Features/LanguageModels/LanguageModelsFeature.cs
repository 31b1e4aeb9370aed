using System.Net;
using Hark.Data.Model;
using Hark.Data.Understanding;
using Hark.Web.Features.LanguageModels.Uses;
using Hark.Web.Features.Outbox.Webhooks;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Problems;
using Hark.Web.Infrastructure.Settings;

namespace Hark.Web.Features.LanguageModels;

/// <summary>The language model in force; its key is never shown.</summary>
/// <param name="Version">0 while none was plugged in. Send it back in <c>If-Match</c>.</param>
/// <param name="TokensThisMonth">Used, or held for calls under way, since the month began (UTC).</param>
public sealed record LanguageModelView(long Version, string Endpoint, string Model, bool HasKey, IReadOnlyList<LanguageModelUse> Uses, long MonthlyTokens, long TokensThisMonth, long CallsThisMonth, long FailuresThisMonth)
{
    internal static LanguageModelView Of(LanguageModel? m, LanguageModelMonth month) => m is null ? new(0, "", "", false, [], 0, month.Tokens, month.Calls, month.Failures)
        : new(m.Version, m.Endpoint, m.Model, m.Key is not null, [.. LanguageModelBook.Uses(m).Order()], m.MonthlyTokens, month.Tokens, month.Calls, month.Failures);
}

/// <summary>A language model that may be plugged in: off until somebody switches it on, and nothing needs it.</summary>
public static class LanguageModelsFeature
{
    public static IServiceCollection AddLanguageModels(this IServiceCollection services, HarkOptions options) => services
        .AddSingleton(_ => new ModelHttp(new OutboundHttp(options.LanguageModelMayBePrivate, (host, stop) => Dns.GetHostAddressesAsync(host, stop), ModelHttp.Setting)))
        .AddSingleton<LanguageModelBook>().AddSingleton<ModelKeys>().AddSingleton<AskModel>().AddSingleton<EditModel>().AddSingleton<ModelUses>();

    public static void MapLanguageModels(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/language-model", "Language model");
        group.MapGet("", GetAsync).Operation("GetLanguageModel", "Read which language model is plugged in and what it has cost this month", Policies.Configure).Produces<LanguageModelView>();
        group.MapPut("", SaveAsync).Operation("SaveLanguageModel", "Plug a language model in, or switch it off", Policies.Configure)
            .WithDescription("Any endpoint that speaks as OpenAI's chat completions. Nothing is sent but for the uses named here; personal data that can be told is taken out before; what was sent is in the audit log.").Produces<LanguageModelView>();
        app.MapModelUses();
    }

    private static async Task<IResult> GetAsync(Caller caller, HttpResponse response, LanguageModelBook models, CancellationToken cancellation)
    {
        var view = LanguageModelView.Of(await models.FindAsync(caller.WorkspaceId, cancellation), await models.MonthAsync(caller.WorkspaceId, cancellation));
        response.Headers.ETag = IfMatch.Tag(view.Version);
        return TypedResults.Ok(view);
    }

    private static async Task<IResult> SaveAsync(Caller caller, LanguageModelBody body, IfMatch ifMatch, EditModel edit, LanguageModelBook models, CancellationToken cancellation)
    {
        var saved = await edit.RunAsync(caller, body, ifMatch.Version, cancellation);
        if (saved.Error is { } error) return error.ToProblem();
        var month = await models.MonthAsync(caller.WorkspaceId, cancellation);
        return TypedResults.Ok(LanguageModelView.Of(saved.Value, month));
    }
}
