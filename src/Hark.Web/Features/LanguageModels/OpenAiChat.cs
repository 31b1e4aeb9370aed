using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Hark.Web.Features.LanguageModels;

/// <summary>The model did not answer, or not so that it can be used.</summary>
/// <param name="billed">Whether it may have worked, and cost, all the same.</param>
/// <param name="again">Whether the next try may go better.</param>
public sealed class LanguageModelException(string message, bool billed, bool again, Exception? inner = null) : Exception(message, inner)
{
    public bool Billed => billed;
    public bool Again => again;
}

/// <summary>
/// A chat with a model behind the interface that OpenAI published and others serve, too: <c>POST {endpoint}/chat/completions</c>, one answer, no streaming
/// (https://platform.openai.com/docs/api-reference/chat/create).
/// </summary>
/// <param name="key">Sent as a bearer key; null sends none.</param>
internal sealed class OpenAiChat(ModelHttp http, string endpoint, string model, string? key) : IChatClient
{
    /// <summary>No answer that is asked for here is near this long.</summary>
    private const int MostBytes = 1024 * 1024;

    /// <exception cref="LanguageModelException">There is no answer.</exception>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint.TrimEnd('/') + "/chat/completions") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body(messages, options).ToJsonString())) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.TryAddWithoutValidation("User-Agent", "Hark");
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode) throw Refused(response.StatusCode);
            return Read(await ReadAsync(response, cancellationToken));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or System.Net.Sockets.SocketException or System.Security.Authentication.AuthenticationException)
        {
            throw new LanguageModelException("No connection: " + e.GetBaseException().Message, billed: e is IOException, again: true, e);
        }
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates()) yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    /// <summary>Nothing: connections belong to <see cref="ModelHttp"/>.</summary>
    public void Dispose()
    {
    }

    private JsonObject Body(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var body = new JsonObject
        {
            ["model"] = model,
            ["messages"] = new JsonArray([.. messages.Select(m => (JsonNode)new JsonObject { ["role"] = m.Role.Value, ["content"] = m.Text })]),
            ["stream"] = false,
        };
        if (options?.MaxOutputTokens is { } most) body["max_tokens"] = most;
        if (options?.Temperature is { } temperature) body["temperature"] = temperature;
        return body;
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        using var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int n; (n = await stream.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (read.Length + n > MostBytes) throw new LanguageModelException("The answer is longer than 1 MiB.", billed: true, again: false);
            read.Write(buffer, 0, n);
        }

        return read.ToArray();
    }

    private static ChatResponse Read(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var text = document.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();
            if (string.IsNullOrWhiteSpace(text)) throw new LanguageModelException("The answer is empty.", billed: true, again: false);
            var usage = document.RootElement.TryGetProperty("usage", out var used) && used.ValueKind == JsonValueKind.Object && used.TryGetProperty("total_tokens", out var total) && total.TryGetInt64(out var n)
                ? new UsageDetails { TotalTokenCount = n } : null;
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, text)) { Usage = usage };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw new LanguageModelException("The answer is not what a chat completion looks like.", billed: true, again: false, e);
        }
    }

    private static LanguageModelException Refused(HttpStatusCode status) => new(FormattableString.Invariant($"HTTP {(int)status}"), billed: false, again: (int)status >= 500);
}
