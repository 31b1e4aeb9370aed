using Hark.Data.Cases;
using Hark.Data.Messages;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Hosting;
using Hark.Web.Infrastructure.Settings;
using Hark.Web.Infrastructure.Workers;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Hark.Web.Features.Cases;

/// <summary>The inner loop: the inbox, the work on cases, and what time does to them.</summary>
public static class CasesFeature
{
    public static IServiceCollection AddCases(this IServiceCollection services, HarkOptions options)
    {
        services.TryAddSingleton<MessageComposer>();
        services.TryAddSingleton<VerificationLinks>();
        services.TryAddSingleton<CaseMessages>();
        services.TryAddSingleton<CaseWriter>();
        services.TryAddSingleton<VerifyCase>();
        services.AddSingleton<CaseListQuery>().AddSingleton<CaseReader>().AddSingleton<PolicyChanges>().AddSingleton<ClockSweep>().AddSingleton<CaseTimers>();
        services.AddSingleton<AcknowledgeCase>().AddSingleton<StartCase>().AddSingleton<AssignCase>().AddSingleton<ReplyToCustomer>().AddSingleton<CustomerReply>()
            .AddSingleton<AddNote>().AddSingleton<WaitForCustomer>().AddSingleton<SnoozeCase>().AddSingleton<WakeCase>().AddSingleton<ChangeSeverity>()
            .AddSingleton<ResolveCase>().AddSingleton<AskAgain>().AddSingleton<ReopenCase>().AddSingleton<MergeCase>().AddSingleton<UndoMerge>()
            .AddSingleton<RequestCallBack>().AddSingleton<EndCallBack>();
        services.AddWorker<ClockSweepWorker>(options).AddSingleton<Worker>(p => p.GetRequiredService<ClockSweepWorker>());
        services.AddWorker<CaseTimersWorker>(options).AddSingleton<Worker>(p => p.GetRequiredService<CaseTimersWorker>());
        return services;
    }

    public static void MapCases(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/cases", "Cases");
        group.MapCaseQueries();
        group.MapCaseActions();
    }
}
