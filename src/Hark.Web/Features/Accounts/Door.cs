using Hark.Data.Accounts;
using Hark.Data.Model;
using Hark.Web.Infrastructure.Auth;
using Microsoft.AspNetCore.Authentication;

namespace Hark.Web.Features.Accounts;

/// <summary>Somebody whose password or provider was right and whose second factor is still asked for.</summary>
internal sealed record HalfSignedIn(Guid WorkspaceId, Guid MemberId, SignInMethod Method, bool Remember, string? Return);

/// <summary>Lets a browser in and out: sessions and cookies, the same for every way of signing in.</summary>
internal sealed class Door(MemberSessions sessions, SealedCookies cookies, Landing landing)
{
    public const string SecondStepPath = "/sign-in/second";
    private const string HalfCookie = "hark.half";
    private static readonly TimeSpan HalfFor = TimeSpan.FromMinutes(10);

    public static Visitor VisitorOf(HttpContext context) =>
        new(context.Connection.RemoteIpAddress?.ToString(), context.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent ? agent : null);

    /// <summary>Begins a session, or asks for the second factor first where the member has one.</summary>
    /// <returns>Where the browser goes next.</returns>
    public async Task<string> ComeInAsync(HttpContext context, MemberAccount account, SignInMethod method, bool remember, string? wanted, CancellationToken cancellation)
    {
        if (account.Credential.TwoFactor && method is not SignInMethod.Passkey) // a passkey is something one has and something one knows or is
        {
            cookies.Put(context, HalfCookie, new HalfSignedIn(account.WorkspaceId, account.MemberId, method, remember, Landing.IsOurs(wanted) ? wanted : null), HalfFor);
            return SecondStepPath;
        }
        return await EnterAsync(context, account.Member, method, remember, wanted, cancellation);
    }

    /// <summary>Begins a session of somebody who has proved themselves wholly. A session the browser had ends.</summary>
    public async Task<string> EnterAsync(HttpContext context, Member member, SignInMethod method, bool remember, string? wanted, CancellationToken cancellation)
    {
        SealedCookies.Forget(context, HalfCookie);
        if (context.SignedIn() is { } old) await sessions.RevokeAsync(old.WorkspaceId, old.Member!.MemberId, old.SessionId, null, old.Actor, cancellation);
        var session = await sessions.StartAsync(member.WorkspaceId, member.MemberId, method, remember, VisitorOf(context), cancellation);
        await SessionCookie.IssueAsync(context, session);
        SavedPreferences.Apply(context.Response, member);
        return landing.Of(member.Role, wanted);
    }

    public HalfSignedIn? Half(HttpContext context) => cookies.Read<HalfSignedIn>(context, HalfCookie);

    public async Task LeaveAsync(HttpContext context, CancellationToken cancellation)
    {
        SealedCookies.Forget(context, HalfCookie);
        if (context.SignedIn() is { } caller) await sessions.RevokeAsync(caller.WorkspaceId, caller.Member!.MemberId, caller.SessionId, null, caller.Actor, cancellation);
        await context.SignOutAsync(SessionCookie.Scheme);
    }
}
