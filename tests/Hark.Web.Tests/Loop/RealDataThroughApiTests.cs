using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Hark.Web.Commands;
using Hark.Web.Testing;
using Xunit;

namespace Hark.Web.Tests.Loop;

/// <summary>Real files through the command line into the store, and their published figures out of the API.</summary>
public sealed class RealDataThroughApiTests
{
    [Theory]
    [InlineData("olist_a/olist_order_reviews_dataset.csv", "olist_orders", "on_time", 4.268, 2699, "late", 2.277, 191)]
    [InlineData("olist_a/olist_order_reviews_dataset.csv", "olist_reviews", "on_time", 4.2683, 2710, "late", 2.2850, 193)]
    public async Task Scores_of_orders_on_time_and_late(string file, string mapping, string good, double goodMean, int goodCount, string bad, double badMean, int badCount)
    {
        await using var app = await ImportAsync(file, mapping);
        using var client = await app.AdminAsync();
        await CheckAsync(client, good, goodMean, goodCount);
        await CheckAsync(client, bad, badMean, badCount);

        async Task CheckAsync(HttpClient reader, string tag, double stars, int count)
        {
            var row = await RowAsync(reader, $"metric=score&tag={tag}");
            Assert.Equal(count, row.GetProperty("n").GetInt32());
            Assert.Equal(stars, 1 + row.GetProperty("value").GetDouble() / 25, 3);
        }
    }

    [Fact]
    public async Task Promises_kept_by_a_help_desk_and_a_city()
    {
        await using var desk = await ImportAsync("uci_incidents/incident_event_log_4000.csv", "uci_incidents");
        using var reader = await desk.AdminAsync();
        var kept = await RowAsync(reader, "metric=score");
        Assert.Equal((4000, 2418), (kept.GetProperty("n").GetInt32(), (int)Math.Round(kept.GetProperty("value").GetDouble() * 40)));
        Assert.Equal(47, (await RowAsync(reader, "metric=count&tag=reopened")).GetProperty("n").GetInt32());
        await using var city = await ImportAsync("baltimore_311/311_sample.csv", "baltimore_311");
        using var citizens = await city.AdminAsync();
        var onTime = await RowAsync(citizens, "metric=score");
        Assert.Equal(9555, onTime.GetProperty("n").GetInt32());
        Assert.Equal(83.60, onTime.GetProperty("value").GetDouble(), 2);
    }

    [Fact]
    public async Task Complaints_with_their_words_and_channels()
    {
        await using var app = await ImportAsync("cfpb_complaints/complaints_sample.csv", "cfpb_complaints");
        using var client = await app.AdminAsync();
        var comments = await RowAsync(client, "metric=comment_rate");
        Assert.Equal((6623, 1532), (comments.GetProperty("n").GetInt32(), (int)Math.Round(comments.GetProperty("value").GetDouble() * 6623)));
        var web = await RowAsync(client, "metric=count&channel=web");
        Assert.Equal(5143, web.GetProperty("n").GetInt32());
    }

    /// <summary>Imports twice: the second time stores nothing.</summary>
    private static async Task<AppFactory> ImportAsync(string data, string mapping)
    {
        var root = Root();
        var path = Path.Combine(Environment.GetEnvironmentVariable("HARK_DATA") ?? Path.Combine(root, "..", "shared", "data"), data);
        Assert.SkipUnless(File.Exists(path), $"the data folder is not there: set HARK_DATA (looked for {data})");
        var app = await AppFactory.StartAsync();
        var rejects = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        foreach (var stored in new[] { true, false })
        {
            var output = new StringWriter(CultureInfo.InvariantCulture);
            var errors = new StringWriter(CultureInfo.InvariantCulture);
            string[] arguments = ["import", path, "--source", "file", "--channel", "review", "--map", Path.Combine(root, "docs", "imports", mapping + ".json"),
                "--rejects", rejects, "--json", $"--ConnectionStrings:Hark={app.Database.ConnectionString}"];
            var code = await CommandLine.RunAsync(arguments, new Terminal(TextReader.Null, output, errors));
            Assert.True(code == 0, errors.ToString() + output);
            Assert.Equal(stored, JsonElement.Parse(output.ToString()).GetProperty("stored").GetInt32() > 0);
        }
        return app;
    }

    private static async Task<JsonElement> RowAsync(HttpClient client, string query) =>
        (await client.GetFromJsonAsync<JsonElement>($"/api/v1/metrics?from=2010-01-01&to=2030-01-01&grain=none&{query}")).GetProperty("rows")[0];

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Hark.slnx"))) folder = folder.Parent;
        return folder.FullName;
    }
}
