using Hark.Web.Infrastructure.Auth;

namespace Hark.Web.Infrastructure.Staff;

/// <summary>The person who looks at a page, for components. Scoped; the same <see cref="Caller"/> that endpoints take as a parameter.</summary>
public sealed class Viewer(IHttpContextAccessor http)
{
    private HttpContext Context => http.HttpContext ?? throw new InvalidOperationException("A viewer exists only while a request is answered.");

    /// <summary>Null on pages for everybody, such as sign-in.</summary>
    public Caller? Caller => Context.Features.Get<Caller>();

    /// <summary>The person behind a page that needs sign-in.</summary>
    public Caller Required => Caller ?? throw new InvalidOperationException("This component needs a signed-in person.");

    public Preferences Preferences => field ??= Preferences.Of(Context.Request);

    /// <summary>Path and query of the page, to come back to.</summary>
    public string Here => Context.Request.Path + Context.Request.QueryString;

    public bool IsAt(string path) => Context.Request.Path.StartsWithSegments(path);

    public HttpRequest Request => Context.Request;
}
