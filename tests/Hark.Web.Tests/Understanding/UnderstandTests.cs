using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Hark.Testing;
using Hark.Web.Testing;
using Xunit;

namespace Hark.Web.Tests.Understanding;

public sealed class UnderstandTests
{
    private const string Path = "/api/v1/understand";

    [Fact]
    public async Task One_text_is_answered_by_one_object_and_nothing_is_stored()
    {
        await using var app = await AppFactory.StartAsync();
        using var client = await app.AdminAsync();
        var answer = await AnswerAsync(client, new { text = "Balík přišel rozbitý a nikdo mi neodpověděl, jsem velmi nespokojený" });
        Assert.Equal(("cs", false), (answer.GetProperty("language").GetProperty("code").GetString(), answer.GetProperty("language").GetProperty("mixed").GetBoolean()));
        Assert.Equal(("negative", "routine", 0), (answer.GetProperty("sentiment").GetProperty("label").GetString(), answer.GetProperty("severity").GetString(), answer.GetProperty("topics").GetArrayLength()));
        Assert.InRange(answer.GetProperty("sentiment").GetProperty("value").GetDouble(), -1, -0.2);
        Assert.InRange(answer.GetProperty("sentiment").GetProperty("confidence").GetDouble(), 0.45, 1);
        Assert.Equal("routine", answer.GetProperty("urgency").GetProperty("label").GetString());
        Assert.Equal(0, (await client.GetFromJsonAsync<JsonElement>("/api/v1/signals")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_list_is_answered_in_its_order()
    {
        await using var app = await AppFactory.StartAsync();
        using var client = await app.AdminAsync();
        var texts = Enumerable.Range(0, 500).Select(i => i % 2 == 0 ? new { text = $"Terrible service, never again {i}", language = (string?)null } : new { text = $"Výborná kvalita, doporučuji {i}", language = (string?)"cs-CZ" });
        var answers = (await AnswerAsync(client, texts)).EnumerateArray().ToList();
        Assert.Equal(500, answers.Count);
        Assert.All(answers.Where((_, i) => i % 2 == 0), a => Assert.Equal(("en", "negative"), Read(a)));
        Assert.All(answers.Where((_, i) => i % 2 == 1), a => Assert.Equal(("cs", "positive"), Read(a)));

        static (string?, string?) Read(JsonElement a) => (a.GetProperty("language").GetProperty("code").GetString(), a.GetProperty("sentiment").GetProperty("label").GetString());
    }

    [Fact]
    public async Task Odd_texts_are_answered_too()
    {
        await using var app = await AppFactory.StartAsync();
        using var client = await app.AdminAsync();
        var odd = new[] { "", " ", "😡", "\u200d\u200f\u202e", new string('a', 20_000), "0", "สวัสดีครับ" };
        var answers = (await AnswerAsync(client, odd.Select(text => new { text }))).EnumerateArray().ToList();
        Assert.Equal(odd.Length, answers.Count);
        Assert.Equal(("unknown", JsonValueKind.Null), (answers[0].GetProperty("sentiment").GetProperty("label").GetString(), answers[0].GetProperty("language").GetProperty("code").ValueKind));
        Assert.Equal("negative", answers[2].GetProperty("sentiment").GetProperty("label").GetString());
        Assert.Equal(("th", "unknown"), (answers[6].GetProperty("language").GetProperty("code").GetString(), answers[6].GetProperty("sentiment").GetProperty("label").GetString()));
        Assert.Equal(0, (await AnswerAsync(client, Array.Empty<object>())).GetArrayLength());
    }

    [Theory]
    [InlineData("""{"txt":"x"}""", "/txt", "/text")]
    [InlineData("""[{"text":"x"},{"text":5}]""", "/1/text")]
    [InlineData("""[{"text":"x","language":"Czech!"}]""", "/0/language")]
    [InlineData("""["x"]""", "/0")]
    [InlineData("5", "")]
    [InlineData("""{"text":"\ud800"}""", "/text")]
    public async Task What_is_wrong_is_told_by_its_place(string body, params string[] places)
    {
        await using var app = await AppFactory.StartAsync();
        using var client = await app.AdminAsync();
        using var response = await client.PostAsync(Path, new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("invalid_input", problem.GetProperty("code").GetString());
        Assert.Equal(places, problem.GetProperty("errors").EnumerateObject().Select(e => e.Name));
    }

    [Fact]
    public async Task Too_much_and_no_json_are_refused()
    {
        await using var app = await AppFactory.StartAsync();
        using var client = await app.AdminAsync();
        using var many = await client.PostAsJsonAsync(Path, Enumerable.Repeat(new { text = "x" }, 501));
        using var long1 = await client.PostAsJsonAsync(Path, new { text = new string('x', 20_001) });
        using var broken = await client.PostAsync(Path, new StringContent("{", Encoding.UTF8, "application/json"));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (many.StatusCode, long1.StatusCode, broken.StatusCode));
        Assert.Equal("malformed_json", (await broken.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task It_takes_a_token_and_no_source_key()
    {
        await using var app = await AppFactory.StartAsync();
        using var nobody = app.Client(null);
        using var source = app.Client(await app.CreateSourceKeyAsync());
        using var reader = app.Client(await app.CreateTokenAsync(Hark.Domain.Workspaces.Role.Viewer));
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.PostAsJsonAsync(Path, new { text = "x" })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await source.PostAsJsonAsync(Path, new { text = "x" })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await reader.PostAsJsonAsync(Path, new { text = "x" })).StatusCode);
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.PostgreSql)]
    public async Task A_signal_with_a_comment_is_understood_on_arrival(TestStore store)
    {
        await using var app = await AppFactory.StartAsync(store);
        using var sender = app.Client(await app.CreateSourceKeyAsync());
        using var client = await app.AdminAsync();
        var understood = await SendAsync(sender, client, new { text = "Dostava kasni, paket nije stigao, jako loše", kind = "indirect" });
        Assert.Equal("negative", understood.GetProperty("sentiment").GetProperty("label").GetString());
        Assert.True(understood.GetProperty("negative").GetBoolean());
        Assert.Equal(["language", "sentiment"], Trail(understood).Take(2));
        var told = await SendAsync(sender, client, new { text = "Perfektní, děkuji", language = "cs" });
        Assert.Equal(("cs", "positive"), (told.GetProperty("language").GetString(), told.GetProperty("sentiment").GetProperty("label").GetString()));
        Assert.Equal("sentiment", Trail(told).First());
        var silent = await SendAsync(sender, client, new { rating = new { scale = "nps", value = 9 } });
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (silent.GetProperty("sentiment").ValueKind, silent.GetProperty("language").ValueKind));
        Assert.Equal(1, (await client.GetFromJsonAsync<JsonElement>("/api/v1/signals?sentiment=negative")).GetProperty("items").GetArrayLength());
    }

    private static IEnumerable<string?> Trail(JsonElement signal) => signal.GetProperty("trail").EnumerateArray().Select(t => t.GetProperty("by").GetString());

    private static async Task<JsonElement> SendAsync(HttpClient sender, HttpClient reader, object signal)
    {
        var sent = await (await sender.PostAsJsonAsync("/api/v1/signals", signal)).Content.ReadFromJsonAsync<JsonElement>();
        return await reader.GetFromJsonAsync<JsonElement>($"/api/v1/signals/{sent.GetProperty("signal_id").GetString()}");
    }

    private static async Task<JsonElement> AnswerAsync(HttpClient client, object body)
    {
        using var response = await client.PostAsJsonAsync(Path, body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
