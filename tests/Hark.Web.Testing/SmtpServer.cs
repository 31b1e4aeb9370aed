using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Hark.Testing;
using Xunit;

namespace Hark.Web.Testing;

/// <summary>A message as a mail server took it.</summary>
public sealed record ReceivedMail(string From, string[] To, string? User, bool Tls, Dictionary<string, string> Headers, ReceivedPart[] Parts)
{
    public string Header(string name) => Headers[name.ToLowerInvariant()];
    public ReceivedPart Part(string type) => Parts.Single(p => p.Type == type);
}

public sealed record ReceivedPart(string Type, string? Method, string Text);

/// <summary>
/// A real SMTP server (aiosmtpd) in a process of its own. It refuses <c>bounce@</c> with 550 and <c>later@</c> with 451 the first time. Where aiosmtpd is
/// not installed the test is skipped with the reason; with <c>CI=true</c> it fails.
/// </summary>
public sealed class SmtpServer : IAsyncDisposable
{
    public const string User = "hark", Password = "correct horse";

    private readonly Process _process;
    private readonly Task<string> _output;

    /// <summary>What it writes is read all the time: a full pipe would stop it.</summary>
    private SmtpServer(Process process, int port) => (_process, Port, _output) = (process, port, process.StandardOutput.ReadToEndAsync());

    public int Port { get; }

    /// <param name="port">0 for any.</param>
    /// <param name="mode"><c>plain</c>, <c>starttls</c> (required) or <c>tls</c> (from the first byte).</param>
    /// <param name="auth">Whether it wants <see cref="User"/> and <see cref="Password"/>.</param>
    public static async Task<SmtpServer> StartAsync(int port = 0, string mode = "plain", bool auth = false, TestCertificate? certificate = null)
    {
        var start = new ProcessStartInfo(await PythonAsync()) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "-u", "-c", Script, port.ToString(CultureInfo.InvariantCulture), mode, auth ? $"{User}:{Password}" : "", certificate?.File ?? "" })
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        var ready = await process.StandardOutput.ReadLineAsync();
        if (ready is null) Assert.Fail(await process.StandardError.ReadToEndAsync());
        return new SmtpServer(process, int.Parse(ready, CultureInfo.InvariantCulture));
    }

    /// <summary>A port nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Stops the server and returns everything it took, in order.</summary>
    public async Task<IReadOnlyList<ReceivedMail>> StopAsync()
    {
        _process.StandardInput.Close();
        var lines = (await _output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await _process.WaitForExitAsync();
        return [.. lines.Select(l => JsonSerializer.Deserialize<ReceivedMail>(l, JsonSerializerOptions.Web)!)];
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await StopAsync();
        _process.Dispose();
    }

    private static async Task<string> PythonAsync()
    {
        foreach (var python in new[] { "python3", "/usr/bin/python3" })
        {
            try
            {
                using var process = Process.Start(new ProcessStartInfo(python, ["-c", "import aiosmtpd"]) { RedirectStandardError = true })!;
                await process.WaitForExitAsync();
                if (process.ExitCode == 0) return python;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // not there at all
            }
        }
        Needs.Missing("There is no mail server to test with: install python3-aiosmtpd.");
        return "";
    }

    private const string Script = """
        import asyncio, email, json, ssl, sys
        from email.header import decode_header, make_header
        from aiosmtpd.smtp import SMTP, AuthResult

        port, mode, credentials, certificate = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
        later = set()

        class Server(SMTP):
            async def smtp_AUTH(self, arg):
                # the name of a mechanism may be in lower case (RFC 4954), which is how System.Net.Mail writes it
                name, _, rest = (arg or '').partition(' ')
                await super().smtp_AUTH((name.upper() + ' ' + rest).strip())

        class Handler:
            async def handle_RCPT(self, server, session, envelope, address, options):
                if address.startswith('bounce@'):
                    return '550 5.1.1 no such user'
                if address.startswith('later@') and address not in later:
                    later.add(address)
                    return '451 4.7.1 greylisted, come again'
                envelope.rcpt_tos.append(address)
                return '250 OK'

            async def handle_DATA(self, server, session, envelope):
                message = email.message_from_bytes(envelope.content)
                parts = [p for p in message.walk() if not p.is_multipart()]
                print(json.dumps({
                    'from': envelope.mail_from, 'to': envelope.rcpt_tos, 'tls': session.ssl is not None or mode == 'tls',
                    'user': session.auth_data.login.decode() if session.auth_data else None,
                    'headers': {k.lower(): str(make_header(decode_header(v))) for k, v in message.items()},
                    'parts': [{'type': p.get_content_type(), 'method': p.get_param('method'),
                               'text': p.get_payload(decode=True).decode('utf-8', 'replace')} for p in parts]}))
                return '250 OK'

        def authenticate(server, session, envelope, mechanism, data):
            expected = credentials.split(':', 1)
            return AuthResult(success=[data.login.decode(), data.password.decode()] == expected, auth_data=data, handled=False)

        def factory():
            return Server(Handler(), hostname='mail.test', enable_SMTPUTF8=True, tls_context=tls if mode == 'starttls' else None,
                require_starttls=mode == 'starttls', auth_required=bool(credentials), auth_require_tls=mode == 'starttls',
                authenticator=authenticate if credentials else None)

        async def main():
            server = await asyncio.get_running_loop().create_server(factory, '127.0.0.1', port, ssl=tls if mode == 'tls' else None)
            print(server.sockets[0].getsockname()[1])
            await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)

        tls = None
        if certificate:
            tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            tls.load_cert_chain(certificate)
        asyncio.run(main())
        """;
}

/// <summary>A certificate that nobody trusts unless told, for <c>localhost</c>.</summary>
public sealed class TestCertificate : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hark-tls-");

    public TestCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var from = TimeProvider.System.GetUtcNow().AddDays(-1); // TLS looks at the real clock
        using var certificate = request.CreateSelfSigned(from, from.AddDays(30));
        Thumbprint = certificate.Thumbprint;
        System.IO.File.WriteAllText(File, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
    }

    public string File => Path.Combine(_folder.FullName, "server.pem");
    public string Thumbprint { get; }

    public bool Trusts(X509Certificate? certificate) => certificate is X509Certificate2 c && c.Thumbprint == Thumbprint;

    public void Dispose() => _folder.Delete(recursive: true);
}
