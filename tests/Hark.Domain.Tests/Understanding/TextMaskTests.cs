using FsCheck;
using FsCheck.Fluent;
using Hark.Domain.Understanding.Masking;
using Xunit;

namespace Hark.Domain.Tests.Understanding;

public sealed class TextMaskTests
{
    private static readonly MaskedKind[] All = Enum.GetValues<MaskedKind>();

    [Theory]
    [InlineData("Write to jana.nova+x@mail.example.com, please", "Write to [email], please")]
    [InlineData("Pište na příjmení@pošta.cz.", "Pište na [email].")]
    [InlineData("Call +420 777 123 456 today", "Call [phone] today")]
    [InlineData("tel. 02/1234-5678-9", "tel. [phone]")]
    [InlineData("شماره ۰۹۱۲۱۲۳۴۵۶۷ است", "شماره [phone] است")]
    [InlineData("card 4111 1111 1111 1111 declined", "card [card] declined")]
    [InlineData("card 4111-1111-1111-1112 declined", "card 4111-1111-1111-1112 declined")]
    [InlineData("account GB82 WEST 1234 5698 7654 32 was charged", "account [iban] was charged")]
    [InlineData("CZ6508000000192000145399", "[iban]")]
    [InlineData("CZ6508000000192000145398", "CZ6508000000192000145398")]
    [InlineData("Mrs. Novak-Smith was rude", "Mrs. [name] was rude")]
    [InlineData("Pan Novák mi pomohl, pan účetní ne", "Pan [name] mi pomohl, pan účetní ne")]
    [InlineData("госпожа Петрова помогла", "госпожа [name] помогла")]
    [InlineData("آقای رضایی کمک کرد", "آقای [name] کمک کرد")]
    [InlineData("on 24.12.2026 at 10:30", "on 24.12.2026 at 10:30")]
    [InlineData("2026-11-28 order 81723, 1 299 Kč", "2026-11-28 order 81723, 1 299 Kč")]
    [InlineData("size 42, 3 days, 100 %", "size 42, 3 days, 100 %")]
    public void Personal_data_is_taken_out_where_it_is_sure(string text, string masked) => Assert.Equal(masked, TextMask.Apply(text, All));

    [Fact]
    public void Only_what_is_asked_for_is_masked()
    {
        const string text = "jana@example.com +420 777 123 456";
        Assert.Equal("[email] +420 777 123 456", TextMask.Apply(text, [MaskedKind.Email]));
        Assert.Same(text, TextMask.Apply(text, []));
    }

    [Fact]
    public void Every_card_with_its_check_digit_is_masked_and_no_other()
    {
        var digits = Gen.ListOf(Gen.Choose(0, 9), 15).ToArbitrary();
        Prop.ForAll(digits, body =>
        {
            if (body.Distinct().Count() == 1) return true;
            var number = string.Concat(body);
            var check = Enumerable.Range(0, 10).Single(d => Luhn(number + d));
            var right = TextMask.Apply($"x {number}{check} y", [MaskedKind.Card]) == "x [card] y";
            var wrong = TextMask.Apply($"x {number}{(check + 1) % 10} y", [MaskedKind.Card]) == $"x {number}{(check + 1) % 10} y";
            return right && wrong;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Masking_twice_is_masking_once() => Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text =>
        TextMask.Apply(TextMask.Apply(text ?? "", All), All) == TextMask.Apply(text ?? "", All)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("1 ")]
    [InlineData("a@")]
    [InlineData("AA11")]
    [InlineData("Mr A ")]
    public void Long_texts_cost_no_more_than_their_length(string piece) =>
        Assert.True(TextMask.Apply(string.Concat(Enumerable.Repeat(piece, 20_000 / piece.Length)), All).Length > 0);

    private static bool Luhn(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var d = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? d : d < 5 ? 2 * d : 2 * d - 9;
        }
        return sum % 10 == 0;
    }
}
