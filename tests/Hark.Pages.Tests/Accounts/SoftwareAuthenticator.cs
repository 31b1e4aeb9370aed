using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Hark.Pages.Tests.Accounts;

/// <summary>A passkey as a phone would make it: an ES256 key, attestation "none" (WebAuthn level 3, sections 6.1, 6.5 and 8.7).</summary>
internal sealed class SoftwareAuthenticator(string origin = "http://localhost") : IDisposable
{
    private const byte Present = 0x01, Verified = 0x04, HasCredential = 0x40;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(32);
    private byte[] _user = [];
    private uint _count;

    public object Make(string optionsJson)
    {
        var options = JsonElement.Parse(optionsJson);
        _user = Base64Url.DecodeFromChars(options.GetProperty("user").GetProperty("id").GetString());
        var data = Data(options.GetProperty("rp").GetProperty("id").GetString()!, Present | Verified | HasCredential);
        var q = _key.ExportParameters(false).Q;
        byte[] cose = [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. q.X!, 0x22, 0x58, 0x20, .. q.Y!];
        byte[] full = [.. data, .. new byte[16], 0, (byte)_id.Length, .. _id, .. cose];
        byte[] attestation = [0xA3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xA0, 0x68, .. "authData"u8, 0x58, (byte)full.Length, .. full];
        return Credential(new Dictionary<string, object>
        {
            ["clientDataJSON"] = Text(Client("webauthn.create", options)),
            ["attestationObject"] = Text(attestation),
            ["transports"] = new[] { "internal" },
        });
    }

    public object Use(string optionsJson)
    {
        var options = JsonElement.Parse(optionsJson);
        _count++;
        var data = Data(options.GetProperty("rpId").GetString()!, Present | Verified);
        var client = Client("webauthn.get", options);
        var signature = _key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Credential(new Dictionary<string, object>
        {
            ["clientDataJSON"] = Text(client),
            ["authenticatorData"] = Text(data),
            ["signature"] = Text(signature),
            ["userHandle"] = Text(_user),
        });
    }

    public void Dispose() => _key.Dispose();

    private object Credential(Dictionary<string, object> response) => new Dictionary<string, object>
    {
        ["id"] = Text(_id),
        ["rawId"] = Text(_id),
        ["type"] = "public-key",
        ["response"] = response,
        ["clientExtensionResults"] = new { },
        ["authenticatorAttachment"] = "platform",
    };

    private byte[] Data(string domain, byte flags)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, _count);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(domain)), flags, .. count];
    }

    private byte[] Client(string type, JsonElement options) => JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
    {
        ["type"] = type,
        ["challenge"] = options.GetProperty("challenge").GetString()!,
        ["origin"] = origin,
        ["crossOrigin"] = false,
    });

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
