using System.Text.Json;
using Hark.Web.Commands;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Hark.Web.Tests.Imports;

/// <summary>The command as a person types it, on a store of its own.</summary>
public sealed class ImportCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hark-import-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_file_is_imported_rejected_records_are_told_and_a_second_run_finds_duplicates()
    {
        var file = Write("feedback.csv", "Response ID,Submitted,How likely are you to recommend us?,Comment\n"
            + string.Concat(Enumerable.Range(1, 9).Select(i => $"a{i},{i}.1.2026 8:00,9,Skvělé a rychlé dodání\n")) + "a10,31.1.2026 9:00,N/A,Přišlo pozdě a poškozené\na11,soon,3,x\n");
        var (code, output, error) = await RunAsync("import", file, "--source", "survey", "--json", "--save-map", Path.Combine(_folder, "map.json"));
        Assert.True(code == 3, output + error);
        var summary = JsonDocument.Parse(output).RootElement;
        Assert.Equal((11, 10, 0, 1), Counts(summary));
        Assert.Equal(12, summary.GetProperty("rejects")[0].GetProperty("line").GetInt32());
        Assert.True(File.Exists(file + ".rejects.ndjson"));
        Assert.Contains("map.json", error, StringComparison.Ordinal);

        (code, output, _) = await RunAsync("import", file, "--source", "survey", "--json", "--map", Path.Combine(_folder, "map.json"));
        Assert.Equal(3, code);
        Assert.Equal((11, 0, 10, 1), Counts(JsonDocument.Parse(output).RootElement));
    }

    [Fact]
    public async Task A_dry_run_shows_and_stores_nothing()
    {
        var file = Write("f.ndjson", """{"id":"1","text":"Dobré","rating":{"scale":"nps","value":9},"occurred_at":"2010-01-01T00:00:00Z"}""" + "\n");
        var (code, output, _) = await RunAsync("import", file, "--source", "dry", "--dry-run");
        Assert.Equal(0, code);
        Assert.Contains("\"text\":\"Dobré\"", output, StringComparison.Ordinal);
        Assert.Contains("nothing was stored", output, StringComparison.Ordinal);
        (code, output, _) = await RunAsync("import", file, "--source", "dry", "--json");
        Assert.True(code == 0, output);
        Assert.Equal((1, 1, 0, 0), Counts(JsonDocument.Parse(output).RootElement));
    }

    [Theory]
    [InlineData("""{ "fields": { "text": "Coment" } }""", "did you mean 'Comment'?")]
    [InlineData("""{ "fields": { "txt": "Comment" } }""", "line 1, column 15")]
    public async Task A_wrong_mapping_is_a_wrong_use(string mapping, string reason)
    {
        var (code, _, error) = await RunAsync("import", Write("f.csv", "Id,Comment\n1,a\n"), "--source", "s", "--map", Write("m.json", mapping));
        Assert.Equal(2, code);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_or_empty_is_a_wrong_use()
    {
        Assert.Equal(2, (await RunAsync("import", Path.Combine(_folder, "none.csv"), "--source", "s")).Code);
        var (code, _, error) = await RunAsync("import", Write("empty.csv", ""), "--source", "s");
        Assert.Equal(2, code);
        Assert.Contains("the file is empty", error, StringComparison.Ordinal);
    }

    private static (int Read, int Stored, int Duplicates, int Rejected) Counts(JsonElement summary) =>
        (summary.GetProperty("read").GetInt32(), summary.GetProperty("stored").GetInt32(), summary.GetProperty("duplicates").GetInt32(), summary.GetProperty("rejected").GetInt32());

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var input = new StringReader("");
        var code = await CommandLine.RunAsync([.. args, $"--ConnectionStrings:Hark=Data Source={Path.Combine(_folder, "hark.db")}"], new Terminal(input, output, error), TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
