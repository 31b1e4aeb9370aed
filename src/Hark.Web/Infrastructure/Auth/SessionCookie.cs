using System.Security.Claims;
using Hark.Data.Accounts;
using Hark.Data.Model;
using Hark.Data.Workspaces;
using Hark.Domain.Common;
using Hark.Web.Infrastructure.Problems;
using Hark.Web.Infrastructure.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.StaticAssets;

namespace Hark.Web.Infrastructure.Auth;

/// <summary>
/// A signed-in browser: a protected cookie that names a row of <see cref="MemberSession"/>. The row decides, the cookie only points to it; so a session ended
/// anywhere is over at the browser's next request.
/// </summary>
public static class SessionCookie
{
    public const string Scheme = "Session", SignInPath = "/sign-in", SetUpPath = "/setup", Return = "return";
    private const string Name = "hark.session", WorkspaceClaim = "workspace", SessionClaim = "session";

    internal static AuthenticationBuilder AddSessionCookie(this AuthenticationBuilder authentication, HarkOptions options) => authentication.AddCookie(Scheme, o =>
    {
        o.Cookie.Name = Name;
        o.Cookie.HttpOnly = true;
        o.Cookie.SameSite = SameSiteMode.Lax;
        o.Cookie.SecurePolicy = options.PublicUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        o.ExpireTimeSpan = MemberSessions.Longest;
        o.SlidingExpiration = false; // the row slides
        o.LoginPath = SignInPath;
        o.ReturnUrlParameter = Return;
        o.Events.OnValidatePrincipal = ValidateAsync;
        o.Events.OnRedirectToLogin = SendToSignInAsync;
        o.Events.OnRedirectToAccessDenied = c => { c.Response.StatusCode = StatusCodes.Status403Forbidden; return Task.CompletedTask; };
    });

    /// <summary>Gives the browser the cookie of a session.</summary>
    public static Task IssueAsync(HttpContext context, MemberSession session)
    {
        var identity = new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, session.MemberId.ToString()), new Claim(WorkspaceClaim, session.WorkspaceId.ToString()),
            new Claim(SessionClaim, session.SessionId.ToString()),
        ], Scheme);
        var remembered = session.IdleMs == (long)MemberSessions.RememberedIdle.TotalMilliseconds;
        return context.SignInAsync(Scheme, new ClaimsPrincipal(identity), new AuthenticationProperties { IsPersistent = remembered });
    }

    /// <summary>Who is signed in; null for nobody.</summary>
    public static Caller? SignedIn(this HttpContext context) => context.Features.Get<Caller>() is { SessionId: not null } caller ? caller : null;

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        if (http.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null) return; // files are the same for everybody
        if (await CallerAsync(http, context.Principal) is { } caller)
        {
            http.Features.Set(caller);
            return;
        }
        context.RejectPrincipal();
        await http.SignOutAsync(Scheme);
    }

    private static async Task<Caller?> CallerAsync(HttpContext http, ClaimsPrincipal? principal)
    {
        if (!Guid.TryParse(principal?.FindFirstValue(WorkspaceClaim), out var workspaceId) || !Guid.TryParse(principal.FindFirstValue(SessionClaim), out var sessionId)) return null;
        if (await http.RequestServices.GetRequiredService<MemberSessions>().SeeAsync(workspaceId, sessionId, http.RequestAborted) is not { } session) return null;
        var workspace = await http.RequestServices.GetRequiredService<WorkspaceSnapshots>().FindAsync(workspaceId, http.RequestAborted);
        return workspace is null ? null : Caller.Of(workspace, session);
    }

    /// <summary>A person who opens a page is led to the sign-in, or to the setup where there is nobody to sign in yet; a script is told 401.</summary>
    private static async Task SendToSignInAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsGet(http.Request.Method) || http.Request.Headers.ContainsKey("HX-Request") || !TakesPages(http.Request))
        {
            await Problem.WriteAsync(http, new Error(ErrorKind.Unauthorised, ErrorCodes.Unauthorised, "You are not signed in any more; sign in and try again."));
            return;
        }
        var setup = await http.RequestServices.GetRequiredService<NewMembers>().WithoutAdministratorAsync(http.RequestAborted) is not null;
        http.Response.Redirect(setup ? SetUpPath : http.Request.Path == "/" ? SignInPath
            : $"{SignInPath}?{Return}={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}");
    }

    private static bool TakesPages(HttpRequest request) => request.Headers.Accept.Count == 0 || request.Headers.Accept.ToString() is var accept
        && (accept.Contains("text/html", StringComparison.OrdinalIgnoreCase) || accept.Contains("*/*", StringComparison.Ordinal)) && !accept.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase);
}
