using Hark.Data.Identity;
using Hark.Domain.Workspaces;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Staff;

namespace Hark.Web.Features.Customers;

/// <summary>The place of customers: people and companies, each with one timeline, by what they are known, what they agreed to, and their data exported and erased.</summary>
public static class CustomersFeature
{
    public static IServiceCollection AddCustomers(this IServiceCollection services) => services
        .AddSingleton(new Place("customers", "/customers", "users", 40, Shows: c => c.Role.ReadsWords()))
        .AddSingleton<PersonTimeline>().AddSingleton<AccountReader>().AddSingleton<ErasePerson>().AddSingleton<ReadTimeline>().AddSingleton<ExportPerson>();

    public static void MapCustomers(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/customers").RequireAuthorization(Policies.Configure).ExcludeFromDescription();
        group.MapGet("/{contact_id:guid}/export.json", (Caller caller, [Microsoft.AspNetCore.Mvc.FromRoute(Name = "contact_id")] Guid contactId, ExportPerson export, CancellationToken cancellation) =>
            export.RunAsync(caller, contactId, cancellation));
    }
}
