using Hark.Data.Model;
using Hark.Data.Understanding;
using Hark.Domain.Common;
using Hark.Web.Infrastructure.Auth;
using Hark.Web.Infrastructure.Settings;

namespace Hark.Web.Features.LanguageModels;

/// <summary>How somebody wants the language model.</summary>
/// <param name="Endpoint">Stem of its OpenAI-compatible interface, such as <c>https://models.example/v1</c>.</param>
/// <param name="Key">A new bearer key; left out keeps the one that is there as long as the endpoint stays, empty takes it away. It is never read back.</param>
/// <param name="Uses">What it may be asked for; none switches it off.</param>
/// <param name="MonthlyTokens">Tokens, sent and received, that a calendar month (UTC) may cost.</param>
public sealed record LanguageModelBody(string Endpoint, string Model, IReadOnlyList<LanguageModelUse> Uses, long MonthlyTokens, string? Key = null);

/// <summary>Checks and saves the language model of a workspace, for the API and the page alike.</summary>
internal sealed class EditModel(LanguageModelBook models, ModelKeys keys, HarkOptions options)
{
    private const int LongestKey = 1_000;

    /// <returns>The settings as they are now; <c>invalid_input</c>; <c>version_conflict</c>.</returns>
    public async Task<Result<LanguageModel>> RunAsync(Caller caller, LanguageModelBody body, long? ifMatch, CancellationToken cancellation)
    {
        var errors = new InputErrors();
        var endpoint = body.Endpoint.Trim().TrimEnd('/');
        if (Wrong(endpoint) is { } wrong) errors.Add("/endpoint", wrong);
        if (string.IsNullOrWhiteSpace(body.Model) || body.Model.Length > LanguageModelBook.LongestModel) errors.Add("/model", $"is a name of 1 to {LanguageModelBook.LongestModel} characters");
        if (body.MonthlyTokens is < 0 or > LanguageModelBook.MostMonthlyTokens) errors.Add("/monthly_tokens", "must not be negative");
        if (body.Key is { } sent && (sent.Length > LongestKey || sent.Any(c => c is < '!' or > '~'))) errors.Add("/key", "is one word of letters, digits and signs");
        if (errors.Any) return Error.Invalid(errors);
        var key = body.Key switch { null => null, "" => "", var made => keys.Protect(made) };
        return await models.SaveAsync(caller.WorkspaceId, new LanguageModelChange(endpoint, body.Model.Trim(), key, [.. body.Uses], body.MonthlyTokens), ifMatch, caller.Actor, cancellation);
    }

    /// <summary>Over the internet a key travels protected; in one's own network, where the operator allows that, it need not.</summary>
    private string? Wrong(string endpoint)
    {
        if (endpoint.Length > LanguageModelBook.LongestEndpoint || !Uri.TryCreate(endpoint, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
            return "is an https address such as https://models.example/v1";
        return url.Scheme == "http" && !options.LanguageModelMayBePrivate ? $"must be https; set {ModelHttp.Setting} to true for a model in your own network" : null;
    }
}
