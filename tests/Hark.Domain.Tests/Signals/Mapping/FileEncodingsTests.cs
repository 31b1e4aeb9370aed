using System.Text;
using Hark.Domain.Signals.Mapping;
using Xunit;

namespace Hark.Domain.Tests.Signals.Mapping;

public sealed class FileEncodingsTests
{
    [Theory]
    [InlineData("windows-1250", "Příliš žluťoučký kůň úpěl ďábelské ódy; zásilka přišla pozdě a poškozená.")]
    [InlineData("windows-1250", "Zásielka prišla neskoro, kuriér mi nezavolal, ľutujem že som tu nakúpil. Ďakujem, už nikdy viac.")]
    [InlineData("windows-1250", "Paczka przyszła późno, obsługa była niegrzeczna, żałuję że złożyłem zamówienie.")]
    [InlineData("windows-1251", "Доставка опоздала на три дня, никто не позвонил.")]
    [InlineData("windows-1251", "Пратката закъсня с два дни, но обслужването беше учтиво.")]
    [InlineData("windows-1252", "Livraison très en retard, le colis était abîmé et le service à la clientèle n'a pas répondu.")]
    [InlineData("windows-1252", "Die Lieferung war viel zu spät, für so einen Preis möchte ich Besseres. Schöne Grüße")]
    [InlineData("windows-1252", "El envío llegó muy tarde y la caja estaba dañada; mañana lo devolveré. ¿Quién responde?")]
    [InlineData("utf-8", "Příliš žluťoučký kůň; доставка; سفارش")]
    [InlineData("utf-8", "plain words only")]
    public void The_encoding_is_told_by_the_letters(string name, string text)
    {
        var encoding = FileEncodings.Find(name)!;
        Assert.Equal(encoding.WebName, FileEncodings.Guess(encoding.GetBytes(text), []).WebName);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16be")]
    public void Utf16_is_found_with_and_without_its_mark(string name)
    {
        var encoding = FileEncodings.Find(name)!;
        var plain = encoding.GetBytes("Package Name,Star Rating\nхорошо,5\n");
        Assert.Equal(encoding.WebName, FileEncodings.Guess(plain, []).WebName);
        Assert.Equal(encoding.WebName, FileEncodings.Guess([.. encoding.GetPreamble(), .. plain], []).WebName);
    }

    [Fact]
    public void A_character_cut_at_the_end_of_a_sample_is_no_error()
    {
        var bytes = Encoding.UTF8.GetBytes("Доставка");
        for (var cut = 0; cut < 4; cut++) Assert.Equal("utf-8", FileEncodings.Guess(Encoding.UTF8.GetBytes("ab"), [bytes[..^cut], bytes[cut..]]).WebName);
    }
}
