using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Hark.Web.Testing;

/// <summary>What came back: status, where to, and the page.</summary>
public sealed record Answer(HttpStatusCode Status, string? Location, string Html)
{
    /// <summary>The text between tags of the first element with this attribute or class in its tag; null when there is none.</summary>
    public bool Says(string text) => WebUtility.HtmlDecode(Html).Contains(text, StringComparison.Ordinal);
}

/// <summary>
/// A browser without script: keeps cookies (whatever the clock on the wall says), posts forms with what the page put into them, and follows no redirect by itself.
/// </summary>
public sealed partial class Browser(AppFactory app) : IDisposable
{
    private readonly HttpClient _client = app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
    private string _here = "/";

    public Dictionary<string, string> Cookies { get; } = [];
    public Answer Last { get; private set; } = new(HttpStatusCode.OK, null, "");

    /// <summary><c>Content-Disposition</c> of the last answer.</summary>
    public string? Disposition { get; private set; }

    public async Task<Answer> GetAsync(string path, CancellationToken cancellation)
    {
        _here = path;
        return await SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellation);
    }

    /// <summary>Fills in the form with this handler on the page shown last and sends it.</summary>
    public Task<Answer> SubmitAsync(string handler, Dictionary<string, string> fields, CancellationToken cancellation)
    {
        var all = FieldsOf(handler);
        foreach (var (name, value) in fields) all[name] = value;
        return PostFormAsync(_here, all, cancellation);
    }

    /// <summary>Opens a page, then fills in its form.</summary>
    public async Task<Answer> SubmitInAsync(string path, string handler, Dictionary<string, string> fields, CancellationToken cancellation)
    {
        await GetAsync(path, cancellation);
        return await SubmitAsync(handler, fields, cancellation);
    }

    /// <summary>What the page shown last has put into the form with this handler.</summary>
    public Dictionary<string, string> FieldsOf(string handler)
    {
        var form = Forms().Matches(Last.Html).Select(m => m.Value).First(f => Value(f, "_handler") == handler && Value(f, "__RequestVerificationToken") is not null);
        return Inputs().Matches(form).Select(m => m.Value).Where(i => Attribute(i, "type") == "hidden" && Attribute(i, "name") is not null)
            .GroupBy(i => Attribute(i, "name")!).ToDictionary(g => g.Key, g => WebUtility.HtmlDecode(Attribute(g.First(), "value") ?? ""));
    }

    public Task<Answer> PostFormAsync(string path, IEnumerable<KeyValuePair<string, string>> fields, CancellationToken cancellation) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) }, cancellation);

    /// <summary>Sends JSON as our script would, with the token of the page shown last.</summary>
    public Task<Answer> PostAsync(string path, object? body, CancellationToken cancellation, bool token = true)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body ?? new { }) };
        if (token) request.Headers.Add("X-Hark-Antiforgery", WebUtility.HtmlDecode(Meta().Match(_page).Groups[1].Value));
        request.Headers.Add("Origin", "http://localhost");
        return SendAsync(request, cancellation);
    }

    private string _page = "";

    public async Task<Answer> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using (request)
        {
            if (Cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(c => $"{c.Key}={c.Value}")));
            using var answer = await _client.SendAsync(request, cancellation);
            foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            {
                var pair = cookie.Split(';')[0].Split('=', 2);
                if (pair[1].Length == 0) Cookies.Remove(pair[0]);
                else Cookies[pair[0]] = pair[1];
            }
            Disposition = answer.Content.Headers.ContentDisposition?.ToString();
            Last = new Answer(answer.StatusCode, Ours(answer.Headers.Location), await answer.Content.ReadAsStringAsync(cancellation));
            if (answer.Content.Headers.ContentType?.MediaType == "text/html") _page = Last.Html;
            return Last;
        }
    }

    public async Task<Answer> SignInAsync(string email, string password, CancellationToken cancellation, string query = "")
    {
        await GetAsync("/sign-in" + query, cancellation);
        return await SubmitAsync("sign-in", new() { ["email"] = email, ["password"] = password }, cancellation);
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Without the host where it is the one of the application.</summary>
    private static string? Ours(Uri? location) => location is null || !location.IsAbsoluteUri || location.GetLeftPart(UriPartial.Authority) != "http://localhost" ? location?.OriginalString
        : location.OriginalString["http://localhost".Length..];

    private static string? Value(string form, string name) => Inputs().Matches(form).Select(m => m.Value).Where(i => Attribute(i, "name") == name).Select(i => Attribute(i, "value")).FirstOrDefault();

    private static string? Attribute(string tag, string name) => Regex.Match(tag, $"\\s{name}=\"([^\"]*)\"") is { Success: true } m ? m.Groups[1].Value : null;

    [GeneratedRegex("<form[^>]*>.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<(?:input|button)[^>]*>")]
    private static partial Regex Inputs();

    [GeneratedRegex("name=\"hark-antiforgery\" content=\"([^\"]*)\"")]
    private static partial Regex Meta();
}
