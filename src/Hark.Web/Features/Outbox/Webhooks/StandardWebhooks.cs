using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Hark.Web.Features.Outbox.Webhooks;

/// <summary>Signatures as Standard Webhooks 1.0.0 defines them (symmetric, <c>v1</c>).</summary>
public static class StandardWebhooks
{
    public const string SecretPrefix = "whsec_";

    /// <summary>Bytes of a new secret; the standard allows 24 to 64.</summary>
    public const int SecretBytes = 32;

    public static string NewSecret() => SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>The same for every try of a message; holds no dot, which separates the signed parts.</summary>
    public static string IdOf(Guid messageId) => "msg_" + messageId.ToString("N");

    /// <summary>The header <c>webhook-signature</c>: one signature for each secret, so that a receiver can change its secret without missing anything.</summary>
    /// <param name="timestamp">Of this try, in whole seconds; receivers refuse what is more than five minutes off.</param>
    public static string Signatures(IEnumerable<string> secrets, string id, DateTimeOffset timestamp, string body) =>
        string.Join(' ', secrets.Select(s => Sign(s, id, timestamp, body)));

    public static string Sign(string secret, string id, DateTimeOffset timestamp, string body)
    {
        var key = Convert.FromBase64String(secret.StartsWith(SecretPrefix, StringComparison.Ordinal) ? secret[SecretPrefix.Length..] : secret);
        var signed = Encoding.UTF8.GetBytes($"{id}.{Seconds(timestamp)}.{body}");
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
    }

    public static string Seconds(DateTimeOffset timestamp) => timestamp.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
