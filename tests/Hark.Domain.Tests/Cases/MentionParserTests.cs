using Hark.Domain.Cases;
using Xunit;

namespace Hark.Domain.Tests.Cases;

public sealed class MentionParserTests
{
    private static readonly Guid Eva = new("018f0000-0000-7000-8000-000000000001"), Jan = new("018f0000-0000-7000-8000-000000000002"),
        OtherJan = new("018f0000-0000-7000-8000-000000000003");

    private static readonly Mentionable[] Members =
        [new(Eva, "eva@example.com", "Eva Nováková"), new(Jan, "jan@example.com", "Jan Malý"), new(OtherJan, "jan@example.org", "Jan Velký")];

    [Theory]
    [InlineData("@eva please look", 1)]
    [InlineData("ask @eva@example.com.", 1)]
    [InlineData("(@Eva.Novakova)", 1)]
    [InlineData("@EVA.NOVÁKOVÁ, thanks", 1)]
    [InlineData("@eva and @eva again", 1)]
    [InlineData("write to eva@example.com", 0)]
    [InlineData("@jan is two people", 0)]
    [InlineData("@jan.maly is one", 1)]
    [InlineData("@nobody", 0)]
    [InlineData("@", 0)]
    [InlineData("", 0)]
    public void Names_members(string text, int count) => Assert.Equal(count, MentionParser.Parse(text, Members).Count);

    [Fact]
    public void Names_each_once_in_the_order_of_the_text() => Assert.Equal([Jan, Eva], MentionParser.Parse("@jan.maly then @eva then @jan@example.com", Members));
}
