using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Hark.Load.Generator;
using Hark.Load.Report;

namespace Hark.Load.Sections;

/// <summary>Language, sentiment and topics of a comment of 100 characters, through the API: 500 texts a call, so that HTTP hardly counts.</summary>
internal sealed class TextSection : ISection
{
    private const string Title = "sentiment, language and topics of a 100-character comment";
    private const int Texts = 500, Calls = 11;

    public string Name => "text";

    public async Task RunAsync(LoadBench bench, CancellationToken cancellation)
    {
        if (bench.Options.Store == StoreChoice.PostgreSql) return;
        var site = await bench.NewSqliteAsync(cancellation);
        await using var server = await bench.ServeAsync(site, cancellation);
        using var client = new RawClient(server.Port);
        var request = Request(site.Token);
        if (client.Exchange(request) is { Status: not 200 and var status })
        {
            bench.Report.Add(Line.NotMeasured(Title, $"POST /api/v1/understand answered {status}"));
            return;
        }
        var times = new double[Calls];
        for (var i = 0; i < Calls; i++)
        {
            var before = Stopwatch.GetTimestamp();
            client.Exchange(request);
            times[i] = Stopwatch.GetElapsedTime(before).TotalMicroseconds / Texts;
        }
        Array.Sort(times);
        bench.Report.Add(Line.Under(Title, times[Calls / 2], 100, "µs", "HTTP and JSON included"));
    }

    private static byte[] Request(string token)
    {
        var texts = Enumerable.Range(0, Texts).Select(i => new { text = $"{Comments[i % Comments.Length]} {i}".PadRight(100, '.')[..100] });
        var body = JsonSerializer.SerializeToUtf8Bytes(texts);
        return [.. Encoding.ASCII.GetBytes($"POST /api/v1/understand HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
    }

    private static readonly string[] Comments =
    [
        "Balík přišel o tři dny později, než bylo slíbeno, a nikdo se mi neozval ani neomluvil",
        "The parcel arrived quickly and everything was well packed, I will order again, thank you",
        "Доставка быстрая, но размер не подошёл, пришлось менять два раза, это утомило",
    ];
}
