using Hark.Domain.Search;
using Xunit;

namespace Hark.Domain.Tests.Search;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("Příliš žluťoučký KŮŇ", "prilis zlutoucky kun")]
    [InlineData("order-81723 (late!)", "order 81723 late")]
    [InlineData("don’t", "don t")]
    [InlineData("配送が", "配 送 が")]
    [InlineData("abc配def", "abc 配 def")]
    [InlineData("very 😡 bad", "very 😡 bad")]
    [InlineData("  ", "")]
    public void Words_are_folded_and_cut(string text, string words) => Assert.Equal(words, string.Join(' ', SearchText.Words(text)));

    [Fact]
    public void Thai_vowel_signs_stay_with_their_letter() => Assert.All(SearchText.Words("พัสดุ"), w => Assert.True(char.IsLetter(w[0])));

    [Fact]
    public void Words_that_are_data_are_cut() => Assert.Equal(SearchText.LongestWord, Assert.Single(SearchText.Words(new string('x', 5_000))).Length);

    [Fact]
    public void A_query_has_terms_phrases_and_prefixes()
    {
        var terms = SearchText.Query("balik \"prisel pozde\" ab* it „citát“");
        Assert.Equal(["balik*", "prisel pozde", "ab*", "it", "citat"], terms.Select(t => string.Join(' ', t.Words) + (t.Prefix ? "*" : "")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\" ** !?")]
    public void A_query_without_words_has_no_terms(string query) => Assert.Empty(SearchText.Query(query));

    [Fact]
    public void A_query_in_a_script_without_spaces_is_a_phrase()
    {
        var term = Assert.Single(SearchText.Query("配送遅い"));
        Assert.Equal(4, term.Words.Count);
        Assert.False(term.Prefix);
    }

    [Fact]
    public void A_query_has_a_limit() => Assert.Equal(SearchText.MostTerms, SearchText.Query(string.Join(' ', Enumerable.Repeat("word", 500))).Count);

    [Fact]
    public void No_word_holds_anything_that_either_database_reads_as_syntax() => Assert.All(
        SearchText.Words("a'b\"c:d*e&f|g!h(i)j<k>l\\m-n^o+p_q{r}[s]~t`u;v,w.x/y=z\u0000ё"), w => Assert.All(w, c => Assert.True(char.IsLetterOrDigit(c))));
}
