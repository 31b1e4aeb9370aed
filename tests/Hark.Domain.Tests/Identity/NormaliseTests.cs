using FsCheck;
using FsCheck.Fluent;
using Hark.Domain.Identity;
using Xunit;

namespace Hark.Domain.Tests.Identity;

public sealed class NormaliseTests
{
    [Theory]
    [InlineData("  Jana.Nova@Example.COM ", "jana.nova@example.com")]
    [InlineData("jana+shop@gmail.com", "jana+shop@gmail.com")]
    [InlineData("j.a.n.a@gmail.com", "j.a.n.a@gmail.com")]
    [InlineData("info@háčky.cz", "info@xn--hky-ela4t.cz")]
    [InlineData("ИВАН@почта.рф", "иван@xn--80a1acny.xn--p1ai")]
    [InlineData("zoe\u0308@example.com", "zoë@example.com")]
    [InlineData("o'hara_1@sub.example.co.uk", "o'hara_1@sub.example.co.uk")]
    public void Normalises_addresses(string text, string expected)
    {
        Assert.Equal(expected, EmailAddresses.Normalise(text, out var problem));
        Assert.Null(problem);
        Assert.Equal(expected, EmailAddresses.Normalise(expected, out _));
    }

    [Theory]
    [InlineData("", "it has no @")]
    [InlineData("jana", "it has no @")]
    [InlineData("@example.com", "nothing stands before the @")]
    [InlineData("jana@", "nothing stands after the @")]
    [InlineData("jana@localhost", "no full domain name")]
    [InlineData("jana@exa_mple.com", "no domain name")]
    [InlineData("jana@-example.com", "no domain name")]
    [InlineData("jana@example..com", "no domain name")]
    [InlineData("a@b@example.com", "more than one @")]
    [InlineData("ja na@example.com", "' ' may not stand before")]
    [InlineData(".jana@example.com", "a dot stands")]
    [InlineData("ja..na@example.com", "a dot stands")]
    [InlineData("\"jana\"@example.com", "'\"' may not stand before")]
    [InlineData("jana\u0000@example.com", "not text")]
    [InlineData("jana\ud83d@example.com", "not text")]
    public void Refuses_what_is_no_address(string text, string reason)
    {
        Assert.Null(EmailAddresses.Normalise(text, out var problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_what_is_too_long()
    {
        Assert.Null(EmailAddresses.Normalise(new string('a', 65) + "@example.com", out var problem));
        Assert.Contains("64 bytes", problem, StringComparison.Ordinal);
        Assert.Null(EmailAddresses.Normalise("a@" + string.Join('.', Enumerable.Repeat("abcdefgh", 40)) + ".com", out _));
    }

    [Fact]
    public void No_text_makes_the_address_reader_throw() =>
        Prop.ForAll(Gen.Elements("a", "@", ".", "é", "xn--", "\ud83d", "\u200d", "İ", "..", " ", "рф", "\u0301", "。").ArrayOf().Select(string.Concat).ToArbitrary(), text =>
            (EmailAddresses.Normalise(text, out var problem) is null) == problem is not null).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Theory]
    [InlineData("+420 777 123 456", null, "+420777123456")]
    [InlineData("00420777123456", null, "+420777123456")]
    [InlineData("777 123 456", "CZ", "+420777123456")]
    [InlineData("420777123456", "CZ", "+420777123456")]
    [InlineData("0903 123 456", "SK", "+421903123456")]
    [InlineData("+44 (0)20 7946 0958", "CZ", "+442079460958")]
    [InlineData("020 7946 0958", "GB", "+442079460958")]
    [InlineData("06 6982 1234", "IT", "+390669821234")]
    [InlineData("06 1 234 5678", "HU", "+3612345678")]
    [InlineData("(212) 555-0123 x45", "US", "+12125550123")]
    [InlineData("1-212-555-0123", "CA", "+12125550123")]
    [InlineData("011 44 20 7946 0958", "US", "+442079460958")]
    [InlineData("8 (916) 123-45-67", "RU", "+79161234567")]
    [InlineData("916 123 45 67", "RU", "+79161234567")]
    [InlineData("8 10 420 777 123 456", "RU", "+420777123456")]
    [InlineData("050 123 4567", "UA", "+380501234567")]
    [InlineData("۰۹۱۲ ۳۴۵ ۶۷۸۹", "IR", "+989123456789")]
    [InlineData("050-123-4567", "IL", "+972501234567")]
    [InlineData("0532 123 45 67", "TR", "+905321234567")]
    [InlineData("(011) 91234-5678", "BR", "+5511912345678")]
    [InlineData("0412 345 678", "AU", "+61412345678")]
    [InlineData("098765 43210", "IN", "+919876543210")]
    [InlineData("138 0013 8000", "CN", "+8613800138000")]
    [InlineData("090-1234-5678", "JP", "+819012345678")]
    [InlineData("010-1234-5678", "KR", "+821012345678")]
    [InlineData("088 123 4567", "bg", "+359881234567")]
    [InlineData("+247 12345", null, "+24712345")]
    public void Normalises_numbers(string text, string? region, string expected)
    {
        var phone = PhoneNumbers.Parse(text, region, out var problem);
        Assert.Null(problem);
        Assert.Equal(new Phone(expected, expected, true), phone);
        Assert.Equal(phone, PhoneNumbers.Parse(expected, region, out _));
    }

    [Theory]
    [InlineData(" 777 123 456 ", null, "777 123 456", "777123456")]
    [InlineData("777 123", "CZ", "777 123", "777123")]
    [InlineData("+420 777 123 456 789", "CZ", "+420 777 123 456 789", "420777123456789")]
    [InlineData("0800-FLOWERS 12", "US", "0800-FLOWERS 12", "080012")]
    [InlineData("0777 123 456", "DK", "0777 123 456", "0777123456")]
    public void Keeps_what_does_not_parse_as_it_came(string text, string? region, string value, string key) =>
        Assert.Equal(new Phone(value, key, false), PhoneNumbers.Parse(text, region, out _));

    [Theory]
    [InlineData("")]
    [InlineData("n/a")]
    [InlineData("12")]
    [InlineData("123456789012345678901234567890123")]
    public void Refuses_what_is_no_number(string text)
    {
        Assert.Null(PhoneNumbers.Parse(text, "CZ", out var problem));
        Assert.StartsWith("must be a telephone number", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Codes_are_prefix_free_and_lengths_within_e164()
    {
        var codes = CallingCodes.All.Select(p => p.Code).Distinct().ToList();
        Assert.DoesNotContain(codes, a => codes.Exists(b => a != b && b.StartsWith(a, StringComparison.Ordinal)));
        Assert.All(CallingCodes.All, p => Assert.InRange(p.Code.Length + p.Max, p.Code.Length + p.Min, 15));
        Assert.Equal(CallingCodes.All.Count, CallingCodes.All.Select(p => p.Region).Distinct().Count());
    }

    [Fact]
    public void Every_number_of_a_known_plan_parses_to_itself_nationally_and_internationally() =>
        Prop.ForAll((from plan in Gen.Elements(CallingCodes.All.AsEnumerable()) from length in Gen.Choose(plan.Min, plan.Max) from digits in Gen.Choose(2, 7).ArrayOf(length) select (plan, National: string.Concat(digits))).ToArbitrary(), p =>
        {
            var expected = "+" + p.plan.Code + p.National;
            return PhoneNumbers.Parse(expected, null, out _)?.Value == expected
                && (p.plan.Trunk.Length == 0 || PhoneNumbers.Parse(p.plan.Trunk + p.National, p.plan.Region, out _)?.Key == expected);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Theory]
    [InlineData(" c-17 ", "c-17", null)]
    [InlineData("C-17", "C-17", null)]
    [InlineData("  ", null, "must not be empty")]
    [InlineData("a\u0001", null, "must not contain control characters")]
    public void Normalises_external_ids(string text, string? expected, string? reason)
    {
        Assert.Equal(expected, ExternalIds.Normalise(text, out var problem));
        Assert.Equal(reason, problem);
    }
}
