using FsCheck;
using FsCheck.Fluent;
using Hark.Domain.Understanding;
using Xunit;

namespace Hark.Domain.Tests.Understanding;

public sealed class LanguageIdentifierTests
{
    private static readonly LanguageIdentifier Identifier = Models.Shipped.Languages;

    [Theory]
    [InlineData("The parcel came two days late and nobody called", "en")]
    [InlineData("Balík přišel o dva dny později a nikdo nezavolal", "cs")]
    [InlineData("Balík prišiel o dva dni neskôr a nikto nezavolal", "sk")]
    [InlineData("Пратката пристигна с два дни закъснение и никой не се обади", "bg")]
    [InlineData("Посылка пришла на два дня позже, и никто не позвонил", "ru")]
    [InlineData("Посилка прийшла на два дні пізніше, і ніхто не подзвонив", "uk")]
    [InlineData("بسته دو روز دیر رسید و هیچ کس تماس نگرفت", "fa")]
    [InlineData("وصل الطرد متأخرا يومين ولم يتصل أحد", "ar")]
    [InlineData("Das Paket kam zwei Tage zu spät und niemand hat angerufen", "de")]
    [InlineData("Le colis est arrivé avec deux jours de retard et personne n'a appelé", "fr")]
    [InlineData("El paquete llegó dos días tarde y nadie llamó", "es")]
    [InlineData("O pacote chegou dois dias atrasado e ninguém ligou", "pt")]
    [InlineData("Il pacco è arrivato con due giorni di ritardo e nessuno ha chiamato", "it")]
    [InlineData("Paczka przyszła dwa dni za późno i nikt nie zadzwonił", "pl")]
    [InlineData("Het pakket kwam twee dagen te laat en niemand belde", "nl")]
    [InlineData("Paket iki gün geç geldi ve kimse aramadı", "tr")]
    [InlineData("Το δέμα άργησε δύο μέρες", "el")]
    [InlineData("החבילה איחרה ביומיים", "he")]
    [InlineData("ამანათი დაგვიანდა", "ka")]
    [InlineData("Ծանրոցը ուշացավ", "hy")]
    [InlineData("พัสดุมาช้าสองวัน", "th")]
    [InlineData("包裹晚到了两天", "zh")]
    [InlineData("荷物が二日遅れました", "ja")]
    [InlineData("소포가 이틀 늦게 왔어요", "ko")]
    public void Sentences_are_told(string text, string language) => Assert.Equal(language, Identifier.Identify(text).Code);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("12 345 %")]
    [InlineData("😡😡")]
    [InlineData("\u200d\u200f\u202e")]
    [InlineData("ᚠᚢᚦ")]
    public void Nothing_to_go_by_is_unknown(string text) => Assert.Equal(default, Identifier.Identify(text));

    [Fact]
    public void Marks_written_apart_make_no_difference() =>
        Assert.Equal(Identifier.Identify("Příliš žluťoučký kůň"), Identifier.Identify("Příliš žluťoučký kůň".Normalize(System.Text.NormalizationForm.FormD)));

    [Fact]
    public void Only_allowed_languages_are_told()
    {
        Assert.Equal("sk", Identifier.Identify("Balík přišel o dva dny později", ["sk", "en"]).Code);
        Assert.Null(Identifier.Identify("พัสดุมาช้าสองวัน", ["en"]).Code);
        Assert.Null(Identifier.Identify("Посылка пришла", ["en", "xx"]).Code);
    }

    [Theory]
    [InlineData("The delivery was quick and the staff were friendly. Доставка была быстрой, персонал приветливый.", true)]
    [InlineData("The delivery was quick and the staff were friendly. Dodání bylo rychlé, ale zboží přišlo rozbité.", true)]
    [InlineData("The delivery was quick and the staff were friendly. I will certainly order again next month.", false)]
    [InlineData("荷物が遅れました。カスタマーサービスに電話しました。", false)]
    public void Mixed_text_is_noticed(string text, bool isMixed) => Assert.Equal(isMixed, Identifier.Identify(text).IsMixed);

    [Fact]
    public void Any_text_and_any_choice_of_languages_is_answered_in_bounds()
    {
        var codes = Identifier.Languages.ToArray();
        var allowed = Gen.SubListOf(codes).Select(c => c.ToList()).ToArbitrary();
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), allowed, (text, some) =>
        {
            var guess = Identifier.Identify(text ?? "", some);
            return guess.Confidence is >= 0 and <= 1 + 1e-9 && (guess.Code is null || some.Count == 0 || some.Contains(guess.Code)) && guess == Identifier.Identify(text ?? "", some);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("a")]
    [InlineData("ab ")]
    [InlineData("že ")]
    [InlineData("ش\u200c")]
    public void Work_grows_no_faster_than_the_text(string piece)
    {
        Assert.InRange(Grams(piece, 20_000), 0, 7 * 20_000);
        Assert.InRange(Grams(piece, 20_000), 0, 2 * Grams(piece, 10_000) + 100);
    }

    private static int Grams(string piece, int length)
    {
        var text = string.Concat(Enumerable.Repeat(piece, length / piece.Length));
        var tokens = new Tokens(text);
        var count = 0;
        Span<char> frame = stackalloc char[LanguageGrams.FrameSize];
        while (tokens.MoveNext())
        {
            var grams = new LanguageGrams(tokens.Text, frame, 12);
            while (grams.MoveNext()) count++;
        }
        return count;
    }
}
