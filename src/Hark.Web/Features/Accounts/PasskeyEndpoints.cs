using System.Text.Json;
using Hark.Data.Accounts;
using Hark.Data.Model;
using Hark.Domain.Common;
using Hark.Web.Features.Accounts.Identity;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Limits;
using Hark.Web.Infrastructure.Problems;
using Hark.Web.Infrastructure.Staff;
using Microsoft.AspNetCore.Identity;

namespace Hark.Web.Features.Accounts;

/// <summary>
/// What the browser's script asks for when a passkey is made or used. The ceremony itself (challenge, origin, signature, counter) is ASP.NET Core
/// Identity's; its state lies sealed in the browser for five minutes and is taken once.
/// </summary>
internal static class PasskeyEndpoints
{
    private const string MakingCookie = "hark.passkey.new", UsingCookie = "hark.passkey";
    private const int MostBytes = 32 * 1024;
    private static readonly TimeSpan CeremonyFor = TimeSpan.FromMinutes(5);

    /// <param name="Credential">What <c>navigator.credentials.get()</c> gave, as JSON.</param>
    internal sealed record Use(JsonElement Credential, string? Return = null, bool Remember = false);

    /// <param name="Credential">What <c>navigator.credentials.create()</c> gave, as JSON.</param>
    internal sealed record Make(JsonElement Credential, string Name);

    internal sealed record Went(string Location);

    private sealed record State(string? Value);

    public static void MapPasskeys(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("").ExcludeFromDescription().RequireAntiforgery();
        group.MapPost("/sign-in/passkey/options", AskAsync).AllowAnonymous();
        group.MapPost("/sign-in/passkey", UseAsync).AllowAnonymous().WithBodyLimit(MostBytes);
        group.MapPost("/account/passkeys/options", OfferAsync).RequireAuthorization(Policies.Read);
        group.MapPost("/account/passkeys", MakeAsync).RequireAuthorization(Policies.Read).WithBodyLimit(MostBytes);
    }

    private static async Task<IResult> AskAsync(HttpContext context, IPasskeyHandler<MemberAccount> passkeys, SealedCookies cookies)
    {
        // For anybody: naming whose passkeys are wanted would tell who has any.
        var options = await passkeys.MakeRequestOptionsAsync(null, context);
        cookies.Put(context, UsingCookie, new State(options.AssertionState), CeremonyFor);
        return TypedResults.Content(options.RequestOptionsJson, "application/json");
    }

    private static async Task<IResult> UseAsync(Use use, HttpContext context, IPasskeyHandler<MemberAccount> passkeys, SealedCookies cookies, SignInLimits limits, AccountManager accounts,
        Door door, CancellationToken cancellation)
    {
        if (!limits.Allows(context)) return new Error(ErrorKind.Limited, ErrorCodes.RateLimited, "Too many tries; wait a minute.").ToProblem(60);
        var state = cookies.Take<State>(context, UsingCookie);
        if (state is null) return Refused().ToProblem();
        var result = await passkeys.PerformAssertionAsync(new PasskeyAssertionContext { CredentialJson = use.Credential.GetRawText(), AssertionState = state.Value, HttpContext = context });
        if (!result.Succeeded || result.User.Member.DisabledAt is not null) return Refused().ToProblem();
        await accounts.AddOrUpdatePasskeyAsync(result.User, result.Passkey);
        return TypedResults.Ok(new Went(await door.ComeInAsync(context, result.User, SignInMethod.Passkey, use.Remember, use.Return, cancellation)));
    }

    private static async Task<IResult> OfferAsync(Caller caller, HttpContext context, IPasskeyHandler<MemberAccount> passkeys, PasskeyBook book, SealedCookies cookies, CancellationToken cancellation)
    {
        if ((await book.ListAsync(caller.WorkspaceId, caller.Member!.MemberId, cancellation)).Count >= PasskeyBook.Most)
            return new Error(ErrorKind.Conflict, ErrorCodes.Conflict, "There are too many passkeys; remove one first.").ToProblem();
        var who = new PasskeyUserEntity { Id = MemberAccount.IdOf(caller.WorkspaceId, caller.Member.MemberId), Name = caller.Member.Email, DisplayName = caller.Member.Name };
        var options = await passkeys.MakeCreationOptionsAsync(who, context);
        cookies.Put(context, MakingCookie, new State(options.AttestationState), CeremonyFor);
        return TypedResults.Content(options.CreationOptionsJson, "application/json");
    }

    private static async Task<IResult> MakeAsync(Caller caller, Make make, HttpContext context, IPasskeyHandler<MemberAccount> passkeys, SealedCookies cookies, AccountManager accounts,
        CancellationToken cancellation)
    {
        var name = make.Name.Trim();
        if (name.Length is 0 or > PasskeyBook.LongestName) return Error.Invalid("/name", $"must have 1 to {PasskeyBook.LongestName} characters").ToProblem();
        if (cookies.Take<State>(context, MakingCookie) is not { } state) return Refused().ToProblem();
        var result = await passkeys.PerformAttestationAsync(new PasskeyAttestationContext { CredentialJson = make.Credential.GetRawText(), AttestationState = state.Value, HttpContext = context });
        var id = MemberAccount.IdOf(caller.WorkspaceId, caller.Member!.MemberId);
        if (!result.Succeeded || result.UserEntity.Id != id || await accounts.FindByIdAsync(id) is not { } account) return Refused().ToProblem();
        result.Passkey.Name = name;
        await accounts.AddOrUpdatePasskeyAsync(account, result.Passkey);
        return TypedResults.Ok(new Went("/account#passkeys"));
    }

    private static Error Refused() => new(ErrorKind.Invalid, ErrorCodes.InvalidInput, "The passkey could not be checked; try again.");
}
