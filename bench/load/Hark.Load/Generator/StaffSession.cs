using System.Net;
using System.Text.RegularExpressions;

namespace Hark.Load.Generator;

/// <summary>Signs in at a served Hark as a browser does, to time its pages.</summary>
internal static partial class StaffSession
{
    /// <returns>The header that later requests send.</returns>
    /// <exception cref="InvalidOperationException">The sign-in was refused.</exception>
    public static async Task<string> CookieAsync(int port, string email, string password, CancellationToken cancellation)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        using var client = new HttpClient(handler) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        var page = await client.GetStringAsync("/sign-in", cancellation);
        var fields = Hidden().Matches(page).DistinctBy(m => m.Groups[1].Value).ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value));
        (fields["_handler"], fields["email"], fields["password"]) = ("sign-in", email, password);
        using var answer = await client.PostAsync("/sign-in", new FormUrlEncodedContent(fields), cancellation);
        if (answer.StatusCode != HttpStatusCode.Redirect) throw new InvalidOperationException($"signing in was answered with {(int)answer.StatusCode}");
        return "Cookie: " + handler.CookieContainer.GetCookieHeader(client.BaseAddress);
    }

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]*)""")]
    private static partial Regex Hidden();
}
