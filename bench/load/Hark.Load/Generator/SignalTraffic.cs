using System.Text;

namespace Hark.Load.Generator;

/// <summary>
/// The requests of one client: a realistic mix, made ready beforehand so that a request costs the generator a copy and a few digits. Records of about 300 bytes with
/// id, rating, comment, contact and subject; one in five a detractor (which opens a case), of whom a quarter come from few people about the same order (which join one).
/// </summary>
internal sealed class SignalTraffic
{
    /// <summary>What a placeholder stands for, and its digits.</summary>
    private const string Id = "IIIIIIIIIIII", Person = "PPPPPP", Order = "OOOOOOOOOOOO";
    private const int Variants = 250, BusyContacts = 500;

    private static readonly string[] Texts =
    [
        "Balík přišel o tři dny později, než bylo slíbeno, a nikdo se neozval.", "The parcel arrived quickly and everything was well packed, thank you.",
        "Платежът мина чак на третия път, а потвърждение така и не дойде.", "Доставка быстрая, но размер не подошёл, пришлось менять два раза.",
        "Všetko v poriadku, objednávku som dostal za dva dni priamo domov.", "سفارش دیر رسید ولی پشتیبانی خیلی خوب پاسخ داد و مشکل حل شد.",
        "Checkout kept asking for my address again; I nearly gave up this time.", "Great selection, fair prices, I will certainly order here again soon.",
    ];

    private static readonly string[] Touchpoints = ["checkout", "delivery", "returns", "support", "product-page"];
    private static long _sent;

    private readonly byte[][] _requests;
    private readonly Patch[][] _patches;
    private readonly int _contacts;
    private ulong _random;
    private int _next;

    private SignalTraffic(byte[][] requests, Patch[][] patches, int signals, int contacts, int client)
    {
        (_requests, _patches, Signals, _contacts) = (requests, patches, signals, contacts);
        _random = 0x9E3779B97F4A7C15UL * (ulong)(client + 1);
        _next = client * 7;
    }

    /// <summary>Signals in one request.</summary>
    public int Signals { get; }

    /// <summary>One signal a request.</summary>
    public static SignalTraffic Single(string key, int contacts, int client)
    {
        var requests = new byte[Variants][];
        var patches = new Patch[Variants][];
        for (var i = 0; i < Variants; i++) (requests[i], patches[i]) = Request("/api/v1/signals", key, "", [i], "");
        return new SignalTraffic(requests, patches, 1, contacts, client);
    }

    /// <summary>So many signals a request, as a JSON array.</summary>
    public static SignalTraffic Batch(string key, int signals, int contacts, int client)
    {
        var (request, patches) = Request("/api/v1/signals/batch", key, "[", [.. Enumerable.Range(client, signals)], "]");
        return new SignalTraffic([request], [patches], signals, contacts, client);
    }

    /// <summary>The bodies alone, for probes without HTTP: the same bytes.</summary>
    public static byte[] Body(int variant) => Encoding.UTF8.GetBytes(Record(variant));

    /// <summary>The next request; its ids were never sent before. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Next()
    {
        var at = _next++ % _requests.Length;
        var request = _requests[at];
        foreach (var patch in _patches[at])
        {
            var id = Interlocked.Increment(ref _sent);
            var busy = patch.Detractor && Random() % 4 == 0;
            var person = (long)(Random() % (ulong)(busy ? BusyContacts : _contacts));
            Write(request, patch.Id, Id.Length, id);
            Write(request, patch.Person, Person.Length, person);
            Write(request, patch.Email, Person.Length, person);
            Write(request, patch.Order, Order.Length, busy ? person : id + 1_000_000);
        }
        return request;
    }

    /// <summary>The contact's own id, as the seeds know it.</summary>
    public static string ContactId(int number) => $"c-{number:000000}";

    public static string Email(int number) => $"c{number:000000}@example.com";

    private static string Record(int variant)
    {
        var detractor = IsDetractor(variant);
        var rating = detractor ? variant / 5 % 7 : 7 + (variant % 4);
        return $$$"""
            {"id":"b-{{{Id}}}","channel":"{{{(variant % 3 == 0 ? "email" : "web")}}}","touchpoint":"{{{Touchpoints[variant % Touchpoints.Length]}}}",
            "rating":{"scale":"nps","value":{{{rating}}}},"text":"{{{Texts[variant % Texts.Length]}}}","contact":{"id":"c-{{{Person}}}","email":"c{{{Person}}}@example.com"},
            "subject":{"order":"o-{{{Order}}}","sku":"K-{{{variant % 20}}}","location":"store-{{{variant % 10}}}"}}
            """;
    }

    private static bool IsDetractor(int variant) => variant % 5 == 0;

    private static (byte[] Request, Patch[] Patches) Request(string path, string key, string before, IReadOnlyList<int> variants, string after)
    {
        var body = Encoding.UTF8.GetBytes(before + string.Join(',', variants.Select(v => Record(v % Variants))) + after);
        var head = Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n");
        byte[] request = [.. head, .. body];
        var (patches, from) = (new Patch[variants.Count], head.Length);
        for (var i = 0; i < patches.Length; i++)
        {
            var id = Find(request, Id, from);
            var person = Find(request, Person, id);
            var email = Find(request, Person, person + Person.Length);
            from = Find(request, Order, email);
            patches[i] = new Patch(id, person, email, from, IsDetractor(variants[i] % Variants));
        }
        return (request, patches);
    }

    private static int Find(byte[] request, string placeholder, int from) => from + request.AsSpan(from).IndexOf(Encoding.ASCII.GetBytes(placeholder));

    private static void Write(byte[] into, int at, int digits, long value)
    {
        for (var i = at + digits - 1; i >= at; i--, value /= 10) into[i] = (byte)('0' + (value % 10));
    }

    /// <summary>xorshift64: cheap, and the same every time.</summary>
    private ulong Random()
    {
        _random ^= _random << 13;
        _random ^= _random >> 7;
        return _random ^= _random << 17;
    }

    private readonly record struct Patch(int Id, int Person, int Email, int Order, bool Detractor);
}
