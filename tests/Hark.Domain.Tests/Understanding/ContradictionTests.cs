using Hark.Domain.Signals;
using Hark.Domain.Understanding;
using Xunit;

namespace Hark.Domain.Tests.Understanding;

public sealed class ContradictionTests
{
    [Theory]
    [InlineData("Terrible, rude staff and a broken product, never again!", RatingBand.Positive, true)]
    [InlineData("Terrible, rude staff and a broken product, never again!", RatingBand.Negative, false)]
    [InlineData("Terrible, rude staff and a broken product, never again!", RatingBand.Neutral, false)]
    [InlineData("Otřesná obsluha, nikdy více, peníze mi nevrátili a ještě se mi smáli", RatingBand.Positive, true)]
    [InlineData("ok", RatingBand.Negative, false)]
    [InlineData("The parcel came on Monday", RatingBand.Negative, false)]
    public void A_rating_against_clear_words_is_noticed(string text, RatingBand rating, bool contradicts)
    {
        var sentiment = Models.Shipped.Understand(text).Sentiment;
        Assert.True(contradicts == Contradiction.Is(rating, sentiment), $"{sentiment}");
    }
}
