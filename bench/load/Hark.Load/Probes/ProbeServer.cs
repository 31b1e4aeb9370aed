using System.Buffers;
using System.Globalization;
using System.Text;
using Hark.Load.Generator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hark.Load.Probes;

/// <summary>
/// The limits over HTTP, as a process of their own: <c>echo</c> parses a record and answers, <c>group-commit</c> also stores it. Kestrel with nothing around it.
/// Ends when its standard input does, that is with whoever started it.
/// </summary>
internal static class ProbeServer
{
    public const string Word = "serve-probe", Echo = "echo", Store = "group-commit";

    /// <param name="args">Kind, port, file of the store, contacts to begin with.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var (kind, port) = (args[0], args[1]);
        using var store = kind == Store ? Open(args[2], int.Parse(args[3], CultureInfo.InvariantCulture)) : null;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        await using var app = builder.Build();
        app.Run(context => HandleAsync(context, store));
        await app.StartAsync();
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
        return 0;
    }

    private static async Task HandleAsync(HttpContext context, GroupCommit? store)
    {
        var body = context.Request.BodyReader;
        var read = await body.ReadAtLeastAsync((int)(context.Request.ContentLength ?? 1));
        var fields = Parse(read.Buffer);
        body.AdvanceTo(read.Buffer.End);
        var id = store is null ? Guid.CreateVersion7(TimeProvider.System.GetUtcNow()) : await store.StoreAsync(fields);
        var answer = Encoding.UTF8.GetBytes($$"""{"signal_id":"{{id}}","status":"created","case_id":null}""");
        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Length;
        await context.Response.BodyWriter.WriteAsync(answer);
    }

    private static RecordFields Parse(ReadOnlySequence<byte> body) => RecordFields.Read(body.IsSingleSegment ? body.FirstSpan : body.ToArray());

    private static GroupCommit Open(string file, int contacts)
    {
        var facts = new RawFacts(file);
        facts.Begin();
        for (var i = 0; i < contacts; i++) facts.AddContact(SignalTraffic.ContactId(i));
        facts.Commit();
        return new GroupCommit(facts);
    }
}
