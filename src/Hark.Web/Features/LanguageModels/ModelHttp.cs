using Hark.Web.Features.Outbox.Webhooks;

namespace Hark.Web.Features.LanguageModels;

/// <summary>The way to language models: as to every address that people choose, but with a permission of its own, for models that one runs oneself are in one's own network.</summary>
public sealed class ModelHttp(OutboundHttp http) : IDisposable
{
    /// <summary>The operator's permission.</summary>
    public const string Setting = "Hark:LanguageModel:AllowPrivateAddresses";

    /// <exception cref="LanguageModelException">The address is inside somebody's network, and that is not allowed.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            return await http.SendAsync(request, cancellation);
        }
        catch (Exception e) when (e.GetBaseException() is PrivateAddressException refused)
        {
            throw new LanguageModelException(refused.Message, billed: false, again: false, e);
        }
    }

    public void Dispose() => http.Dispose();
}
