using Hark.Data.Identity;
using Hark.Data.Insight;
using Hark.Domain.Common;
using Hark.Domain.Statistics.Risk;
using Hark.Domain.Workspaces;
using Hark.Web.Infrastructure;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Problems;
using Microsoft.AspNetCore.Mvc;

namespace Hark.Web.Features.Insight.Api;

/// <summary>What a risk rests on.</summary>
public enum RiskBasis
{
    /// <summary>A model fitted to imported outcomes, with its measured accuracy.</summary>
    Model,

    /// <summary>No outcomes are known; points by experience, no probability.</summary>
    RuleOfThumb,
}

/// <summary>How likely a customer is to leave.</summary>
/// <param name="Chance">0 to 1, calibrated; null by the rule of thumb.</param>
/// <param name="Accuracy">Of the model, on customers that it was not fitted to.</param>
/// <param name="Reasons">Log-odds beside an average customer, or points.</param>
/// <param name="Purchases">By the BG/NBD model of all customers' orders; null where orders are not known.</param>
public sealed record RiskView(RiskBasis Basis, RiskLevel Level, double? Chance, RiskAccuracyView? Accuracy, IReadOnlyList<RiskReasonView> Reasons, PurchaseOutlookView? Purchases)
{
    internal static RiskView Of(Risk r) => new(
        r.Chance is null ? RiskBasis.RuleOfThumb : RiskBasis.Model, r.Level, r.Chance, r.Accuracy is { } a ? new(a.Count, a.Events, a.Auc, a.CalibrationError) : null,
        [.. r.Reasons.Select(x => new RiskReasonView(x.Feature, x.Weight))], r.Purchases is { } p ? new(p.Alive, p.Expected, RiskReader.AheadDays, p.Repeats) : null);
}

/// <param name="Auc">Chance that one who left is ranked above one who stayed.</param>
/// <param name="CalibrationError">Mean distance between the chance said and the share that left.</param>
public sealed record RiskAccuracyView(int Outcomes, int Left, double Auc, double CalibrationError);

public sealed record RiskReasonView(RiskFeature Reason, double Weight);

/// <param name="Alive">Chance of not having left for good; <paramref name="Expected"/> purchases within <paramref name="Days"/> days.</param>
public sealed record PurchaseOutlookView(double Alive, double Expected, int Days, int Repeats);

/// <summary>Customers by risk, the likeliest to leave first; those at low risk are not told.</summary>
public sealed record RankedRisksAnswer(RiskOf Of, IReadOnlyList<RankedRiskView> Items, string? NextCursor)
{
    internal string ToCsv() => string.Concat(
    [
        CsvText.Line("id", "name", "level", "chance", "basis", "reasons"),
        .. Items.Select(i => CsvText.Line(i.Id, i.Name, i.Risk.Level, i.Risk.Chance, i.Risk.Basis, string.Join("; ", i.Risk.Reasons.Select(r => EnumNames<RiskFeature>.Of(r.Reason))))),
    ]);
}

/// <param name="Id">Of the contact that stands for the person, or of the account.</param>
public sealed record RankedRiskView(Guid Id, string? Name, RiskView Risk);

/// <summary>Risk of persons and accounts; for those who may see them.</summary>
internal static class RiskEndpoints
{
    private const int MostRanked = 100;

    private const string How = "By a calibrated linear model of feedback, recency, usage and cases where at least twenty of each outcome are known (trait churned, true or false, and churned_on), else by a rule of thumb that is marked as such.";

    public static void MapRisk(this IEndpointRouteBuilder app)
    {
        app.MapApi("/risk", "Insight").MapGet("", ListAsync).Operation("ListRisks", "List the customers who are most likely to leave", Policies.Read)
            .WithDescription($"Of those heard saying something bad in the last {RiskReader.HeardDays} days, at most {MostRanked}. " + How).WithParameters(new QueryParameter("of", $"{EnumNames<RiskOf>.Choices}; contact if left out.")).Produces<RankedRisksAnswer>();
        app.MapApi("/risk.csv", "Insight").MapGet("", CsvAsync).Operation("ExportRisks", "Export the customers who are most likely to leave as CSV", Policies.Read)
            .WithParameters(new QueryParameter("of", $"{EnumNames<RiskOf>.Choices}; contact if left out.")).Produces<string>(contentType: "text/csv");
        app.MapApi("/contacts/{contact_id:guid}/risk", "Insight").MapGet("", ContactAsync).Operation("GetContactRisk", "Get how likely a person is to leave", Policies.Read).WithDescription(How).Produces<RiskView>();
        app.MapApi("/accounts/{account_id:guid}/risk", "Insight").MapGet("", AccountAsync).Operation("GetAccountRisk", "Get how likely an account is to leave", Policies.Read).WithDescription(How).Produces<RiskView>();
    }

    private static async Task<IResult> ListAsync(Caller caller, HttpRequest http, RiskReader risks, CancellationToken cancellation) => (await RankAsync(caller, http, risks, cancellation)).ToOk();

    internal static async Task<IResult> CsvAsync(Caller caller, HttpRequest http, RiskReader risks, CancellationToken cancellation) =>
        (await RankAsync(caller, http, risks, cancellation)).ToCsv(a => a.ToCsv(), "risks.csv");

    internal static async Task<Result<RankedRisksAnswer>> RankAsync(Caller caller, HttpRequest http, RiskReader risks, CancellationToken cancellation)
    {
        if (!SeesPersons(caller)) return NumbersOnly;
        var query = http.Parameters();
        var of = RiskOf.Contact;
        if (query.One("of") is { } name && !EnumNames<RiskOf>.TryParse(name, out of)) query.Errors.Add("of", $"must be {EnumNames<RiskOf>.Choices}");
        query.RefuseUnknown();
        if (query.Error is { } error) return error;
        var ranked = await risks.RankAsync(caller.WorkspaceId, of, caller.Words, MostRanked, cancellation);
        return new RankedRisksAnswer(of, [.. ranked.Select(r => new RankedRiskView(r.Id, r.Name, RiskView.Of(r.Risk)))], null);
    }

    private static async Task<IResult> ContactAsync(Caller caller, [FromRoute(Name = "contact_id")] Guid contactId, ContactReader contacts, RiskReader risks, CancellationToken cancellation)
    {
        if (!SeesPersons(caller)) return NumbersOnly.ToProblem();
        var person = await contacts.FindAsync(caller.WorkspaceId, contactId, caller.Persons, caller.Actor, cancellation);
        if (person.Error is { } error) return error.ToProblem();
        return TypedResults.Ok(RiskView.Of(await risks.ReadAsync(caller.WorkspaceId, RiskOf.Contact, [.. person.Value.Contacts.Select(c => c.ContactId)], null, cancellation)));
    }

    private static async Task<IResult> AccountAsync(Caller caller, [FromRoute(Name = "account_id")] Guid accountId, AccountReader accounts, RiskReader risks, CancellationToken cancellation)
    {
        if (!SeesPersons(caller)) return NumbersOnly.ToProblem();
        var account = await accounts.FindAsync(caller.WorkspaceId, accountId, caller.Persons, cancellation);
        if (account.Error is { } error) return error.ToProblem();
        return TypedResults.Ok(RiskView.Of(await risks.ReadAsync(caller.WorkspaceId, RiskOf.Account, [accountId], account.Value.RenewsOn, cancellation)));
    }

    internal static bool SeesPersons(Caller caller) => caller is { Member: { } member } && member.Role.ReadsWords();

    private static Error NumbersOnly { get; } = new(ErrorKind.Forbidden, ErrorCodes.Forbidden, "This role sees numbers, not persons.");
}
