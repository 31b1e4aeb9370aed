using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Hark.Testing;
using Hark.Web.Testing;
using Xunit;

namespace Hark.Web.Tests.Intake;

/// <summary>The intake from outside: what is answered, stored and counted.</summary>
public sealed class SendingTests
{
    private const string Url = "/api/v1/signals", BatchUrl = "/api/v1/signals/batch";

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task A_detractor_opens_a_case_with_running_clocks_in_the_same_answer(TestStore store)
    {
        await using var app = await AppFactory.StartAsync(store);
        using var sender = app.Client(await app.CreateSourceKeyAsync("shop"));
        var answer = await sender.PostAsJsonAsync(Url, new { id = "o-1", rating = new { scale = "nps", value = 2 }, contact = new { email = "Jana@Example.com" }, subject = new { order = "1" } });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var opened = await answer.Content.ReadFromJsonAsync<JsonElement>();
        using var client = await app.AdminAsync();
        var details = await client.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{opened.GetProperty("case_id").GetString()}");
        Assert.Equal(("new", "support"), (details.GetProperty("state").GetString(), details.GetProperty("team").GetString()));
        Assert.Equal(["acknowledge", "resolve", "respond", "verify"], details.GetProperty("clocks").EnumerateArray().Select(c => c.GetProperty("kind").GetString()).Order());
        Assert.All(details.GetProperty("clocks").EnumerateArray(), c => Assert.Equal("running", c.GetProperty("state").GetString()));

        var joined = await Sending.SendAsync(sender, new { id = "o-2", rating = new { scale = "nps", value = 0 }, contact = new { email = "jana@example.com" }, subject = new { order = "1" } });
        Assert.Equal(opened.GetProperty("case_id").GetString(), joined.GetProperty("case_id").GetString());
        var other = await Sending.SendAsync(sender, new { id = "o-3", rating = new { scale = "nps", value = 0 }, contact = new { email = "jana@example.com" }, subject = new { order = "2" } });
        Assert.NotEqual(opened.GetProperty("case_id").GetString(), other.GetProperty("case_id").GetString());
        var promoter = await Sending.SendAsync(sender, new { id = "o-4", rating = new { scale = "nps", value = 10 } });
        Assert.Equal(JsonValueKind.Null, promoter.GetProperty("case_id").ValueKind);
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task The_same_id_is_the_same_signal_and_a_change_moves_the_numbers_by_the_difference(TestStore store)
    {
        await using var app = await AppFactory.StartAsync(store);
        using var sender = app.Client(await app.CreateSourceKeyAsync("shop"));
        var first = await Sending.SendAsync(sender, new { id = "r-1", rating = new { scale = "nps", value = 9 } });
        var again = await Sending.SendAsync(sender, new { id = "r-1", rating = new { scale = "nps", value = 9 } });
        Assert.Equal(("created", "duplicate"), (first.GetProperty("status").GetString(), again.GetProperty("status").GetString()));
        var changed = await Sending.SendAsync(sender, new { id = "r-1", text = "I changed my mind", rating = new { scale = "nps", value = 3 } });
        Assert.Equal("updated", changed.GetProperty("status").GetString());
        Assert.Equal(first.GetProperty("signal_id").GetString(), changed.GetProperty("signal_id").GetString());
        Assert.Equal(JsonValueKind.String, changed.GetProperty("case_id").ValueKind);
        using var client = await app.AdminAsync();
        Assert.Equal(1, await NumberAsync(client, "count"));
        Assert.Equal(1, await NumberAsync(client, "nps", "detractors"));

        var comment = await Sending.SendAsync(sender, new { id = "r-1", text = "And another word" });
        Assert.Equal("updated", comment.GetProperty("status").GetString());
        Assert.Equal(1, await NumberAsync(client, "nps", "detractors"));

        using var keyed = new HttpRequestMessage(HttpMethod.Post, Url) { Content = JsonContent.Create(new { text = "once" }), Headers = { { "Idempotency-Key", "k-1" } } };
        using var repeated = new HttpRequestMessage(HttpMethod.Post, Url) { Content = JsonContent.Create(new { text = "once" }), Headers = { { "Idempotency-Key", "k-1" } } };
        Assert.Equal(HttpStatusCode.Created, (await sender.SendAsync(keyed)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await sender.SendAsync(repeated)).StatusCode);
        Assert.Equal(2, await NumberAsync(client, "count"));
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task Half_of_a_batch_is_bad_and_the_other_half_is_stored(TestStore store)
    {
        await using var app = await AppFactory.StartAsync(store);
        using var sender = app.Client(await app.CreateSourceKeyAsync("shop"));
        var records = Enumerable.Range(0, 100).Select(i => i % 2 == 0
            ? $$$"""{"id":"b-{{{i}}}","rating":{"scale":"stars","value":4}}"""
            : $$$"""{"id":"b-{{{i}}}","rating":{"scale":"stars","value":9},"nonsense":1}""").Append("""{"id":"b-0","rating":{"scale":"stars","value":4}}""");
        var answer = await PostAsync(sender, BatchUrl, "[" + string.Join(',', records) + "]", "application/json");
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((50, 1, 0, 50), (body.GetProperty("stored").GetInt32(), body.GetProperty("duplicates").GetInt32(), body.GetProperty("updated").GetInt32(), body.GetProperty("rejected").GetArrayLength()));
        var rejected = body.GetProperty("rejected")[0];
        Assert.Equal((1, "b-1"), (rejected.GetProperty("index").GetInt32(), rejected.GetProperty("id").GetString()));
        Assert.True(rejected.GetProperty("errors").TryGetProperty("/nonsense", out _));
        using var client = await app.AdminAsync();
        Assert.Equal(50, await NumberAsync(client, "count"));
    }

    [Fact]
    public async Task Lines_in_gzip_are_a_batch_and_a_broken_line_harms_no_other()
    {
        await using var app = await AppFactory.StartAsync();
        using var sender = app.Client(await app.CreateSourceKeyAsync("shop"));
        var lines = Encoding.UTF8.GetBytes("{\"id\":\"l-1\"}\r\n\n{\"id\":\"l-2\",\n{\"id\":\"l-3\"}\n");
        using var content = new ByteArrayContent(Pack(lines)) { Headers = { ContentType = new("application/x-ndjson"), ContentEncoding = { "gzip" } } };
        var body = await (await sender.PostAsync(BatchUrl, content)).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((2, 1), (body.GetProperty("stored").GetInt32(), body.GetProperty("rejected").GetArrayLength()));
        Assert.Equal(1, body.GetProperty("rejected")[0].GetProperty("index").GetInt32());
    }

    [Theory]
    [InlineData("{\"id\":", HttpStatusCode.BadRequest, "malformed_json")]
    [InlineData("", HttpStatusCode.BadRequest, "malformed_json")]
    [InlineData("{\"rating\":{\"scale\":\"nps\",\"value\":NaN}}", HttpStatusCode.BadRequest, "malformed_json")]
    [InlineData("{\"rating\":{\"scale\":\"nps\",\"value\":\"three\"}}", HttpStatusCode.BadRequest, "invalid_input")]
    [InlineData("{\"rating\":{\"scale\":\"nps\",\"value\":11}}", HttpStatusCode.BadRequest, "invalid_input")]
    [InlineData("{\"occurred_at\":\"9999-12-31T23:59:59Z\"}", HttpStatusCode.BadRequest, "invalid_input")]
    [InlineData("{\"occurred_at\":\"0001-01-01T00:00:00Z\"}", HttpStatusCode.BadRequest, "invalid_input")]
    [InlineData("{\"surprise\":1}", HttpStatusCode.BadRequest, "invalid_input")]
    [InlineData("{\"contact\":{\"email\":\"not an address\"}}", HttpStatusCode.BadRequest, "invalid_input")]
    [InlineData("[1,2]", HttpStatusCode.BadRequest, "invalid_input")]
    public async Task Rubbish_is_answered_with_what_is_wrong(string body, HttpStatusCode status, string code)
    {
        await using var app = await AppFactory.StartAsync();
        using var sender = app.Client(await app.CreateSourceKeyAsync("shop"));
        var answer = await PostAsync(sender, Url, body, "application/json");
        Assert.Equal(status, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Too_much_is_refused_before_it_is_taken_in()
    {
        await using var app = await AppFactory.StartAsync();
        using var sender = app.Client(await app.CreateSourceKeyAsync("shop"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(sender, Url, $$"""{"text":"{{new string('a', 10_000_000)}}"}""", "application/json")).StatusCode);
        using var bomb = new ByteArrayContent(Pack(new byte[50_000_000])) { Headers = { ContentType = new("application/json"), ContentEncoding = { "gzip" } } };
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await sender.PostAsync(BatchUrl, bomb)).StatusCode);
        var many = "[" + string.Join(',', Enumerable.Repeat("{}", 5_001)) + "]";
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(sender, BatchUrl, many, "application/json")).StatusCode);
        using var broken = new ByteArrayContent([1, 2, 3]) { Headers = { ContentType = new("application/json"), ContentEncoding = { "gzip" } } };
        Assert.Equal(HttpStatusCode.BadRequest, (await sender.PostAsync(Url, broken)).StatusCode);
        using var invalid = new ByteArrayContent([.. "{\"text\":\""u8, 0xC3, 0x28, .. "\"}"u8]) { Headers = { ContentType = new("application/json") } };
        Assert.Equal(HttpStatusCode.BadRequest, (await sender.PostAsync(Url, invalid)).StatusCode);
        using var longText = JsonContent.Create(new { text = new string('ž', 20_001) });
        Assert.Equal(HttpStatusCode.BadRequest, (await sender.PostAsync(Url, longText)).StatusCode);
    }

    [Fact]
    public async Task Keys_of_others_open_nothing()
    {
        await using var app = await AppFactory.StartAsync();
        var mine = await app.CreateSourceKeyAsync("shop");
        var elsewhere = await app.CreateWorkspaceAsync();
        using var foreign = app.Client(await app.CreateSourceKeyAsync("shop", workspaceId: elsewhere.WorkspaceId));
        using var wrong = app.Client(mine[..^1] + (mine[^1] == 'a' ? 'b' : 'a'));
        using var token = app.Client(await app.CreateTokenAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, (await wrong.PostAsJsonAsync(Url, new { text = "x" })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await token.PostAsJsonAsync(Url, new { text = "x" })).StatusCode);
        var there = await Sending.SendAsync(foreign, new { id = "same", text = "theirs" });
        using var sender = app.Client(mine);
        var here = await Sending.SendAsync(sender, new { id = "same", text = "ours" });
        Assert.Equal("created", here.GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await token.GetAsync($"/api/v1/signals/{there.GetProperty("signal_id").GetString()}")).StatusCode);
        Assert.Equal(1, await NumberAsync(token, "count"));
    }

    /// <summary>A number over everything so far; parts are shown whatever the number of people.</summary>
    internal static async Task<double> NumberAsync(HttpClient client, string metric, string? part = null)
    {
        // One person is too few to show a score of: these tests ask with a workspace that shows all.
        var answer = await client.GetFromJsonAsync<JsonElement>($"/api/v1/metrics?metric={metric}&from=2016-01-01&grain=none");
        var row = answer.GetProperty("rows")[0];
        return part is null || !row.TryGetProperty(part, out var value) ? row.GetProperty("n").GetDouble() : value.ValueKind == JsonValueKind.Null ? row.GetProperty("n").GetDouble() : value.GetDouble();
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string url, string body, string type) =>
        client.PostAsync(url, new StringContent(body, Encoding.UTF8) { Headers = { ContentType = new MediaTypeHeaderValue(type) } });

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(bytes);
        return packed.ToArray();
    }
}
