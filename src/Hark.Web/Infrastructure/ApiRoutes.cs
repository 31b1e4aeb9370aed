using Microsoft.AspNetCore.Authorization;

namespace Hark.Web.Infrastructure;

/// <summary>How endpoints of the API are declared, the same for every feature.</summary>
public static class ApiRoutes
{
    public const string Prefix = "/api/v1";

    /// <summary>A group below <c>/api/v1</c> whose operations carry a tag.</summary>
    /// <param name="path">Plural kebab noun with a leading slash, such as <c>/sources</c>.</param>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder app, string path, string tag) => app.MapGroup(Prefix + path).WithTags(tag);

    /// <summary>Names an operation for the API description and says who may call it.</summary>
    /// <param name="name">Verb and noun, unique: <c>ListSources</c>.</param>
    /// <param name="policy">One of <see cref="Auth.Policies"/>.</param>
    public static RouteHandlerBuilder Operation(this RouteHandlerBuilder route, string name, string summary, string policy) =>
        route.WithName(name).WithSummary(summary).RequireAuthorization(policy);

    /// <summary>The policy that guards an endpoint; null when it is open.</summary>
    public static string? PolicyOf(EndpointMetadataCollection metadata) => metadata.GetOrderedMetadata<IAuthorizeData>().LastOrDefault(a => a.Policy is not null)?.Policy;
}
