using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Hark.Web.Testing;

/// <summary>Signals sent as a source sends them.</summary>
public static class Sending
{
    /// <summary>Sends one signal, which must be taken in.</summary>
    /// <param name="sender">A client with a source's key.</param>
    /// <returns>The answer.</returns>
    public static async Task<JsonElement> SendAsync(HttpClient sender, object signal)
    {
        var answer = await sender.PostAsJsonAsync("/api/v1/signals", signal);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
