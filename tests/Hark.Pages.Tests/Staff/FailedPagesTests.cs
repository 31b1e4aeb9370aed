using System.Net;
using Hark.Data.Cases;
using Hark.Domain.Workspaces;
using Hark.Web.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Hark.Web.Testing.AccountsApp;

namespace Hark.Pages.Tests.Staff;

/// <summary>People who err get a page; scripts and the API get a problem.</summary>
public sealed class FailedPagesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_is_told_by_a_page_in_their_language_and_a_program_by_a_problem()
    {
        await using var app = await StartAsync();
        var (analyst, _) = await app.SignedInAsync(Role.Analyst, Cancellation);
        using var __ = analyst;
        var missing = await AskAsync(analyst, "/nothing/here");
        Assert.Equal(HttpStatusCode.NotFound, missing.Status);
        Assert.True(missing.Says("There is nothing here") && missing.Says("hk-rail"), missing.Html);
        var shut = await AskAsync(analyst, "/settings/rules", ("Accept-Language", "cs"));
        Assert.Equal(HttpStatusCode.Forbidden, shut.Status);
        Assert.Contains("<html lang=\"cs\"", shut.Html, StringComparison.Ordinal);
        foreach (var (path, header) in new[] { ("/api/v1/nothing", ("X-None", "1")), ("/nothing", ("HX-Request", "true")) })
            Assert.StartsWith("{\"type\":\"about:blank\"", (await AskAsync(analyst, path, header)).Html, StringComparison.Ordinal);
        using var stranger = new Browser(app);
        var unknown = await AskAsync(stranger, "/nothing/here");
        Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
        Assert.False(unknown.Says("hk-rail"));
    }

    [Fact]
    public async Task A_form_that_did_not_come_from_a_page_of_ours_is_refused_by_a_page()
    {
        await using var app = await StartAsync();
        var (admin, _) = await app.SignedInAsync(Role.Administrator, Cancellation);
        using var __ = admin;
        var request = new HttpRequestMessage(HttpMethod.Post, "/settings/workspace") { Content = new FormUrlEncodedContent([new("_handler", "workspace"), new("name", "Stolen")]) };
        request.Headers.Add("Accept", "text/html");
        var refused = await admin.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.True(refused.Says("That could not be taken"), refused.Html);
        Assert.NotEqual("Stolen", (await app.WorkspaceAsync()).Workspace.Name);
    }

    [Fact]
    public async Task What_breaks_is_told_by_a_page_without_a_word_of_why()
    {
        await using var app = await AppFactory.StartAsync(services: s => s.AddSingleton<CaseCounts>(_ => throw new InvalidOperationException("the secret reason")));
        var (admin, _) = await app.SignedInAsync(Role.Administrator, Cancellation);
        using var __ = admin;
        var broken = await AskAsync(admin, "/pulse");
        Assert.Equal(HttpStatusCode.InternalServerError, broken.Status);
        Assert.True(broken.Says("hk-failed"), broken.Html);
        Assert.False(broken.Says("secret"), broken.Html);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(admin, "/customers")).Status);
    }

    private static Task<Answer> AskAsync(Browser browser, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/html,application/xhtml+xml");
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return browser.SendAsync(request, Cancellation);
    }
}
