using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Hark.Web.Tests.LanguageModels;

/// <summary>
/// A server on a real socket of loopback that speaks as OpenAI's chat completions and is as strict: path, method, content type, bearer key, shape of the body. What is not as
/// it should be is answered as the real one does, and remembered.
/// </summary>
public sealed class ModelServer : IAsyncDisposable
{
    public const string Key = "sk-test-123", Model = "tiny-1";

    private readonly WebApplication _app;

    private ModelServer(WebApplication app) => _app = app;

    /// <summary>What the model was told: system and user message.</summary>
    public ConcurrentQueue<(string System, string User)> Asked { get; } = new();

    public ConcurrentQueue<string> Refused { get; } = new();

    /// <summary>What the model says to a user's message.</summary>
    public Func<string, string> Says { get; set; } = _ => "ok";

    /// <summary>Takes the place of an answer; false lets it come.</summary>
    public Func<HttpContext, Task<bool>> Instead { get; set; } = _ => Task.FromResult(false);

    public string Endpoint { get; private set; } = "";

    public static async Task<ModelServer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new ModelServer(app);
        app.Run(server.HandleAsync);
        await app.StartAsync();
        server.Endpoint = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/v1";
        return server;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        if (await Instead(context)) return;
        if (context.Request.Method != "POST" || context.Request.Path != "/v1/chat/completions") { await RefuseAsync(context, 404, "Unknown request URL"); return; }
        if (context.Request.Headers.Authorization != $"Bearer {Key}") { await RefuseAsync(context, 401, "Incorrect API key provided"); return; }
        if (context.Request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true) { await RefuseAsync(context, 415, "Unsupported content type"); return; }
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        if (Wrong(body.RootElement) is { } wrong) { await RefuseAsync(context, 400, wrong); return; }
        var messages = body.RootElement.GetProperty("messages").EnumerateArray().ToDictionary(m => m.GetProperty("role").GetString()!, m => m.GetProperty("content").GetString()!);
        Asked.Enqueue((messages["system"], messages["user"]));
        await WriteAsync(context, 200, new
        {
            id = "chatcmpl-1",
            @object = "chat.completion",
            created = 1,
            model = Model,
            choices = new[] { new { index = 0, message = new { role = "assistant", content = Says(messages["user"]) }, finish_reason = "stop" } },
            usage = new { prompt_tokens = 90, completion_tokens = 10, total_tokens = 100 },
        });
    }

    private static string? Wrong(JsonElement body)
    {
        string[] known = ["model", "messages", "stream", "max_tokens", "temperature"];
        if (body.EnumerateObject().FirstOrDefault(p => !known.Contains(p.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown) return $"Unrecognized request argument supplied: {unknown.Name}";
        if (body.GetProperty("model").GetString() != Model) return "The model does not exist";
        if (body.TryGetProperty("stream", out var stream) && stream.ValueKind != JsonValueKind.False) return "This server does not stream";
        if (body.TryGetProperty("max_tokens", out var most) && most.GetInt32() < 1) return "max_tokens is too small";
        if (body.TryGetProperty("temperature", out var temperature) && temperature.GetDouble() is < 0 or > 2) return "temperature must be 0 to 2";
        var messages = body.GetProperty("messages");
        if (messages.GetArrayLength() == 0) return "[] is too short - 'messages'";
        return messages.EnumerateArray().All(m => m.GetProperty("role").GetString() is "system" or "user" or "assistant" && m.GetProperty("content").ValueKind == JsonValueKind.String) ? null : "Invalid message";
    }

    private Task RefuseAsync(HttpContext context, int status, string message)
    {
        Refused.Enqueue(message);
        return WriteAsync(context, status, new { error = new { message, type = "invalid_request_error", code = (string?)null } });
    }

    private static async Task WriteAsync(HttpContext context, int status, object body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body));
    }
}
