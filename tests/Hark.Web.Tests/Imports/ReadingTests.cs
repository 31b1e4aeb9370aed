using System.Text;
using Hark.Domain.Signals.Mapping;
using Hark.Web.Features.Imports;
using Hark.Web.Features.Imports.Reading;
using Xunit;

namespace Hark.Web.Tests.Imports;

public sealed class ReadingTests
{
    private const string Plain = """{ "fields": { "id": "id", "text": "text" } }""";

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16be", true)]
    [InlineData("windows-1250", false)]
    public async Task A_file_in_any_encoding_is_read(string name, bool mark)
    {
        var encoding = FileEncodings.Find(name)!;
        var bytes = encoding.GetBytes("id;text\n1;Příliš žluťoučký kůň, zásilka přišla pozdě\n");
        var sink = new MemorySink();
        await Imports.RunAsync(Imports.File(mark ? [.. encoding.GetPreamble(), .. bytes] : bytes), Plain, sink);
        Assert.Equal("Příliš žluťoučký kůň, zásilka přišla pozdě", Assert.Single(sink.Stored).Text);
    }

    [Theory]
    [InlineData("id,text\n1,a;b\n2,c\n", ',')]
    [InlineData("id;text\n1;a,b\n2;c\n", ';')]
    [InlineData("id\ttext\n1\ta\n", '\t')]
    [InlineData("id|text\r\n1|a\r\n", '|')]
    public void The_delimiter_is_found(string csv, char expected)
    {
        using var reader = new CsvRecordReader(new MemoryStream(Encoding.UTF8.GetBytes(csv)), null, '"', new(1, 0, false));
        Assert.True(reader.Read());
        Assert.Equal(expected, reader.Separator);
        Assert.Equal(["id", "text"], reader.Columns);
    }

    [Fact]
    public async Task Quoted_line_breaks_belong_to_the_value_and_lines_are_those_of_the_file()
    {
        var sink = new MemorySink();
        var summary = await Imports.RunAsync(Imports.File("id,text\r\n1,\"two\r\nlines, \"\"quoted\"\"\"\r\n\r\n2\r\n3,fine\r\n"), Plain, sink);
        Assert.Equal(["two\r\nlines, \"quoted\"", "fine"], sink.Stored.Select(s => s.Text));
        var reject = Assert.Single(summary.Rejects);
        Assert.Equal((5, 2, "has 1 fields where the header has 2"), (reject.Line, reject.Record, reject.Reason));
    }

    [Fact]
    public async Task A_record_with_a_stray_quote_is_rejected_and_the_next_one_read()
    {
        var sink = new MemorySink();
        var summary = await Imports.RunAsync(Imports.File("id,text\n1,\"bad\" quote\n2,fine\n"), Plain, sink);
        Assert.Equal("2", Assert.Single(sink.Stored).Id);
        Assert.Equal(2, Assert.Single(summary.Rejects).Line);
        Assert.Null(summary.Broken);
    }

    [Fact]
    public async Task A_file_cut_inside_a_quote_keeps_what_came_before()
    {
        var sink = new MemorySink();
        var summary = await Imports.RunAsync(Imports.File("id,text\n1,one\n2,\"half writ"), Plain, sink);
        Assert.Equal("one", Assert.Single(sink.Stored).Text);
        Assert.Equal(3, summary.Broken!.Line);
        Assert.Contains("never closed", summary.Broken.Reason, StringComparison.Ordinal);
        Assert.False(summary.IsClean);
    }

    [Fact]
    public async Task Invalid_utf8_rejects_its_record_only()
    {
        byte[] bytes = [.. "id,text\n1,"u8, 0xC3, 0x28, .. "\n2,fine\n"u8];
        var sink = new MemorySink();
        var summary = await Imports.RunAsync(Imports.File(bytes), """{ "encoding": "utf-8", "fields": { "id": "id", "text": "text" } }""", sink);
        Assert.Equal("2", Assert.Single(sink.Stored).Id);
        Assert.Contains("no valid UTF-8", Assert.Single(summary.Rejects).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Three_header_rows_of_Qualtrics_are_passed()
    {
        const string Csv = "StartDate,RecordedDate,ResponseId,Status,Q1_NPS,Q2\n\"Start Date\",\"Recorded Date\",\"Response ID\",Status,\"How likely are you\nto recommend us?\",Why?\n"
            + "\"{\"\"ImportId\"\":\"\"startDate\"\"}\",\"{\"\"ImportId\"\":\"\"recordedDate\"\"}\",\"{\"\"ImportId\"\":\"\"_recordId\"\"}\",x,x,x\n"
            + "2026-01-01 10:00:00,2026-01-01 10:05:00,R_1,IP Address,9,Quick delivery and good price\n2026-01-01 10:00:00,2026-01-01 10:05:00,R_2,Survey Preview,1,only a test of the survey\n";
        var guess = MappingFinder.Guess(Imports.File(Csv));
        var sink = new MemorySink();
        var summary = await Imports.RunAsync(Imports.File(Csv), guess.ToJson(), sink);
        var signal = Assert.Single(sink.Stored);
        Assert.Equal(("R_1", 9.0, "nps", "Quick delivery and good price"), (signal.Id, signal.Rating!.Value, signal.Rating.Scale, signal.Text));
        Assert.Equal((2, 1, 1), (summary.Counts.Read, summary.Counts.Stored, summary.Counts.Skipped));
    }

    [Fact]
    public void SurveyMonkey_choices_get_names_of_their_own()
    {
        using var reader = new CsvRecordReader(new MemoryStream("Respondent ID,Which?,,,Why?\n,Red,Blue,Other (please specify),Open-Ended Response\n1,Red,,,x\n"u8.ToArray()), null, '"', new(1, 1, true));
        Assert.Equal(["Respondent ID", "Which? / Red", "Which? / Blue", "Which? / Other (please specify)", "Why?"], reader.Columns);
        Assert.True(reader.Read());
        Assert.Equal(3, reader.Line);
    }

    [Fact]
    public async Task Google_Play_comes_in_Utf16()
    {
        var bytes = Encoding.Unicode.GetBytes("Package Name,Reviewer Language,Device,Review Last Update Millis Since Epoch,Star Rating,Review Title,Review Text,Review Link\napp.x,cs,p,1700000000000,4,,Dobré,http://r/1\napp.x,cs,p,1700000000000,5,,,\n");
        var file = Imports.File([0xFF, 0xFE, .. bytes]);
        var sink = new MemorySink();
        await Imports.RunAsync(file, MappingFinder.Guess(file).ToJson(), sink);
        Assert.Equal(("Dobré", 4.0), (Assert.Single(sink.Stored).Text, sink.Stored[0].Rating!.Value));
    }

    [Theory]
    [InlineData("""[{"id":"1","text":"a"},{"id":"2","text":"b"}]""", null)]
    [InlineData("""{"total":2,"meta":{"reviews":[1]},"reviews":[{"id":"1","text":"a"},{"id":"2","text":"b"}],"next":null}""", "reviews")]
    [InlineData("""{"data":{"page":{"items":[{"id":"1","text":"a"},{"id":"2","text":"b"}]}}}""", "data.page.items")]
    [InlineData("{\"id\":\"1\",\"text\":\"a\"}\n\n{\"id\":\"2\",\"text\":\"b\"}", null)]
    public async Task Json_records_are_found_wherever_their_list_is(string json, string? path)
    {
        var sink = new MemorySink();
        await Imports.RunAsync(Imports.File(json), path is null ? Plain : $$"""{ "records": "{{path}}", "fields": { "id": "id", "text": "text" } }""", sink);
        Assert.Equal(["a", "b"], sink.Stored.Select(s => s.Text));
    }

    [Fact]
    public async Task Json_members_are_reached_by_their_path()
    {
        var sink = new MemorySink();
        await Imports.RunAsync(Imports.File("""[{"id":12345678901234567890,"a":{"b":[{"c":"x"},{"c":"y"}]},"tags":["p","q"],"n":1.5}]"""),
            """{ "fields": { "id": "id", "text": "a.b.1.c", "tags": { "column": "tags", "split": ";" }, "attributes.n": "n" } }""", sink);
        var signal = Assert.Single(sink.Stored);
        Assert.Equal(("12345678901234567890", "y", 1.5), (signal.Id, signal.Text, signal.Attributes["n"].Number));
        Assert.Equal(["p", "q"], signal.Tags);
    }

    [Fact]
    public async Task A_half_written_json_list_keeps_what_came_before()
    {
        var sink = new MemorySink();
        var summary = await Imports.RunAsync(Imports.File("[\n{\"id\":\"1\",\"text\":\"a\"},\n{\"id\":\"2\",\"te"), Plain, sink);
        Assert.Equal("1", Assert.Single(sink.Stored).Id);
        Assert.Equal(3, summary.Broken!.Line);
    }

    [Fact]
    public async Task A_half_written_ndjson_line_is_rejected_with_its_line()
    {
        var sink = new MemorySink();
        var summary = await Imports.RunAsync(Imports.File("{\"id\":\"1\",\"text\":\"a\"}\nnot json\n{\"id\":\"3\",\"text\":\"c\"}\n{\"id\":\"4\",\"te"), Plain, sink);
        Assert.Equal(["1", "3"], sink.Stored.Select(s => s.Id));
        Assert.Equal([2L, 4L], summary.Rejects.Select(r => r.Line));
        Assert.Contains("breaks off", summary.Rejects[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_longer_than_the_buffer_are_read()
    {
        var text = new string('x', 300_000);
        var json = new MemorySink();
        await Imports.RunAsync(Imports.File($$"""[{"id":"1","text":"{{text}}"},{"id":"2","text":"b"}]"""), Plain, json);
        var csv = new MemorySink();
        await Imports.RunAsync(Imports.File($"id,text\n1,\"{text}\"\n2,b\n"), Plain, csv);
        Assert.Equal([300_000, 1], json.Stored.Select(s => s.Text!.Length));
        Assert.Equal([300_000, 1], csv.Stored.Select(s => s.Text!.Length));
    }

    [Theory]
    [InlineData("""{"id":"1","occurred_at":"2026-01-01T00:00:00Z","rating":{"scale":"nps","value":3},"text":"a"}""" + "\n" + """{"id":"2","txt":"b"}""")]
    public async Task Signals_in_our_own_shape_are_taken_as_they_are(string json)
    {
        var guess = MappingFinder.Guess(Imports.File(json.Split('\n')[0]));
        Assert.Equal(RecordShape.Signal, guess.Shape);
        var sink = new MemorySink();
        var summary = await Imports.RunAsync(Imports.File(json), guess.ToJson(), sink);
        Assert.Equal(3, Assert.Single(sink.Stored).Rating!.Value);
        Assert.Contains("did you mean 'text'?", Assert.Single(summary.Rejects).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b\n", "Csv")]
    [InlineData("[{}]", "Json")]
    [InlineData("{\"id\":1}\n{\"id\":2}\n", "Ndjson")]
    [InlineData("{\n\"reviews\": []}", "Json")]
    [InlineData("{\"reviews\":[{\"a\":1}]}", "Json")]
    public void The_format_is_seen(string content, string expected) => Assert.Equal(expected, RecordReaders.Sniff(Encoding.UTF8.GetBytes(content)).ToString());
}
