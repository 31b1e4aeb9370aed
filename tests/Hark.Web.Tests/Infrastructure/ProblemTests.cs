using System.Net;
using System.Text;
using System.Text.Json;
using Hark.Data.Sqlite;
using Hark.Domain.Common;
using Hark.Web.Infrastructure.Problems;
using Hark.Web.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Hark.Web.Tests.Infrastructure;

public sealed class ProblemTests(AppFixture fixture) : IClassFixture<AppFixture>, IAsyncLifetime
{
    private readonly AppFactory _app = fixture.App;
    private HttpClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _client = await _app.AdminAsync();

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<(int Status, JsonElement Body)> SendAsync(HttpMethod method, string path, string? body = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, type);
        using var answer = await _client.SendAsync(request, Cancellation);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal((int)answer.StatusCode, problem.GetProperty("status").GetInt32());
        Assert.Contains(problem.GetProperty("code").GetString()!, ErrorCodes.All);
        Assert.NotEqual("", problem.GetProperty("detail").GetString());
        Assert.NotEqual("", problem.GetProperty("traceId").GetString());
        return ((int)answer.StatusCode, problem);
    }

    [Theory]
    [InlineData("GET", "/nothing/here", 404, "not_found")]
    [InlineData("GET", "/api/v1/sources/not-an-id", 404, "not_found")]
    [InlineData("GET", "/api/v1/sources/01a20509-80c8-7e1f-a3f6-3f9b35795443", 404, "not_found")]
    [InlineData("DELETE", "/api/v1/sources", 405, "method_not_allowed")]
    [InlineData("GET", "/api/v1/sources?limit=many", 400, "invalid_input")]
    [InlineData("GET", "/api/v1/sources?limit=501", 400, "invalid_input")]
    [InlineData("GET", "/api/v1/sources?cursor=x", 400, "invalid_input")]
    [InlineData("GET", "/api/v1/audit?cursor=WyIxIiwiYXVkaXQiLCJ4Il0", 400, "invalid_input")]
    public async Task A_wrong_address_or_parameter_is_a_problem(string method, string path, int status, string code)
    {
        var (actual, body) = await SendAsync(new HttpMethod(method), path);
        Assert.Equal((status, code), (actual, body.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("""{"name":"Kiosk","chanel":"kiosk"}""", "/chanel")]
    [InlineData("""{"channel":"kiosk"}""", "/name")]
    [InlineData("""{"name":null}""", "/name")]
    [InlineData("""{"name":7}""", "/name")]
    [InlineData("""{"name":"a","name":"b"}""", "/name")]
    [InlineData("""{"name":"a","channel":"kisk"}""", "/channel")]
    [InlineData("""{"name":"a","channel":3}""", "/channel")]
    [InlineData("""{"name":"a","cadence_days":0}""", "/cadence_days")]
    [InlineData("""{"name":"a","cadence_days":"7"}""", "/cadence_days")]
    [InlineData("""{"name":"a","cadence_days":99999999999}""", "/cadence_days")]
    [InlineData("""{"name":"a","owner_team":"nobody"}""", "/owner_team")]
    [InlineData("""{"name":"  "}""", "/name")]
    public async Task What_is_wrong_in_a_body_is_named_by_its_place(string body, string pointer)
    {
        var (status, problem) = await SendAsync(HttpMethod.Post, "/api/v1/sources", body);
        Assert.Equal((400, "invalid_input"), (status, problem.GetProperty("code").GetString()));
        var reasons = problem.GetProperty("errors").GetProperty(pointer);
        Assert.True(reasons.GetArrayLength() > 0);
        Assert.DoesNotContain("System.", problem.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("Hark.", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"Kiosk" """, "line 1")]
    [InlineData("{\n  \"name\": nope\n}", "line 2")]
    [InlineData("<xml/>", "line 1")]
    public async Task Malformed_json_is_named_by_its_position(string body, string position)
    {
        var (status, problem) = await SendAsync(HttpMethod.Post, "/api/v1/sources", body);
        Assert.Equal((400, "malformed_json"), (status, problem.GetProperty("code").GetString()));
        Assert.Contains(position, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_kind_of_body_is_415() =>
        Assert.Equal(415, (await SendAsync(HttpMethod.Post, "/api/v1/sources", "name=a", "application/x-www-form-urlencoded")).Status);

    [Fact]
    public async Task An_empty_body_is_asked_for()
    {
        var (status, problem) = await SendAsync(HttpMethod.Post, "/api/v1/sources", "");
        Assert.Equal((400, "A JSON body is required."), (status, problem.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task A_body_that_says_it_is_too_large_is_not_read()
    {
        var (status, problem) = await SendAsync(HttpMethod.Post, "/api/v1/sources", new string(' ', 1024 * 1024 + 1));
        Assert.Equal((413, "too_large"), (status, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_body_that_does_not_say_is_cut_off()
    {
        await using var app = await AppFactory.StartAsync(kestrel: true);
        using var client = await app.AdminAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/sources") { Content = new StringContent(new string(' ', 1024 * 1024 + 1), Encoding.UTF8, "application/json") };
        request.Content.Headers.ContentLength = null;
        request.Headers.TransferEncodingChunked = true;
        using var answer = await client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("too_large", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_a_conflict()
    {
        await _app.CreateSourceKeyAsync("Kiosk");
        Assert.Equal(409, (await SendAsync(HttpMethod.Post, "/api/v1/sources", """{"name":"Kiosk"}""")).Status);
    }

    [Theory]
    [InlineData(13, 507, "storage_full")]
    [InlineData(5, 503, "unavailable")]
    [InlineData(1, 500, "internal")]
    public async Task A_troubled_store_has_answers_of_its_own(int sqliteCode, int status, string code)
    {
        var (actual, retryAfter, body) = await HandleAsync(new InvalidOperationException("secret path", new SqliteException("geheim", sqliteCode)));
        Assert.Equal((status, code), (actual, body.GetProperty("code").GetString()));
        Assert.Equal(status == 503, retryAfter.Length > 0);
        Assert.DoesNotContain("geheim", body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bug_leaks_nothing()
    {
        var (status, _, body) = await HandleAsync(new NotSupportedException("geheim"));
        Assert.Equal(500, status);
        Assert.DoesNotContain("geheim", body.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$", "")]
    [InlineData("$.rating.value", "/rating/value")]
    [InlineData("$[3].id", "/3/id")]
    [InlineData("$.a[0].b", "/a/0/b")]
    [InlineData("$['a.b']", "/a.b")]
    [InlineData("$.attributes['x/y']", "/attributes/x~1y")]
    [InlineData(null, "")]
    public void Paths_become_pointers(string? path, string pointer) => Assert.Equal(pointer, JsonProblems.ToPointer(path));

    private static async Task<(int Status, string RetryAfter, JsonElement Body)> HandleAsync(Exception exception)
    {
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;
        await new ProblemExceptionHandler(new SqliteDialect(), NullLogger<ProblemExceptionHandler>.Instance).TryHandleAsync(context, exception, Cancellation);
        return (context.Response.StatusCode, context.Response.Headers.RetryAfter.ToString(), JsonElement.Parse(body.ToArray()));
    }
}
